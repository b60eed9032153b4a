// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;
import java.util.function.DoubleToIntFunction;
import java.util.function.DoubleToLongFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The operators on {@code double}s. */
final class DoubleOperators {
  private DoubleOperators() {}

  static Operator<Double, Double> where(DoublePredicate predicate) {
    return (worker, down) -> {
      DoubleSink numbers = (DoubleSink) down;
      return new DoubleLink<Double>(down) {
        @Override
        void accept(double value) {
          if (predicate.test(value)) {
            numbers.accept(value);
          }
        }
      };
    };
  }

  static Operator<Double, Double> select(DoubleUnaryOperator selector) {
    return (worker, down) -> {
      DoubleSink numbers = (DoubleSink) down;
      return new DoubleLink<Double>(down) {
        @Override
        void accept(double value) {
          numbers.accept(selector.applyAsDouble(value));
        }
      };
    };
  }

  static Operator<Double, Integer> selectToInt(DoubleToIntFunction selector) {
    return (worker, down) -> {
      IntSink numbers = (IntSink) down;
      return new DoubleLink<Integer>(down) {
        @Override
        void accept(double value) {
          numbers.accept(selector.applyAsInt(value));
        }
      };
    };
  }

  static Operator<Double, Long> selectToLong(DoubleToLongFunction selector) {
    return (worker, down) -> {
      LongSink numbers = (LongSink) down;
      return new DoubleLink<Long>(down) {
        @Override
        void accept(double value) {
          numbers.accept(selector.applyAsLong(value));
        }
      };
    };
  }

  static <R extends @Nullable Object> Operator<Double, R> selectToObj(
      DoubleFunction<? extends R> selector) {
    return (worker, down) ->
        new DoubleLink<R>(down) {
          @Override
          void accept(double value) {
            down.accept(selector.apply(value));
          }
        };
  }

  /** Makes a plan of objects. */
  static Plan<Double> boxed(Plan<Double> plan) {
    return Plans.map(plan, DoubleOperators.<Double>selectToObj(Double::valueOf));
  }

  /** Makes a plan of numbers again. */
  static Plan<Double> unboxed(Plan<Double> plan) {
    return Plans.map(plan, Operators.<Double>selectToDouble(Double::doubleValue));
  }

  /** Runs an operator by place unboxed if the elements have indexes, and on objects otherwise. */
  static Plan<Double> byPlace(Plan<Double> plan, UnaryOperator<Plan<Double>> operator) {
    return Plan.of(
        plan.isOrdered(),
        run -> {
          Stage<Double> stage = plan.open(run);
          Plan<Double> opened = Plan.of(plan.isOrdered(), same -> stage);
          return stage.isIndexed()
              ? operator.apply(opened).open(run)
              : unboxed(operator.apply(boxed(opened))).open(run);
        });
  }

  /** The numbers from the last to the first. */
  static Plan<Double> reverse(Plan<Double> plan) {
    return Plan.of(
        plan.isOrdered(),
        run -> {
          Stage<Double> stage = plan.open(run);
          return stage.isIndexed()
              ? stage.reversed()
              : new FeedStage<>(new DoubleArrayFeed(DoubleGather.all(run, stage))).reversed();
        });
  }

  /**
   * Sorts numbers.
   *
   * @param flip all bits set to sort them descending, or none
   */
  static Plan<Double> sort(Plan<Double> plan, long flip) {
    return Plan.of(
        true,
        run -> {
          double[] numbers = DoubleGather.all(run, plan.open(run));
          long[] keys = new long[numbers.length];
          for (int i = 0; i < keys.length; i++) {
            keys[i] = SortableBits.ofDouble(numbers[i]) ^ flip;
          }
          long[] sorted = RadixSort.sorted(run, keys);
          for (int i = 0; i < keys.length; i++) {
            numbers[i] = SortableBits.toDouble(sorted[i] ^ flip);
          }
          return new FeedStage<>(new DoubleArrayFeed(numbers));
        });
  }
}
