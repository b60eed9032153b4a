// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** An operator that runs with the stage that it is on. */
final class FusedStage<S extends @Nullable Object, T extends @Nullable Object> extends Stage<T> {
  private final Stage<S> source;
  private final Operator<S, T> operator;
  private final boolean isOneToOne;

  FusedStage(Stage<S> source, Operator<S, T> operator, boolean isOneToOne) {
    this.source = source;
    this.operator = operator;
    this.isOneToOne = isOneToOne;
  }

  @Override
  void assemble(Assembly worker, Sink<T> down) {
    source.assemble(worker, operator.link(worker, down));
  }

  @Override
  long size() {
    return isOneToOne ? source.size() : Feed.UNKNOWN;
  }

  @Override
  boolean isStriped() {
    return source.isStriped();
  }

  @Override
  Stage<T> slice(long from, long to) {
    return new FusedStage<>(source.slice(from, to), operator, true);
  }

  @Override
  Stage<T> reversed() {
    return new FusedStage<>(source.reversed(), operator, true);
  }
}
