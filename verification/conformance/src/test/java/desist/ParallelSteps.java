// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import desist.tasks.IntRange;
import desist.tasks.ParallelLoopResult;
import desist.tasks.ParallelLoopState;
import desist.tasks.ParallelOptions;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the steps of many probes about parallel loops need. */
final class ParallelSteps {
  private ParallelSteps() {}

  /**
   * Runs the body: "ok", or the exception's type and, for a bare cancellation, whose token it
   * carries. What an aggregate holds is sorted.
   */
  static String how(CancellationToken token, Body body) {
    try {
      body.run();
      return "ok";
    } catch (OperationCanceledException e) {
      boolean isNone = e.token() == CancellationToken.none();
      return Out.nameOf(e) + " token=" + (e.token() == token ? "same" : isNone ? "none" : "other");
    } catch (AggregateException e) {
      return e.innerExceptions().stream()
          .map(Out::describe)
          .sorted()
          .collect(Collectors.joining(", ", "AggregateException[", "]"));
    } catch (Throwable e) {
      return Out.describe(e);
    }
  }

  /** How a body ends that has no token to do with. */
  static String how(Body body) {
    return how(CancellationToken.none(), body);
  }

  static String show(ParallelLoopResult result) {
    return "completed="
        + result.isCompleted()
        + " lowestBreak="
        + show(result.lowestBreakIteration());
  }

  static String show(OptionalLong value) {
    return value.isPresent() ? String.valueOf(value.getAsLong()) : "null";
  }

  /** What .NET prints for a truth that was joined to other words. */
  static String word(boolean value) {
    return value ? "True" : "False";
  }

  /** Whether it is stopped, exceptional and to be left, and its lowest break. */
  static String look(ParallelLoopState state) {
    return word(state.isStopped())
        + " "
        + word(state.isExceptional())
        + " "
        + word(state.shouldExitCurrentIteration())
        + " "
        + show(state.lowestBreakIteration());
  }

  static String show(IntRange range) {
    return range.from() + "-" + range.to();
  }

  static ParallelOptions upTo(int degree) {
    return new ParallelOptions().withMaxDegreeOfParallelism(degree);
  }

  static ParallelOptions one() {
    return upTo(1);
  }

  static ParallelOptions one(CancellationToken token) {
    return one().withCancellationToken(token);
  }

  static ParallelOptions two() {
    return upTo(2);
  }

  static ParallelOptions two(CancellationToken token) {
    return two().withCancellationToken(token);
  }

  /** The token of a source that has been canceled. */
  static CancellationToken canceledToken() {
    return TaskSteps.canceledSource().token();
  }

  /** The first numbers, as what is neither an array nor a collection. */
  static Iterable<Integer> lazy(int count) {
    return () -> IntStream.range(0, count).iterator();
  }

  /** The first numbers, each of which is looked at when it is read. */
  static Iterable<Integer> lazy(int count, java.util.function.IntConsumer onRead) {
    return () -> IntStream.range(0, count).peek(onRead).iterator();
  }

  static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toList());
  }

  /** Throws it, although the compiler does not know. */
  static void raise(@Nullable RuntimeException e) {
    if (e != null) {
      throw e;
    }
  }

  /** What a probe throws where .NET's throws its ArithmeticException. */
  static final class ArithmeticException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArithmeticException() {}
  }

  /**
   * A source that tells when it is asked for its iterator, and when that is closed; it can fail.
   */
  static final class Source implements Iterable<Integer>, Iterator<Integer>, AutoCloseable {
    private final int count;
    private final java.util.function.Consumer<String> say;
    private @Nullable RuntimeException onMove;
    private @Nullable RuntimeException onClose;
    private int next;

    Source(int count, java.util.function.Consumer<String> say) {
      this.count = count;
      this.say = say;
    }

    Source throwingOnMove(RuntimeException e) {
      onMove = e;
      return this;
    }

    Source throwingOnClose(RuntimeException e) {
      onClose = e;
      return this;
    }

    @Override
    public Iterator<Integer> iterator() {
      say.accept("enumerator");
      return this;
    }

    @Override
    public boolean hasNext() {
      raise(onMove);
      return next < count;
    }

    @Override
    public Integer next() {
      return next++;
    }

    @Override
    public void close() {
      say.accept("disposed");
      raise(onClose);
    }
  }
}
