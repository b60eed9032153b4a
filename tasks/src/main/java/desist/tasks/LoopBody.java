// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.CancellationToken;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of the loops of {@link Parallel}. Each may throw what it likes.
 *
 * @dotnet none
 * @since 1.0
 */
public final class LoopBody {
  private LoopBody() {}

  /**
   * A body that is given an index, and may end the loop.
   *
   * @dotnet Action&lt;int, ParallelLoopState&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface OfIntWithState {
    /**
     * Does the work.
     *
     * @param index the index of the iteration
     * @param state ends the loop, and tells whether others have
     * @throws Exception if it fails
     * @dotnet Action&lt;int, ParallelLoopState&gt;.Invoke
     * @since 1.0
     */
    void run(int index, ParallelLoopState state) throws Exception;
  }

  /**
   * A body that is given an index, and passes a value on.
   *
   * @param <L> what the bodies of a worker pass on
   * @dotnet Func&lt;int, ParallelLoopState, TLocal, TLocal&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface OfIntWithLocal<L extends @Nullable Object> {
    /**
     * Does the work.
     *
     * @param index the index of the iteration
     * @param state ends the loop, and tells whether others have
     * @param local what the body before it in this worker has returned, or localInit
     * @return what the next body in this worker is given, or localFinally
     * @throws Exception if it fails
     * @dotnet Func&lt;int, ParallelLoopState, TLocal, TLocal&gt;.Invoke
     * @since 1.0
     */
    L run(int index, ParallelLoopState state, L local) throws Exception;
  }

  /**
   * A body that is given a range of indexes, which is never empty.
   *
   * @dotnet Action&lt;Tuple&lt;int, int&gt;&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface OfIntRange {
    /**
     * Does the work.
     *
     * @param from the first index
     * @param to the index after the last one
     * @throws Exception if it fails
     * @dotnet Action&lt;Tuple&lt;int, int&gt;&gt;.Invoke
     * @since 1.0
     */
    void run(int from, int to) throws Exception;
  }

  /**
   * A body that is given a range of indexes, which is never empty, and passes a value on.
   *
   * @param <L> what the bodies of a worker pass on
   * @dotnet Func&lt;Tuple&lt;int, int&gt;, ParallelLoopState, TLocal, TLocal&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface OfIntRangeWithLocal<L extends @Nullable Object> {
    /**
     * Does the work.
     *
     * @param from the first index
     * @param to the index after the last one
     * @param local what the body before it in this worker has returned, or localInit
     * @return what the next body in this worker is given, or localFinally
     * @throws Exception if it fails
     * @dotnet Func&lt;Tuple&lt;int, int&gt;, ParallelLoopState, TLocal, TLocal&gt;.Invoke
     * @since 1.0
     */
    L run(int from, int to, L local) throws Exception;
  }

  /**
   * A body that is given a long index, and may end the loop.
   *
   * @dotnet Action&lt;long, ParallelLoopState&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface OfLongWithState {
    /**
     * Does the work.
     *
     * @param index the index of the iteration
     * @param state ends the loop, and tells whether others have
     * @throws Exception if it fails
     * @dotnet Action&lt;long, ParallelLoopState&gt;.Invoke
     * @since 1.0
     */
    void run(long index, ParallelLoopState state) throws Exception;
  }

  /**
   * A body that is given a long index, and passes a value on.
   *
   * @param <L> what the bodies of a worker pass on
   * @dotnet Func&lt;long, ParallelLoopState, TLocal, TLocal&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface OfLongWithLocal<L extends @Nullable Object> {
    /**
     * Does the work.
     *
     * @param index the index of the iteration
     * @param state ends the loop, and tells whether others have
     * @param local what the body before it in this worker has returned, or localInit
     * @return what the next body in this worker is given, or localFinally
     * @throws Exception if it fails
     * @dotnet Func&lt;long, ParallelLoopState, TLocal, TLocal&gt;.Invoke
     * @since 1.0
     */
    L run(long index, ParallelLoopState state, L local) throws Exception;
  }

  /**
   * A body that is given a range of long indexes, which is never empty.
   *
   * @dotnet Action&lt;Tuple&lt;long, long&gt;&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface OfLongRange {
    /**
     * Does the work.
     *
     * @param from the first index
     * @param to the index after the last one
     * @throws Exception if it fails
     * @dotnet Action&lt;Tuple&lt;long, long&gt;&gt;.Invoke
     * @since 1.0
     */
    void run(long from, long to) throws Exception;
  }

  /**
   * A body that is given a range of long indexes, which is never empty, and passes a value on.
   *
   * @param <L> what the bodies of a worker pass on
   * @dotnet Func&lt;Tuple&lt;long, long&gt;, ParallelLoopState, TLocal, TLocal&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface OfLongRangeWithLocal<L extends @Nullable Object> {
    /**
     * Does the work.
     *
     * @param from the first index
     * @param to the index after the last one
     * @param local what the body before it in this worker has returned, or localInit
     * @return what the next body in this worker is given, or localFinally
     * @throws Exception if it fails
     * @dotnet Func&lt;Tuple&lt;long, long&gt;, ParallelLoopState, TLocal, TLocal&gt;.Invoke
     * @since 1.0
     */
    L run(long from, long to, L local) throws Exception;
  }

  /**
   * A body that is given an element and its index, and may end the loop.
   *
   * @param <T> the element
   * @dotnet Action&lt;TSource, ParallelLoopState, long&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface Indexed<T extends @Nullable Object> {
    /**
     * Does the work.
     *
     * @param element the element
     * @param state ends the loop, and tells whether others have
     * @param index where it stands in the source, or its key
     * @throws Exception if it fails
     * @dotnet Action&lt;TSource, ParallelLoopState, long&gt;.Invoke
     * @since 1.0
     */
    void run(T element, ParallelLoopState state, long index) throws Exception;
  }

  /**
   * A body that is given an element, and passes a value on.
   *
   * @param <T> the element
   * @param <L> what the bodies of a worker pass on
   * @dotnet Func&lt;TSource, ParallelLoopState, TLocal, TLocal&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface WithLocal<T extends @Nullable Object, L extends @Nullable Object> {
    /**
     * Does the work.
     *
     * @param element the element
     * @param state ends the loop, and tells whether others have
     * @param local what the body before it in this worker has returned, or localInit
     * @return what the next body in this worker is given, or localFinally
     * @throws Exception if it fails
     * @dotnet Func&lt;TSource, ParallelLoopState, TLocal, TLocal&gt;.Invoke
     * @since 1.0
     */
    L run(T element, ParallelLoopState state, L local) throws Exception;
  }

  /**
   * A body that is given an element and its index, and passes a value on.
   *
   * @param <T> the element
   * @param <L> what the bodies of a worker pass on
   * @dotnet Func&lt;TSource, ParallelLoopState, long, TLocal, TLocal&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface IndexedWithLocal<T extends @Nullable Object, L extends @Nullable Object> {
    /**
     * Does the work.
     *
     * @param element the element
     * @param state ends the loop, and tells whether others have
     * @param index where it stands in the source, or its key
     * @param local what the body before it in this worker has returned, or localInit
     * @return what the next body in this worker is given, or localFinally
     * @throws Exception if it fails
     * @dotnet Func&lt;TSource, ParallelLoopState, long, TLocal, TLocal&gt;.Invoke
     * @since 1.0
     */
    L run(T element, ParallelLoopState state, long index, L local) throws Exception;
  }

  /**
   * A body that is given an index, and may go on after it has returned.
   *
   * @dotnet Func&lt;int, CancellationToken, ValueTask&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface AsyncOfInt {
    /**
     * Does the work.
     *
     * @param index the index of the iteration
     * @param token the loop's own: canceled when the caller's is, and when a body has failed
     * @return what ends when this iteration has; null if it has already
     * @throws Exception if it fails
     * @dotnet Func&lt;int, CancellationToken, ValueTask&gt;.Invoke
     * @since 1.0
     */
    @Nullable Task<?> run(int index, CancellationToken token) throws Exception;
  }

  /**
   * A body that is given a long index, and may go on after it has returned.
   *
   * @dotnet Func&lt;long, CancellationToken, ValueTask&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface AsyncOfLong {
    /**
     * Does the work.
     *
     * @param index the index of the iteration
     * @param token the loop's own: canceled when the caller's is, and when a body has failed
     * @return what ends when this iteration has; null if it has already
     * @throws Exception if it fails
     * @dotnet Func&lt;long, CancellationToken, ValueTask&gt;.Invoke
     * @since 1.0
     */
    @Nullable Task<?> run(long index, CancellationToken token) throws Exception;
  }

  /**
   * A body that is given an element, and may go on after it has returned.
   *
   * @param <T> the element
   * @dotnet Func&lt;TSource, CancellationToken, ValueTask&gt;
   * @since 1.0
   */
  @FunctionalInterface
  public interface Async<T extends @Nullable Object> {
    /**
     * Does the work.
     *
     * @param element the element
     * @param token the loop's own: canceled when the caller's is, and when a body has failed
     * @return what ends when this iteration has; null if it has already
     * @throws Exception if it fails
     * @dotnet Func&lt;TSource, CancellationToken, ValueTask&gt;.Invoke
     * @since 1.0
     */
    @Nullable Task<?> run(T element, CancellationToken token) throws Exception;
  }
}
