// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The operators on {@code int}s. */
final class IntOperators {
  private IntOperators() {}

  static Operator<Integer, Integer> where(IntPredicate predicate) {
    return (worker, down) -> {
      IntSink numbers = (IntSink) down;
      return new IntLink<Integer>(down) {
        @Override
        void accept(int value) {
          if (predicate.test(value)) {
            numbers.accept(value);
          }
        }
      };
    };
  }

  static Operator<Integer, Integer> select(IntUnaryOperator selector) {
    return (worker, down) -> {
      IntSink numbers = (IntSink) down;
      return new IntLink<Integer>(down) {
        @Override
        void accept(int value) {
          numbers.accept(selector.applyAsInt(value));
        }
      };
    };
  }

  static Operator<Integer, Long> selectToLong(IntToLongFunction selector) {
    return (worker, down) -> {
      LongSink numbers = (LongSink) down;
      return new IntLink<Long>(down) {
        @Override
        void accept(int value) {
          numbers.accept(selector.applyAsLong(value));
        }
      };
    };
  }

  static Operator<Integer, Double> selectToDouble(IntToDoubleFunction selector) {
    return (worker, down) -> {
      DoubleSink numbers = (DoubleSink) down;
      return new IntLink<Double>(down) {
        @Override
        void accept(int value) {
          numbers.accept(selector.applyAsDouble(value));
        }
      };
    };
  }

  static <R extends @Nullable Object> Operator<Integer, R> selectToObj(
      IntFunction<? extends R> selector) {
    return (worker, down) ->
        new IntLink<R>(down) {
          @Override
          void accept(int value) {
            down.accept(selector.apply(value));
          }
        };
  }

  /** Makes a plan of objects. */
  static Plan<Integer> boxed(Plan<Integer> plan) {
    return Plans.map(plan, IntOperators.<Integer>selectToObj(Integer::valueOf));
  }

  /** Makes a plan of numbers again. */
  static Plan<Integer> unboxed(Plan<Integer> plan) {
    return Plans.map(plan, Operators.<Integer>selectToInt(Integer::intValue));
  }

  /** Runs an operator by place unboxed if the elements have indexes, and on objects otherwise. */
  static Plan<Integer> byPlace(Plan<Integer> plan, UnaryOperator<Plan<Integer>> operator) {
    return Plan.of(
        plan.isOrdered(),
        run -> {
          Stage<Integer> stage = plan.open(run);
          Plan<Integer> opened = Plan.of(plan.isOrdered(), same -> stage);
          return stage.isIndexed()
              ? operator.apply(opened).open(run)
              : unboxed(operator.apply(boxed(opened))).open(run);
        });
  }

  /** The numbers from the last to the first. */
  static Plan<Integer> reverse(Plan<Integer> plan) {
    return Plan.of(
        plan.isOrdered(),
        run -> {
          Stage<Integer> stage = plan.open(run);
          return stage.isIndexed()
              ? stage.reversed()
              : new FeedStage<>(new IntArrayFeed(IntGather.all(run, stage))).reversed();
        });
  }

  /**
   * Sorts numbers.
   *
   * @param flip all bits set to sort them descending, or none
   */
  static Plan<Integer> sort(Plan<Integer> plan, long flip) {
    return Plan.of(
        true,
        run -> {
          int[] numbers = IntGather.all(run, plan.open(run));
          long[] keys = new long[numbers.length];
          for (int i = 0; i < keys.length; i++) {
            keys[i] = numbers[i] ^ flip;
          }
          long[] sorted = RadixSort.sorted(run, keys);
          for (int i = 0; i < keys.length; i++) {
            numbers[i] = (int) (sorted[i] ^ flip);
          }
          return new FeedStage<>(new IntArrayFeed(numbers));
        });
  }
}
