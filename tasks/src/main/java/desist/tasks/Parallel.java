// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import java.util.Spliterator;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Loops whose iterations run at the same time, on several threads, and end when they are asked to.
 *
 * <p>A loop returns when all iterations that have begun have ended; nothing of it runs any longer
 * then. The calling thread works, too, so a loop makes progress even if no other thread is free.
 * Bodies run in no promised order; with a limit of one they run on the calling thread, in ascending
 * order.
 *
 * <p>A loop ends early in one of four ways. No iteration is interrupted; none begins once the loop
 * is to end.
 *
 * <table>
 *   <caption>How a loop ends early</caption>
 *   <tr><th>because</th><th>the loop</th></tr>
 *   <tr><td>a body calls {@link ParallelLoopState#stop()}</td><td>returns a result that is not
 *     completed</td></tr>
 *   <tr><td>a body calls {@link ParallelLoopState#breakLoop()}</td><td>runs all iterations below
 * that
 *     one, and returns a result that tells its index</td></tr>
 *   <tr><td>the token of the options is canceled</td><td>throws an {@link
 *     desist.OperationCanceledException} that carries it</td></tr>
 *   <tr><td>a body throws</td><td>throws a {@link desist.AggregateException} with what all bodies
 *     have thrown</td></tr>
 * </table>
 *
 * <p>A failure outweighs a cancellation. But if the token is canceled, and all that bodies have
 * thrown are {@link desist.OperationCanceledException}s that carry it, the first of these is thrown
 * itself. A cancellation is heeded also if it comes during the last iteration.
 *
 * <p>A loop is not interruptible: the thread's interrupt is kept. Loops may be nested, and called
 * in a task. A loop that is called by a static initializer ends even if other threads have to wait
 * for that initializer before they can run what the loop is given, which the caller then does
 * alone.
 *
 * <p>Memory consistency effects: actions in a thread before it calls a loop <i>happen-before</i>
 * the loop's bodies, and those in its bodies before what the caller does once the loop has
 * returned.
 *
 * {@snippet lang = java:
 * Parallel.forRange(0, rows, options, row -> multiply(row));
 * Parallel.forEach(files, options, file -> compress(file));
 * Parallel.forEachRange(0, numbers.length, (from, to) -> total.add(sum(numbers, from, to)));
 * }
 *
 * @dotnet Parallel
 * @since 1.0
 */
public final class Parallel {
  private Parallel() {}

  // ---- Loops over int indexes ----

  /**
   * Runs a body for each index of a range.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws NullPointerException if {@code body} is null
   * @dotnet Parallel.For(int, int, Action&lt;int&gt;)
   * @since 1.0
   */
  public static ParallelLoopResult forRange(int from, int to, ThrowingIntConsumer body) {
    return forRange(from, to, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each index of a range.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.For(int, int, ParallelOptions, Action&lt;int&gt;)
   * @since 1.0
   */
  public static ParallelLoopResult forRange(
      int from, int to, ParallelOptions options, ThrowingIntConsumer body) {
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return IndexLoop.run(from, to, options, LoopLocals.NONE, IndexBody.ofInt(body), body);
  }

  /**
   * Runs a body for each index of a range, until one ends the loop.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws NullPointerException if {@code body} is null
   * @dotnet Parallel.For(int, int, Action&lt;int, ParallelLoopState&gt;)
   * @since 1.0
   */
  public static ParallelLoopResult forRangeWithState(
      int from, int to, LoopBody.OfIntWithState body) {
    return forRangeWithState(from, to, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each index of a range, until one ends the loop.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.For(int, int, ParallelOptions, Action&lt;int, ParallelLoopState&gt;)
   * @since 1.0
   */
  public static ParallelLoopResult forRangeWithState(
      int from, int to, ParallelOptions options, LoopBody.OfIntWithState body) {
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return IndexLoop.run(from, to, options, LoopLocals.NONE, IndexBody.ofIntWithState(body), body);
  }

  /**
   * Runs a body for each index of a range; each worker passes a value from body to body.
   *
   * @param <L> what the bodies of a worker pass on
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.For&lt;TLocal&gt;(int, int, Func&lt;TLocal&gt;, Func&lt;int,
   *     ParallelLoopState, TLocal, TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <L extends @Nullable Object> ParallelLoopResult forRangeWithLocal(
      int from,
      int to,
      Callable<? extends L> localInit,
      LoopBody.OfIntWithLocal<L> body,
      ThrowingConsumer<? super L> localFinally) {
    return forRangeWithLocal(from, to, ParallelOptions.DEFAULT, localInit, body, localFinally);
  }

  /**
   * Runs a body for each index of a range; each worker passes a value from body to body.
   *
   * @param <L> what the bodies of a worker pass on
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param options until when, on how many threads and where it runs
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.For&lt;TLocal&gt;(int, int, ParallelOptions, Func&lt;TLocal&gt;, Func&lt;int,
   *     ParallelLoopState, TLocal, TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <L extends @Nullable Object> ParallelLoopResult forRangeWithLocal(
      int from,
      int to,
      ParallelOptions options,
      Callable<? extends L> localInit,
      LoopBody.OfIntWithLocal<L> body,
      ThrowingConsumer<? super L> localFinally) {
    requireNonNull(options, "options");
    LoopLocals<L> locals = locals(localInit, body, localFinally);
    return IndexLoop.run(from, to, options, locals, IndexBody.ofIntWithLocal(body), body);
  }

  /**
   * Runs a body for ranges of indexes that together make up a range, so that the body can be a
   * plain loop.
   *
   * <p>How long the ranges are follows from the time that they take: about a twentieth of a
   * millisecond. Between two ranges the loop looks whether it is to end.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws NullPointerException if {@code body} is null
   * @dotnet Parallel.ForEach(Partitioner.Create(int, int), Action&lt;Tuple&lt;int, int&gt;&gt;)
   * @since 1.0
   */
  public static ParallelLoopResult forEachRange(int from, int to, LoopBody.OfIntRange body) {
    return forEachRange(from, to, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for ranges of indexes that together make up a range, so that the body can be a
   * plain loop.
   *
   * <p>How long the ranges are follows from the time that they take: about a twentieth of a
   * millisecond. Between two ranges the loop looks whether it is to end.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach(Partitioner.Create(int, int), ParallelOptions, Action&lt;Tuple&lt;int,
   *     int&gt;&gt;)
   * @since 1.0
   */
  public static ParallelLoopResult forEachRange(
      int from, int to, ParallelOptions options, LoopBody.OfIntRange body) {
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return IndexLoop.run(from, to, options, LoopLocals.NONE, IndexBody.ofIntRange(body), body);
  }

  /**
   * Runs a body for ranges of indexes that together make up a range; each worker passes a value
   * from body to body.
   *
   * <p>How long the ranges are follows from the time that they take: about a twentieth of a
   * millisecond. Between two ranges the loop looks whether it is to end.
   *
   * @param <L> what the bodies of a worker pass on
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TLocal&gt;(Partitioner.Create(int, int), Func&lt;TLocal&gt;,
   *     Func&lt;Tuple&lt;int, int&gt;, ParallelLoopState, TLocal, TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <L extends @Nullable Object> ParallelLoopResult forEachRangeWithLocal(
      int from,
      int to,
      Callable<? extends L> localInit,
      LoopBody.OfIntRangeWithLocal<L> body,
      ThrowingConsumer<? super L> localFinally) {
    return forEachRangeWithLocal(from, to, ParallelOptions.DEFAULT, localInit, body, localFinally);
  }

  /**
   * Runs a body for ranges of indexes that together make up a range; each worker passes a value
   * from body to body.
   *
   * <p>How long the ranges are follows from the time that they take: about a twentieth of a
   * millisecond. Between two ranges the loop looks whether it is to end.
   *
   * @param <L> what the bodies of a worker pass on
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param options until when, on how many threads and where it runs
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TLocal&gt;(Partitioner.Create(int, int), ParallelOptions,
   *     Func&lt;TLocal&gt;, Func&lt;Tuple&lt;int, int&gt;, ParallelLoopState, TLocal, TLocal&gt;,
   *     Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <L extends @Nullable Object> ParallelLoopResult forEachRangeWithLocal(
      int from,
      int to,
      ParallelOptions options,
      Callable<? extends L> localInit,
      LoopBody.OfIntRangeWithLocal<L> body,
      ThrowingConsumer<? super L> localFinally) {
    requireNonNull(options, "options");
    LoopLocals<L> locals = locals(localInit, body, localFinally);
    return IndexLoop.run(from, to, options, locals, IndexBody.ofIntRangeWithLocal(body), body);
  }

  // ---- Loops over long indexes ----

  /**
   * Runs a body for each long index of a range.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws NullPointerException if {@code body} is null
   * @dotnet Parallel.For(long, long, Action&lt;long&gt;)
   * @since 1.0
   */
  public static ParallelLoopResult forLongRange(long from, long to, ThrowingLongConsumer body) {
    return forLongRange(from, to, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each long index of a range.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.For(long, long, ParallelOptions, Action&lt;long&gt;)
   * @since 1.0
   */
  public static ParallelLoopResult forLongRange(
      long from, long to, ParallelOptions options, ThrowingLongConsumer body) {
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return IndexLoop.run(from, to, options, LoopLocals.NONE, IndexBody.ofLong(body), body);
  }

  /**
   * Runs a body for each long index of a range, until one ends the loop.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws NullPointerException if {@code body} is null
   * @dotnet Parallel.For(long, long, Action&lt;long, ParallelLoopState&gt;)
   * @since 1.0
   */
  public static ParallelLoopResult forLongRangeWithState(
      long from, long to, LoopBody.OfLongWithState body) {
    return forLongRangeWithState(from, to, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each long index of a range, until one ends the loop.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.For(long, long, ParallelOptions, Action&lt;long, ParallelLoopState&gt;)
   * @since 1.0
   */
  public static ParallelLoopResult forLongRangeWithState(
      long from, long to, ParallelOptions options, LoopBody.OfLongWithState body) {
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return IndexLoop.run(from, to, options, LoopLocals.NONE, IndexBody.ofLongWithState(body), body);
  }

  /**
   * Runs a body for each long index of a range; each worker passes a value from body to body.
   *
   * @param <L> what the bodies of a worker pass on
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.For&lt;TLocal&gt;(long, long, Func&lt;TLocal&gt;, Func&lt;long,
   *     ParallelLoopState, TLocal, TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <L extends @Nullable Object> ParallelLoopResult forLongRangeWithLocal(
      long from,
      long to,
      Callable<? extends L> localInit,
      LoopBody.OfLongWithLocal<L> body,
      ThrowingConsumer<? super L> localFinally) {
    return forLongRangeWithLocal(from, to, ParallelOptions.DEFAULT, localInit, body, localFinally);
  }

  /**
   * Runs a body for each long index of a range; each worker passes a value from body to body.
   *
   * @param <L> what the bodies of a worker pass on
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param options until when, on how many threads and where it runs
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.For&lt;TLocal&gt;(long, long, ParallelOptions, Func&lt;TLocal&gt;,
   *     Func&lt;long, ParallelLoopState, TLocal, TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <L extends @Nullable Object> ParallelLoopResult forLongRangeWithLocal(
      long from,
      long to,
      ParallelOptions options,
      Callable<? extends L> localInit,
      LoopBody.OfLongWithLocal<L> body,
      ThrowingConsumer<? super L> localFinally) {
    requireNonNull(options, "options");
    LoopLocals<L> locals = locals(localInit, body, localFinally);
    return IndexLoop.run(from, to, options, locals, IndexBody.ofLongWithLocal(body), body);
  }

  /**
   * Runs a body for ranges of long indexes that together make up a range, so that the body can be a
   * plain loop.
   *
   * <p>How long the ranges are follows from the time that they take: about a twentieth of a
   * millisecond. Between two ranges the loop looks whether it is to end.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws NullPointerException if {@code body} is null
   * @dotnet Parallel.ForEach(Partitioner.Create(long, long), Action&lt;Tuple&lt;long, long&gt;&gt;)
   * @since 1.0
   */
  public static ParallelLoopResult forEachLongRange(long from, long to, LoopBody.OfLongRange body) {
    return forEachLongRange(from, to, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for ranges of long indexes that together make up a range, so that the body can be a
   * plain loop.
   *
   * <p>How long the ranges are follows from the time that they take: about a twentieth of a
   * millisecond. Between two ranges the loop looks whether it is to end.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach(Partitioner.Create(long, long), ParallelOptions,
   *     Action&lt;Tuple&lt;long, long&gt;&gt;)
   * @since 1.0
   */
  public static ParallelLoopResult forEachLongRange(
      long from, long to, ParallelOptions options, LoopBody.OfLongRange body) {
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return IndexLoop.run(from, to, options, LoopLocals.NONE, IndexBody.ofLongRange(body), body);
  }

  /**
   * Runs a body for ranges of long indexes that together make up a range; each worker passes a
   * value from body to body.
   *
   * <p>How long the ranges are follows from the time that they take: about a twentieth of a
   * millisecond. Between two ranges the loop looks whether it is to end.
   *
   * @param <L> what the bodies of a worker pass on
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TLocal&gt;(Partitioner.Create(long, long), Func&lt;TLocal&gt;,
   *     Func&lt;Tuple&lt;long, long&gt;, ParallelLoopState, TLocal, TLocal&gt;,
   *     Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <L extends @Nullable Object> ParallelLoopResult forEachLongRangeWithLocal(
      long from,
      long to,
      Callable<? extends L> localInit,
      LoopBody.OfLongRangeWithLocal<L> body,
      ThrowingConsumer<? super L> localFinally) {
    return forEachLongRangeWithLocal(
        from, to, ParallelOptions.DEFAULT, localInit, body, localFinally);
  }

  /**
   * Runs a body for ranges of long indexes that together make up a range; each worker passes a
   * value from body to body.
   *
   * <p>How long the ranges are follows from the time that they take: about a twentieth of a
   * millisecond. Between two ranges the loop looks whether it is to end.
   *
   * @param <L> what the bodies of a worker pass on
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param options until when, on how many threads and where it runs
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TLocal&gt;(Partitioner.Create(long, long), ParallelOptions,
   *     Func&lt;TLocal&gt;, Func&lt;Tuple&lt;long, long&gt;, ParallelLoopState, TLocal, TLocal&gt;,
   *     Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <L extends @Nullable Object> ParallelLoopResult forEachLongRangeWithLocal(
      long from,
      long to,
      ParallelOptions options,
      Callable<? extends L> localInit,
      LoopBody.OfLongRangeWithLocal<L> body,
      ThrowingConsumer<? super L> localFinally) {
    requireNonNull(options, "options");
    LoopLocals<L> locals = locals(localInit, body, localFinally);
    return IndexLoop.run(from, to, options, locals, IndexBody.ofLongRangeWithLocal(body), body);
  }

  // ---- Loops over elements ----

  /**
   * Runs a body for each element of a source.
   *
   * @param <T> the elements
   * @param source the source; a list with random access is read by index up to its size at the
   *     start, another collection by its iterator some elements at a time, anything else one
   *     element at a time, as each comes
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(IEnumerable&lt;TSource&gt;, Action&lt;TSource&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEach(
      Iterable<? extends T> source, ThrowingConsumer<? super T> body) {
    return forEach(source, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each element of a source.
   *
   * @param <T> the elements
   * @param source the source; a list with random access is read by index up to its size at the
   *     start, another collection by its iterator some elements at a time, anything else one
   *     element at a time, as each comes
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(IEnumerable&lt;TSource&gt;, ParallelOptions,
   *     Action&lt;TSource&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEach(
      Iterable<? extends T> source, ParallelOptions options, ThrowingConsumer<? super T> body) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return over(source, options, LoopLocals.NONE, plain(body), body);
  }

  /**
   * Runs a body for each element of an array.
   *
   * @param <T> the elements
   * @param source the source
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(TSource[], Action&lt;TSource&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEach(
      T[] source, ThrowingConsumer<? super T> body) {
    return forEach(source, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each element of an array.
   *
   * @param <T> the elements
   * @param source the source
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(TSource[], ParallelOptions, Action&lt;TSource&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEach(
      T[] source, ParallelOptions options, ThrowingConsumer<? super T> body) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return overList(Arrays.asList(source), options, LoopLocals.NONE, plain(body), body);
  }

  /**
   * Runs a body for each element of a partitioner.
   *
   * @param <T> the elements
   * @param source the source; must support dynamic partitions
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws IllegalStateException if the partitioner has no dynamic partitions
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(Partitioner&lt;TSource&gt;, Action&lt;TSource&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEach(
      Partitioner<T> source, ThrowingConsumer<? super T> body) {
    return forEach(source, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each element of a partitioner.
   *
   * @param <T> the elements
   * @param source the source; must support dynamic partitions
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws IllegalStateException if the partitioner has no dynamic partitions
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(Partitioner&lt;TSource&gt;, ParallelOptions,
   *     Action&lt;TSource&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEach(
      Partitioner<T> source, ParallelOptions options, ThrowingConsumer<? super T> body) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return PartitionLoop.run(source, options, LoopLocals.NONE, plain(body), body);
  }

  /**
   * Runs a body for each element of a spliterator.
   *
   * @param <T> the elements
   * @param source the source, which is read as by {@link Partitioner#create(Spliterator)}
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEach(
      Spliterator<? extends T> source, ThrowingConsumer<? super T> body) {
    return forEach(source, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each element of a spliterator.
   *
   * @param <T> the elements
   * @param source the source, which is read as by {@link Partitioner#create(Spliterator)}
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEach(
      Spliterator<? extends T> source, ParallelOptions options, ThrowingConsumer<? super T> body) {
    Partitioner<T> partitioner = Partitioner.create(source);
    return forEach(partitioner, options, body);
  }

  /**
   * Runs a body for each element of a source, until one ends the loop.
   *
   * @param <T> the elements
   * @param source the source; a list with random access is read by index up to its size at the
   *     start, another collection by its iterator some elements at a time, anything else one
   *     element at a time, as each comes
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(IEnumerable&lt;TSource&gt;, Action&lt;TSource,
   *     ParallelLoopState&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEachWithState(
      Iterable<? extends T> source, ThrowingBiConsumer<? super T, ParallelLoopState> body) {
    return forEachWithState(source, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each element of a source, until one ends the loop.
   *
   * @param <T> the elements
   * @param source the source; a list with random access is read by index up to its size at the
   *     start, another collection by its iterator some elements at a time, anything else one
   *     element at a time, as each comes
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(IEnumerable&lt;TSource&gt;, ParallelOptions,
   *     Action&lt;TSource, ParallelLoopState&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEachWithState(
      Iterable<? extends T> source,
      ParallelOptions options,
      ThrowingBiConsumer<? super T, ParallelLoopState> body) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return over(source, options, LoopLocals.NONE, withState(body), body);
  }

  /**
   * Runs a body for each element of an array, until one ends the loop.
   *
   * @param <T> the elements
   * @param source the source
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(TSource[], Action&lt;TSource, ParallelLoopState&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEachWithState(
      T[] source, ThrowingBiConsumer<? super T, ParallelLoopState> body) {
    return forEachWithState(source, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each element of an array, until one ends the loop.
   *
   * @param <T> the elements
   * @param source the source
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(TSource[], ParallelOptions, Action&lt;TSource,
   *     ParallelLoopState&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEachWithState(
      T[] source, ParallelOptions options, ThrowingBiConsumer<? super T, ParallelLoopState> body) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return overList(Arrays.asList(source), options, LoopLocals.NONE, withState(body), body);
  }

  /**
   * Runs a body for each element of a partitioner, until one ends the loop.
   *
   * @param <T> the elements
   * @param source the source; must support dynamic partitions
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws IllegalStateException if the partitioner has no dynamic partitions
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(Partitioner&lt;TSource&gt;, Action&lt;TSource,
   *     ParallelLoopState&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEachWithState(
      Partitioner<T> source, ThrowingBiConsumer<? super T, ParallelLoopState> body) {
    return forEachWithState(source, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each element of a partitioner, until one ends the loop.
   *
   * @param <T> the elements
   * @param source the source; must support dynamic partitions
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws IllegalStateException if the partitioner has no dynamic partitions
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(Partitioner&lt;TSource&gt;, ParallelOptions,
   *     Action&lt;TSource, ParallelLoopState&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEachWithState(
      Partitioner<T> source,
      ParallelOptions options,
      ThrowingBiConsumer<? super T, ParallelLoopState> body) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return PartitionLoop.run(source, options, LoopLocals.NONE, withState(body), body);
  }

  /**
   * Runs a body for each element of a source and its index, until one ends the loop.
   *
   * @param <T> the elements
   * @param source the source; a list with random access is read by index up to its size at the
   *     start, another collection by its iterator some elements at a time, anything else one
   *     element at a time, as each comes
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(IEnumerable&lt;TSource&gt;, Action&lt;TSource,
   *     ParallelLoopState, long&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEachIndexed(
      Iterable<? extends T> source, LoopBody.Indexed<? super T> body) {
    return forEachIndexed(source, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each element of a source and its index, until one ends the loop.
   *
   * @param <T> the elements
   * @param source the source; a list with random access is read by index up to its size at the
   *     start, another collection by its iterator some elements at a time, anything else one
   *     element at a time, as each comes
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(IEnumerable&lt;TSource&gt;, ParallelOptions,
   *     Action&lt;TSource, ParallelLoopState, long&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEachIndexed(
      Iterable<? extends T> source, ParallelOptions options, LoopBody.Indexed<? super T> body) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return over(source, options, LoopLocals.NONE, indexed(body), body);
  }

  /**
   * Runs a body for each element of an array and its index, until one ends the loop.
   *
   * @param <T> the elements
   * @param source the source
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(TSource[], Action&lt;TSource, ParallelLoopState,
   *     long&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEachIndexed(
      T[] source, LoopBody.Indexed<? super T> body) {
    return forEachIndexed(source, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each element of an array and its index, until one ends the loop.
   *
   * @param <T> the elements
   * @param source the source
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(TSource[], ParallelOptions, Action&lt;TSource,
   *     ParallelLoopState, long&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEachIndexed(
      T[] source, ParallelOptions options, LoopBody.Indexed<? super T> body) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    return overList(Arrays.asList(source), options, LoopLocals.NONE, indexed(body), body);
  }

  /**
   * Runs a body for each element of a partitioner and its index, until one ends the loop.
   *
   * @param <T> the elements
   * @param source the source; must support dynamic partitions and have normalized keys
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws IllegalStateException if the partitioner has no dynamic partitions, or its keys are not
   *     normalized
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(OrderablePartitioner&lt;TSource&gt;, Action&lt;TSource,
   *     ParallelLoopState, long&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEachIndexed(
      OrderablePartitioner<T> source, LoopBody.Indexed<? super T> body) {
    return forEachIndexed(source, ParallelOptions.DEFAULT, body);
  }

  /**
   * Runs a body for each element of a partitioner and its index, until one ends the loop.
   *
   * @param <T> the elements
   * @param source the source; must support dynamic partitions and have normalized keys
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return how it has ended
   * @throws desist.AggregateException if a body, or the source, throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws IllegalStateException if the partitioner has no dynamic partitions, or its keys are not
   *     normalized
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource&gt;(OrderablePartitioner&lt;TSource&gt;, ParallelOptions,
   *     Action&lt;TSource, ParallelLoopState, long&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> ParallelLoopResult forEachIndexed(
      OrderablePartitioner<T> source, ParallelOptions options, LoopBody.Indexed<? super T> body) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    checkNormalized(source);
    return PartitionLoop.run(source, options, LoopLocals.NONE, indexed(body), body);
  }

  /**
   * Runs a body for each element of a source; each worker passes a value from body to body.
   *
   * @param <T> the elements
   * @param <L> what the bodies of a worker pass on
   * @param source the source; a list with random access is read by index up to its size at the
   *     start, another collection by its iterator some elements at a time, anything else one
   *     element at a time, as each comes
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function, or the source, throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource, TLocal&gt;(IEnumerable&lt;TSource&gt;, Func&lt;TLocal&gt;,
   *     Func&lt;TSource, ParallelLoopState, TLocal, TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult forEachWithLocal(
          Iterable<? extends T> source,
          Callable<? extends L> localInit,
          LoopBody.WithLocal<? super T, L> body,
          ThrowingConsumer<? super L> localFinally) {
    return forEachWithLocal(source, ParallelOptions.DEFAULT, localInit, body, localFinally);
  }

  /**
   * Runs a body for each element of a source; each worker passes a value from body to body.
   *
   * @param <T> the elements
   * @param <L> what the bodies of a worker pass on
   * @param source the source; a list with random access is read by index up to its size at the
   *     start, another collection by its iterator some elements at a time, anything else one
   *     element at a time, as each comes
   * @param options until when, on how many threads and where it runs
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function, or the source, throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource, TLocal&gt;(IEnumerable&lt;TSource&gt;, ParallelOptions,
   *     Func&lt;TLocal&gt;, Func&lt;TSource, ParallelLoopState, TLocal, TLocal&gt;,
   *     Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult forEachWithLocal(
          Iterable<? extends T> source,
          ParallelOptions options,
          Callable<? extends L> localInit,
          LoopBody.WithLocal<? super T, L> body,
          ThrowingConsumer<? super L> localFinally) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    LoopLocals<L> locals = locals(localInit, body, localFinally);
    return over(source, options, locals, withLocal(body), body);
  }

  /**
   * Runs a body for each element of an array; each worker passes a value from body to body.
   *
   * @param <T> the elements
   * @param <L> what the bodies of a worker pass on
   * @param source the source
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource, TLocal&gt;(TSource[], Func&lt;TLocal&gt;, Func&lt;TSource,
   *     ParallelLoopState, TLocal, TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult forEachWithLocal(
          T[] source,
          Callable<? extends L> localInit,
          LoopBody.WithLocal<? super T, L> body,
          ThrowingConsumer<? super L> localFinally) {
    return forEachWithLocal(source, ParallelOptions.DEFAULT, localInit, body, localFinally);
  }

  /**
   * Runs a body for each element of an array; each worker passes a value from body to body.
   *
   * @param <T> the elements
   * @param <L> what the bodies of a worker pass on
   * @param source the source
   * @param options until when, on how many threads and where it runs
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource, TLocal&gt;(TSource[], ParallelOptions, Func&lt;TLocal&gt;,
   *     Func&lt;TSource, ParallelLoopState, TLocal, TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult forEachWithLocal(
          T[] source,
          ParallelOptions options,
          Callable<? extends L> localInit,
          LoopBody.WithLocal<? super T, L> body,
          ThrowingConsumer<? super L> localFinally) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    LoopLocals<L> locals = locals(localInit, body, localFinally);
    return overList(Arrays.asList(source), options, locals, withLocal(body), body);
  }

  /**
   * Runs a body for each element of a partitioner; each worker passes a value from body to body.
   *
   * @param <T> the elements
   * @param <L> what the bodies of a worker pass on
   * @param source the source; must support dynamic partitions
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws IllegalStateException if the partitioner has no dynamic partitions
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource, TLocal&gt;(Partitioner&lt;TSource&gt;, Func&lt;TLocal&gt;,
   *     Func&lt;TSource, ParallelLoopState, TLocal, TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult forEachWithLocal(
          Partitioner<T> source,
          Callable<? extends L> localInit,
          LoopBody.WithLocal<? super T, L> body,
          ThrowingConsumer<? super L> localFinally) {
    return forEachWithLocal(source, ParallelOptions.DEFAULT, localInit, body, localFinally);
  }

  /**
   * Runs a body for each element of a partitioner; each worker passes a value from body to body.
   *
   * @param <T> the elements
   * @param <L> what the bodies of a worker pass on
   * @param source the source; must support dynamic partitions
   * @param options until when, on how many threads and where it runs
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws IllegalStateException if the partitioner has no dynamic partitions
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource, TLocal&gt;(Partitioner&lt;TSource&gt;, ParallelOptions,
   *     Func&lt;TLocal&gt;, Func&lt;TSource, ParallelLoopState, TLocal, TLocal&gt;,
   *     Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult forEachWithLocal(
          Partitioner<T> source,
          ParallelOptions options,
          Callable<? extends L> localInit,
          LoopBody.WithLocal<? super T, L> body,
          ThrowingConsumer<? super L> localFinally) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    LoopLocals<L> locals = locals(localInit, body, localFinally);
    return PartitionLoop.run(source, options, locals, withLocal(body), body);
  }

  /**
   * Runs a body for each element of a source and its index; each worker passes a value from body to
   * body.
   *
   * @param <T> the elements
   * @param <L> what the bodies of a worker pass on
   * @param source the source; a list with random access is read by index up to its size at the
   *     start, another collection by its iterator some elements at a time, anything else one
   *     element at a time, as each comes
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function, or the source, throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource, TLocal&gt;(IEnumerable&lt;TSource&gt;, Func&lt;TLocal&gt;,
   *     Func&lt;TSource, ParallelLoopState, long, TLocal, TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult forEachIndexedWithLocal(
          Iterable<? extends T> source,
          Callable<? extends L> localInit,
          LoopBody.IndexedWithLocal<? super T, L> body,
          ThrowingConsumer<? super L> localFinally) {
    return forEachIndexedWithLocal(source, ParallelOptions.DEFAULT, localInit, body, localFinally);
  }

  /**
   * Runs a body for each element of a source and its index; each worker passes a value from body to
   * body.
   *
   * @param <T> the elements
   * @param <L> what the bodies of a worker pass on
   * @param source the source; a list with random access is read by index up to its size at the
   *     start, another collection by its iterator some elements at a time, anything else one
   *     element at a time, as each comes
   * @param options until when, on how many threads and where it runs
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function, or the source, throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource, TLocal&gt;(IEnumerable&lt;TSource&gt;, ParallelOptions,
   *     Func&lt;TLocal&gt;, Func&lt;TSource, ParallelLoopState, long, TLocal, TLocal&gt;,
   *     Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult forEachIndexedWithLocal(
          Iterable<? extends T> source,
          ParallelOptions options,
          Callable<? extends L> localInit,
          LoopBody.IndexedWithLocal<? super T, L> body,
          ThrowingConsumer<? super L> localFinally) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    LoopLocals<L> locals = locals(localInit, body, localFinally);
    return over(source, options, locals, body, body);
  }

  /**
   * Runs a body for each element of an array and its index; each worker passes a value from body to
   * body.
   *
   * @param <T> the elements
   * @param <L> what the bodies of a worker pass on
   * @param source the source
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource, TLocal&gt;(TSource[], Func&lt;TLocal&gt;, Func&lt;TSource,
   *     ParallelLoopState, long, TLocal, TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult forEachIndexedWithLocal(
          T[] source,
          Callable<? extends L> localInit,
          LoopBody.IndexedWithLocal<? super T, L> body,
          ThrowingConsumer<? super L> localFinally) {
    return forEachIndexedWithLocal(source, ParallelOptions.DEFAULT, localInit, body, localFinally);
  }

  /**
   * Runs a body for each element of an array and its index; each worker passes a value from body to
   * body.
   *
   * @param <T> the elements
   * @param <L> what the bodies of a worker pass on
   * @param source the source
   * @param options until when, on how many threads and where it runs
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource, TLocal&gt;(TSource[], ParallelOptions, Func&lt;TLocal&gt;,
   *     Func&lt;TSource, ParallelLoopState, long, TLocal, TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult forEachIndexedWithLocal(
          T[] source,
          ParallelOptions options,
          Callable<? extends L> localInit,
          LoopBody.IndexedWithLocal<? super T, L> body,
          ThrowingConsumer<? super L> localFinally) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    LoopLocals<L> locals = locals(localInit, body, localFinally);
    return overList(Arrays.asList(source), options, locals, body, body);
  }

  /**
   * Runs a body for each element of a partitioner and its index; each worker passes a value from
   * body to body.
   *
   * @param <T> the elements
   * @param <L> what the bodies of a worker pass on
   * @param source the source; must support dynamic partitions and have normalized keys
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws IllegalStateException if the partitioner has no dynamic partitions, or its keys are not
   *     normalized
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource, TLocal&gt;(OrderablePartitioner&lt;TSource&gt;,
   *     Func&lt;TLocal&gt;, Func&lt;TSource, ParallelLoopState, long, TLocal, TLocal&gt;,
   *     Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult forEachIndexedWithLocal(
          OrderablePartitioner<T> source,
          Callable<? extends L> localInit,
          LoopBody.IndexedWithLocal<? super T, L> body,
          ThrowingConsumer<? super L> localFinally) {
    return forEachIndexedWithLocal(source, ParallelOptions.DEFAULT, localInit, body, localFinally);
  }

  /**
   * Runs a body for each element of a partitioner and its index; each worker passes a value from
   * body to body.
   *
   * @param <T> the elements
   * @param <L> what the bodies of a worker pass on
   * @param source the source; must support dynamic partitions and have normalized keys
   * @param options until when, on how many threads and where it runs
   * @param localInit makes what the first body of each worker is given
   * @param body what to do
   * @param localFinally is given what the last body of each worker has returned, on whatever way
   *     the worker ends
   * @return how it has ended
   * @throws desist.AggregateException if a function throws
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws IllegalStateException if the partitioner has no dynamic partitions, or its keys are not
   *     normalized
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEach&lt;TSource, TLocal&gt;(OrderablePartitioner&lt;TSource&gt;,
   *     ParallelOptions, Func&lt;TLocal&gt;, Func&lt;TSource, ParallelLoopState, long, TLocal,
   *     TLocal&gt;, Action&lt;TLocal&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult forEachIndexedWithLocal(
          OrderablePartitioner<T> source,
          ParallelOptions options,
          Callable<? extends L> localInit,
          LoopBody.IndexedWithLocal<? super T, L> body,
          ThrowingConsumer<? super L> localFinally) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    LoopLocals<L> locals = locals(localInit, body, localFinally);
    checkNormalized(source);
    return PartitionLoop.run(source, options, locals, body, body);
  }

  // ---- Actions ----

  /**
   * Runs actions, each once, and returns when all have ended.
   *
   * @param actions what to do
   * @throws desist.AggregateException if an action throws, with what all have thrown in the order
   *     of the actions
   * @throws NullPointerException if an argument or an action is null
   * @dotnet Parallel.Invoke(Action[])
   * @since 1.0
   */
  public static void invoke(ThrowingRunnable... actions) {
    invoke(ParallelOptions.DEFAULT, actions);
  }

  /**
   * Runs actions, each once, and returns when all have ended.
   *
   * <p>Up to ten actions, if the limit is not below their number, may all run at once, so that each
   * may wait for the others in the waits of this library; in others, such as those for a latch or a
   * lock, as many run as the pool has threads. Those that have not begun when the token is canceled
   * do not, and count as canceled tasks: a {@link TaskCanceledException} is thrown if there is one
   * and no action has failed.
   *
   * <p>Of more actions, or with a lower limit, the next is taken when one has ended, in their
   * order. None is taken once the token is canceled, which is then among the exceptions.
   *
   * <p>The calling thread runs the first action, and then those that no other thread has begun. A
   * failure keeps no other action from running.
   *
   * @param options until when, on how many threads and where it runs
   * @param actions what to do
   * @throws desist.AggregateException if an action throws, with what all have thrown in the order
   *     of the actions
   * @throws desist.OperationCanceledException if the token is canceled
   * @throws NullPointerException if an argument or an action is null
   * @dotnet Parallel.Invoke(ParallelOptions, Action[])
   * @since 1.0
   */
  public static void invoke(ParallelOptions options, ThrowingRunnable... actions) {
    requireNonNull(options, "options");
    ActionsLoop.run(options, requireNonNull(actions, "actions").clone());
  }

  // ---- Asynchronous loops ----

  /**
   * Starts a loop that runs a body for each index of a range.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param body what to do
   * @return a task that ends when all iterations have
   * @throws NullPointerException if {@code body} is null
   * @dotnet Parallel.ForAsync&lt;int&gt;(int, int, Func&lt;int, CancellationToken, ValueTask&gt;)
   * @since 1.0
   */
  public static Task<@Nullable Void> forAsync(int from, int to, LoopBody.AsyncOfInt body) {
    return forAsync(from, to, ParallelOptions.DEFAULT, body);
  }

  /**
   * Starts a loop that runs a body for each index of a range.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param token cancels the loop
   * @param body what to do
   * @return a task that ends when all iterations have
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForAsync&lt;int&gt;(int, int, CancellationToken, Func&lt;int,
   *     CancellationToken, ValueTask&gt;)
   * @since 1.0
   */
  public static Task<@Nullable Void> forAsync(
      int from, int to, CancellationToken token, LoopBody.AsyncOfInt body) {
    return forAsync(from, to, ParallelOptions.DEFAULT.withCancellationToken(token), body);
  }

  /**
   * Starts a loop that runs a body for each index of a range.
   *
   * <p>The body returns a task for what is still to do, or null. An iteration lasts until that task
   * has ended; it holds no thread in between. Without a limit there are as many iterations at once
   * as there are processors. No body runs in this call.
   *
   * <p>The task that is returned is canceled if the token is, whatever bodies have thrown; it has
   * faulted if a body has, or its task, with all exceptions in the order in which they came. Then
   * the token that bodies are given is canceled, and no further body begins.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return a task that ends when all iterations have
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForAsync&lt;int&gt;(int, int, ParallelOptions, Func&lt;int, CancellationToken,
   *     ValueTask&gt;)
   * @since 1.0
   */
  public static Task<@Nullable Void> forAsync(
      int from, int to, ParallelOptions options, LoopBody.AsyncOfInt body) {
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    Iterable<Integer> indexes = () -> IntStream.range(from, to).iterator();
    return from < to || options.cancellationToken().isCancellationRequested()
        ? AsyncLoop.start(indexes, options, body::run)
        : Task.completedTask();
  }

  /**
   * Starts a loop that runs a body for each long index of a range.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param body what to do
   * @return a task that ends when all iterations have
   * @throws NullPointerException if {@code body} is null
   * @dotnet Parallel.ForAsync&lt;long&gt;(long, long, Func&lt;long, CancellationToken,
   *     ValueTask&gt;)
   * @since 1.0
   */
  public static Task<@Nullable Void> forLongAsync(long from, long to, LoopBody.AsyncOfLong body) {
    return forLongAsync(from, to, ParallelOptions.DEFAULT, body);
  }

  /**
   * Starts a loop that runs a body for each long index of a range.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param token cancels the loop
   * @param body what to do
   * @return a task that ends when all iterations have
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForAsync&lt;long&gt;(long, long, CancellationToken, Func&lt;long,
   *     CancellationToken, ValueTask&gt;)
   * @since 1.0
   */
  public static Task<@Nullable Void> forLongAsync(
      long from, long to, CancellationToken token, LoopBody.AsyncOfLong body) {
    return forLongAsync(from, to, ParallelOptions.DEFAULT.withCancellationToken(token), body);
  }

  /**
   * Starts a loop that runs a body for each long index of a range.
   *
   * <p>The body returns a task for what is still to do, or null. An iteration lasts until that task
   * has ended; it holds no thread in between. Without a limit there are as many iterations at once
   * as there are processors. No body runs in this call.
   *
   * <p>The task that is returned is canceled if the token is, whatever bodies have thrown; it has
   * faulted if a body has, or its task, with all exceptions in the order in which they came. Then
   * the token that bodies are given is canceled, and no further body begins.
   *
   * @param from the first index
   * @param to the index after the last one; no iteration runs if it is not above {@code from}
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return a task that ends when all iterations have
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForAsync&lt;long&gt;(long, long, ParallelOptions, Func&lt;long,
   *     CancellationToken, ValueTask&gt;)
   * @since 1.0
   */
  public static Task<@Nullable Void> forLongAsync(
      long from, long to, ParallelOptions options, LoopBody.AsyncOfLong body) {
    requireNonNull(options, "options");
    requireNonNull(body, "body");
    Iterable<Long> indexes = () -> LongStream.range(from, to).iterator();
    return from < to || options.cancellationToken().isCancellationRequested()
        ? AsyncLoop.start(indexes, options, body::run)
        : Task.completedTask();
  }

  /**
   * Starts a loop that runs a body for each element of a source.
   *
   * @param <T> the elements
   * @param source the source; its iterator gives one element at a time, to one worker at a time
   * @param body what to do
   * @return a task that ends when all iterations have
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEachAsync&lt;TSource&gt;(IEnumerable&lt;TSource&gt;, Func&lt;TSource,
   *     CancellationToken, ValueTask&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<@Nullable Void> forEachAsync(
      Iterable<? extends T> source, LoopBody.Async<? super T> body) {
    return forEachAsync(source, ParallelOptions.DEFAULT, body);
  }

  /**
   * Starts a loop that runs a body for each element of a source.
   *
   * @param <T> the elements
   * @param source the source; its iterator gives one element at a time, to one worker at a time
   * @param token cancels the loop
   * @param body what to do
   * @return a task that ends when all iterations have
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEachAsync&lt;TSource&gt;(IEnumerable&lt;TSource&gt;, CancellationToken,
   *     Func&lt;TSource, CancellationToken, ValueTask&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<@Nullable Void> forEachAsync(
      Iterable<? extends T> source, CancellationToken token, LoopBody.Async<? super T> body) {
    return forEachAsync(source, ParallelOptions.DEFAULT.withCancellationToken(token), body);
  }

  /**
   * Starts a loop that runs a body for each element of a source.
   *
   * <p>The body returns a task for what is still to do, or null. An iteration lasts until that task
   * has ended; it holds no thread in between. Without a limit there are as many iterations at once
   * as there are processors. No body runs in this call.
   *
   * <p>The task that is returned is canceled if the token is, whatever bodies have thrown; it has
   * faulted if a body has, or its task, with all exceptions in the order in which they came. Then
   * the token that bodies are given is canceled, and no further body begins.
   *
   * @param <T> the elements
   * @param source the source; its iterator gives one element at a time, to one worker at a time
   * @param options until when, on how many threads and where it runs
   * @param body what to do
   * @return a task that ends when all iterations have
   * @throws NullPointerException if an argument is null
   * @dotnet Parallel.ForEachAsync&lt;TSource&gt;(IEnumerable&lt;TSource&gt;, ParallelOptions,
   *     Func&lt;TSource, CancellationToken, ValueTask&gt;)
   * @since 1.0
   */
  public static <T extends @Nullable Object> Task<@Nullable Void> forEachAsync(
      Iterable<? extends T> source, ParallelOptions options, LoopBody.Async<? super T> body) {
    requireNonNull(source, "source");
    requireNonNull(options, "options");
    return AsyncLoop.start(source, options, requireNonNull(body, "body"));
  }

  // ---- What they have in common ----

  private static <T extends @Nullable Object, L extends @Nullable Object> ParallelLoopResult over(
      Iterable<? extends T> source,
      ParallelOptions options,
      LoopLocals<L> locals,
      LoopBody.IndexedWithLocal<? super T, L> elementBody,
      Object body) {
    return source instanceof List<? extends T> list && source instanceof RandomAccess
        ? overList(list, options, locals, elementBody, body)
        : PartitionLoop.run(
            new SourcePartitioner<T>(source, source instanceof Collection),
            options,
            locals,
            elementBody,
            body);
  }

  private static <T extends @Nullable Object, L extends @Nullable Object>
      ParallelLoopResult overList(
          List<? extends T> list,
          ParallelOptions options,
          LoopLocals<L> locals,
          LoopBody.IndexedWithLocal<? super T, L> elementBody,
          Object body) {
    options.cancellationToken().throwIfCancellationRequested();
    IndexBody<L> indexBody = IndexBody.<T, L>ofElements(list, elementBody);
    return IndexLoop.run(0, list.size(), options, locals, indexBody, body, list);
  }

  private static void checkNormalized(OrderablePartitioner<?> source) {
    if (!source.keysNormalized()) {
      throw new IllegalStateException("The partitioner's keys are not normalized.");
    }
  }

  private static <L extends @Nullable Object> LoopLocals<L> locals(
      Callable<? extends L> localInit, Object body, ThrowingConsumer<? super L> localFinally) {
    requireNonNull(localInit, "localInit");
    requireNonNull(body, "body");
    return new LoopLocals<>(localInit, requireNonNull(localFinally, "localFinally"));
  }

  private static <T extends @Nullable Object> LoopBody.IndexedWithLocal<T, @Nullable Void> plain(
      ThrowingConsumer<? super T> body) {
    return (element, state, index, none) -> {
      body.accept(element);
      return null;
    };
  }

  private static <T extends @Nullable Object>
      LoopBody.IndexedWithLocal<T, @Nullable Void> withState(
          ThrowingBiConsumer<? super T, ParallelLoopState> body) {
    return (element, state, index, none) -> {
      body.accept(element, state);
      return null;
    };
  }

  private static <T extends @Nullable Object> LoopBody.IndexedWithLocal<T, @Nullable Void> indexed(
      LoopBody.Indexed<? super T> body) {
    return (element, state, index, none) -> {
      body.run(element, state, index);
      return null;
    };
  }

  private static <T extends @Nullable Object, L extends @Nullable Object>
      LoopBody.IndexedWithLocal<T, L> withLocal(LoopBody.WithLocal<? super T, L> body) {
    return (element, state, index, local) -> body.run(element, state, local);
  }
}
