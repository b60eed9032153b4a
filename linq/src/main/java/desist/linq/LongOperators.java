// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The operators on {@code long}s. */
final class LongOperators {
  private LongOperators() {}

  static Operator<Long, Long> where(LongPredicate predicate) {
    return (worker, down) -> {
      LongSink numbers = (LongSink) down;
      return new LongLink<Long>(down) {
        @Override
        void accept(long value) {
          if (predicate.test(value)) {
            numbers.accept(value);
          }
        }
      };
    };
  }

  static Operator<Long, Long> select(LongUnaryOperator selector) {
    return (worker, down) -> {
      LongSink numbers = (LongSink) down;
      return new LongLink<Long>(down) {
        @Override
        void accept(long value) {
          numbers.accept(selector.applyAsLong(value));
        }
      };
    };
  }

  static Operator<Long, Integer> selectToInt(LongToIntFunction selector) {
    return (worker, down) -> {
      IntSink numbers = (IntSink) down;
      return new LongLink<Integer>(down) {
        @Override
        void accept(long value) {
          numbers.accept(selector.applyAsInt(value));
        }
      };
    };
  }

  static Operator<Long, Double> selectToDouble(LongToDoubleFunction selector) {
    return (worker, down) -> {
      DoubleSink numbers = (DoubleSink) down;
      return new LongLink<Double>(down) {
        @Override
        void accept(long value) {
          numbers.accept(selector.applyAsDouble(value));
        }
      };
    };
  }

  static <R extends @Nullable Object> Operator<Long, R> selectToObj(
      LongFunction<? extends R> selector) {
    return (worker, down) ->
        new LongLink<R>(down) {
          @Override
          void accept(long value) {
            down.accept(selector.apply(value));
          }
        };
  }

  /** Makes a plan of objects. */
  static Plan<Long> boxed(Plan<Long> plan) {
    return Plans.map(plan, LongOperators.<Long>selectToObj(Long::valueOf));
  }

  /** Makes a plan of numbers again. */
  static Plan<Long> unboxed(Plan<Long> plan) {
    return Plans.map(plan, Operators.<Long>selectToLong(Long::longValue));
  }

  /** Runs an operator by place unboxed if the elements have indexes, and on objects otherwise. */
  static Plan<Long> byPlace(Plan<Long> plan, UnaryOperator<Plan<Long>> operator) {
    return Plan.of(
        plan.isOrdered(),
        run -> {
          Stage<Long> stage = plan.open(run);
          Plan<Long> opened = Plan.of(plan.isOrdered(), same -> stage);
          return stage.isIndexed()
              ? operator.apply(opened).open(run)
              : unboxed(operator.apply(boxed(opened))).open(run);
        });
  }

  /** The numbers from the last to the first. */
  static Plan<Long> reverse(Plan<Long> plan) {
    return Plan.of(
        plan.isOrdered(),
        run -> {
          Stage<Long> stage = plan.open(run);
          return stage.isIndexed()
              ? stage.reversed()
              : new FeedStage<>(new LongArrayFeed(LongGather.all(run, stage))).reversed();
        });
  }

  /**
   * Sorts numbers.
   *
   * @param flip all bits set to sort them descending, or none
   */
  static Plan<Long> sort(Plan<Long> plan, long flip) {
    return Plan.of(
        true,
        run -> {
          long[] numbers = LongGather.all(run, plan.open(run));
          long[] keys = new long[numbers.length];
          for (int i = 0; i < keys.length; i++) {
            keys[i] = numbers[i] ^ flip;
          }
          long[] sorted = RadixSort.sorted(run, keys);
          for (int i = 0; i < keys.length; i++) {
            numbers[i] = sorted[i] ^ flip;
          }
          return new FeedStage<>(new LongArrayFeed(numbers));
        });
  }
}
