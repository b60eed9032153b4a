// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Iterator;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/**
 * An iterator of a query, which ends the query when it is closed.
 *
 * <p>The query starts with the first step, and its workers run ahead until their buffers are full.
 * Between two steps an iterator holds neither a thread nor a place at the token for long: a loop
 * may be left without closing it. Closing it stops the workers at once, and waits for delegates
 * that run.
 *
 * {@snippet lang = java:
 * try (var matches = query.iterator()) {
 *   return matches.hasNext() ? matches.next() : null;
 * }
 * }
 *
 * <p>A step that fails throws once what the query has failed with, and then there are no more
 * elements; a canceled query throws in every further step. An iterator that could not be started
 * throws {@link IllegalStateException} in every further step, one that is closed {@link
 * desist.ObjectDisposedException}. An iterator is for one thread at a time.
 *
 * @param <T> the elements
 * @dotnet IEnumerator&lt;T&gt;
 * @since 1.0
 */
public interface CloseableIterator<T extends @Nullable Object> extends Iterator<T>, AutoCloseable {
  /**
   * Ends the query without an exception, and waits until no delegate of it runs. May be called
   * again.
   *
   * <p>Is not interruptible.
   *
   * @throws desist.AggregateException if a worker has failed and no step has said so
   * @dotnet IDisposable.Dispose()
   * @since 1.0
   */
  @Override
  void close();

  /**
   * An iterator over unboxed {@code int}s.
   *
   * @dotnet IEnumerator&lt;int&gt;
   * @since 1.0
   */
  interface OfInt extends CloseableIterator<Integer>, PrimitiveIterator.OfInt {
    /**
     * {@inheritDoc}
     *
     * @dotnet IEnumerator&lt;T&gt;.Current
     * @since 1.0
     */
    @Override
    default Integer next() {
      return nextInt();
    }
  }

  /**
   * An iterator over unboxed {@code long}s.
   *
   * @dotnet IEnumerator&lt;long&gt;
   * @since 1.0
   */
  interface OfLong extends CloseableIterator<Long>, PrimitiveIterator.OfLong {
    /**
     * {@inheritDoc}
     *
     * @dotnet IEnumerator&lt;T&gt;.Current
     * @since 1.0
     */
    @Override
    default Long next() {
      return nextLong();
    }
  }

  /**
   * An iterator over unboxed {@code double}s.
   *
   * @dotnet IEnumerator&lt;double&gt;
   * @since 1.0
   */
  interface OfDouble extends CloseableIterator<Double>, PrimitiveIterator.OfDouble {
    /**
     * {@inheritDoc}
     *
     * @dotnet IEnumerator&lt;T&gt;.Current
     * @since 1.0
     */
    @Override
    default Double next() {
      return nextDouble();
    }
  }
}
