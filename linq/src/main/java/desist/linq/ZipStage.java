// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Pairs of elements that have the same index in two stages, which both have indexes. */
final class ZipStage<
        F extends @Nullable Object, S extends @Nullable Object, T extends @Nullable Object>
    extends Stage<T> {
  private final Stage<F> first;
  private final Stage<S> second;
  private final BiFunction<? super F, ? super S, ? extends T> resultSelector;
  private final LongRangeFeed indexes;

  ZipStage(
      Stage<F> first,
      Stage<S> second,
      BiFunction<? super F, ? super S, ? extends T> resultSelector) {
    this.first = first;
    this.second = second;
    this.resultSelector = resultSelector;
    indexes = new LongRangeFeed(0, Math.min(first.size(), second.size()));
  }

  @Override
  void assemble(Assembly worker, Sink<T> down) {
    Cursor<F> firsts = new Cursor<>(worker, first);
    Cursor<S> seconds = new Cursor<>(worker, second);
    worker.add(
        indexes,
        new LongLink<T>(down) {
          @Override
          void accept(long index) {
            down.accept(resultSelector.apply(firsts.get(index), seconds.get(index)));
          }
        });
  }

  @Override
  long size() {
    return indexes.size();
  }

  @Override
  Stage<T> slice(long from, long to) {
    return new ZipStage<>(first.slice(from, to), second.slice(from, to), resultSelector);
  }

  @Override
  Stage<T> reversed() {
    return new ZipStage<>(
        first.slice(0, size()).reversed(), second.slice(0, size()).reversed(), resultSelector);
  }
}
