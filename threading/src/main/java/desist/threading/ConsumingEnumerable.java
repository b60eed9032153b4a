// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The items of a collection as they come, of which each step takes one. */
final class ConsumingEnumerable<T> implements Iterable<T> {
  private final BlockingCollection<T> collection;
  private final CancellationToken token;

  ConsumingEnumerable(BlockingCollection<T> collection, CancellationToken token) {
    this.collection = collection;
    this.token = token;
  }

  @Override
  public Iterator<T> iterator() {
    return new ConsumingIterator<>(collection, token);
  }

  @Override
  public Spliterator<T> spliterator() {
    return new Steps<>(iterator());
  }

  /**
   * The steps of one iterator. Never split: the half split off would be items that are taken ahead,
   * and lost where the next step throws.
   */
  private static final class Steps<T> implements Spliterator<T> {
    private final Iterator<T> items;

    Steps(Iterator<T> items) {
      this.items = items;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
      requireNonNull(action, "action");
      if (!items.hasNext()) {
        return false;
      }
      action.accept(items.next());
      return true;
    }

    @Override
    public void forEachRemaining(Consumer<? super T> action) {
      items.forEachRemaining(requireNonNull(action, "action"));
    }

    @Override
    public @Nullable Spliterator<T> trySplit() {
      return null;
    }

    @Override
    public long estimateSize() {
      return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
      return ORDERED | NONNULL | CONCURRENT;
    }
  }
}
