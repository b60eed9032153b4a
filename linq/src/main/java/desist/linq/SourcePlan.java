// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** A source, as it was given. */
final class SourcePlan<T extends @Nullable Object> extends Plan<T> {
  private final Opening<T> opening;
  private final Iterable<T> elements;

  private SourcePlan(boolean isOrdered, Opening<T> opening, Iterable<T> elements) {
    super(isOrdered);
    this.opening = opening;
    this.elements = elements;
  }

  /**
   * Makes the plan of a source.
   *
   * @param opening opens it for workers
   * @param elements it for one thread
   */
  static <T extends @Nullable Object> SourcePlan<T> of(Opening<T> opening, Iterable<T> elements) {
    return new SourcePlan<>(false, opening, elements);
  }

  @Override
  SourcePlan<T> inOrder() {
    return new SourcePlan<>(true, opening, elements);
  }

  /** Returns the same source, opened in another way. */
  SourcePlan<T> opened(Opening<T> other) {
    return new SourcePlan<>(isOrdered(), other, elements);
  }

  Iterable<T> elements() {
    return elements;
  }

  @Override
  Stage<T> open(QueryRun run) {
    return opening.open(run);
  }
}
