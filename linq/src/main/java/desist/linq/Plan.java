// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** What a query does: a source, or an operator on other plans. Is never changed. */
abstract class Plan<T extends @Nullable Object> {
  private final boolean isOrdered;

  Plan(boolean isOrdered) {
    this.isOrdered = isOrdered;
  }

  /** Whether the order of the elements is promised. */
  final boolean isOrdered() {
    return isOrdered;
  }

  /** Returns the plan of a query with these settings in the order of its source. */
  final Plan<T> ordered(QuerySettings settings) {
    Plan<T> ordered = isOrdered || !settings.isUntouched() ? null : inOrder();
    if (ordered == null) {
      throw new IllegalStateException(
          "asOrdered must come first, directly after what makes a query of an ordered source.");
    }
    return ordered;
  }

  /** Returns this source in its order; null if this is no source, or has none. */
  @Nullable Plan<T> inOrder() {
    return null;
  }

  /** Returns a stage that gives the elements, when phases that it needs have been run. */
  abstract Stage<T> open(QueryRun run);

  /** Makes a plan of what opens it. */
  static <T extends @Nullable Object> Plan<T> of(boolean isOrdered, Opening<T> opening) {
    return new Plan<>(isOrdered) {
      @Override
      Stage<T> open(QueryRun run) {
        return opening.open(run);
      }
    };
  }

  /** Opens a plan. */
  @FunctionalInterface
  interface Opening<T extends @Nullable Object> {
    Stage<T> open(QueryRun run);
  }
}
