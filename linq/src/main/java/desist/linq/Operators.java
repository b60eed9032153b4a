// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The operators that look at each element alone. */
final class Operators {
  private Operators() {}

  static <T extends @Nullable Object> Operator<T, T> where(Predicate<? super T> predicate) {
    return (worker, down) ->
        new Link<T, T>(down) {
          @Override
          void accept(T value) {
            if (predicate.test(value)) {
              down.accept(value);
            }
          }
        };
  }

  static <T extends @Nullable Object> Operator<T, T> whereIndexed(
      BiPredicate<? super T, Long> predicate) {
    return (worker, down) ->
        new IndexedLink<T, T>(down) {
          @Override
          void accept(T value) {
            if (predicate.test(value, nextIndex())) {
              down.accept(value);
            }
          }
        };
  }

  static <S extends @Nullable Object, T extends @Nullable Object> Operator<S, T> select(
      Function<? super S, ? extends T> selector) {
    return (worker, down) ->
        new Link<S, T>(down) {
          @Override
          void accept(S value) {
            down.accept(selector.apply(value));
          }
        };
  }

  static <S extends @Nullable Object, T extends @Nullable Object> Operator<S, T> selectIndexed(
      BiFunction<? super S, Long, ? extends T> selector) {
    return (worker, down) ->
        new IndexedLink<S, T>(down) {
          @Override
          void accept(S value) {
            down.accept(selector.apply(value, nextIndex()));
          }
        };
  }

  static <S extends @Nullable Object> Operator<S, Integer> selectToInt(
      ToIntFunction<? super S> selector) {
    return (worker, down) -> {
      IntSink ints = (IntSink) down;
      return new Link<S, Integer>(down) {
        @Override
        void accept(S value) {
          ints.accept(selector.applyAsInt(value));
        }
      };
    };
  }

  static <S extends @Nullable Object> Operator<S, Long> selectToLong(
      ToLongFunction<? super S> selector) {
    return (worker, down) -> {
      LongSink longs = (LongSink) down;
      return new Link<S, Long>(down) {
        @Override
        void accept(S value) {
          longs.accept(selector.applyAsLong(value));
        }
      };
    };
  }

  static <S extends @Nullable Object> Operator<S, Double> selectToDouble(
      ToDoubleFunction<? super S> selector) {
    return (worker, down) -> {
      DoubleSink doubles = (DoubleSink) down;
      return new Link<S, Double>(down) {
        @Override
        void accept(S value) {
          doubles.accept(selector.applyAsDouble(value));
        }
      };
    };
  }

  static <S extends @Nullable Object, C extends @Nullable Object, T extends @Nullable Object>
      Operator<S, T> selectMany(
          Function<? super S, ? extends Iterable<? extends C>> collectionSelector,
          BiFunction<? super S, ? super C, ? extends T> resultSelector) {
    return (worker, down) ->
        new FlatteningLink<S, C, T>(worker, down, resultSelector) {
          @Override
          void accept(S value) {
            flatten(value, collectionSelector.apply(value));
          }
        };
  }

  static <S extends @Nullable Object, C extends @Nullable Object, T extends @Nullable Object>
      Operator<S, T> selectManyIndexed(
          BiFunction<? super S, Long, ? extends Iterable<? extends C>> collectionSelector,
          BiFunction<? super S, ? super C, ? extends T> resultSelector) {
    return (worker, down) ->
        new FlatteningLink<S, C, T>(worker, down, resultSelector) {
          private long next;

          @Override
          void begin(Leaf leaf) {
            next = leaf.index;
            super.begin(leaf);
          }

          @Override
          void accept(S value) {
            flatten(value, collectionSelector.apply(value, next++));
          }
        };
  }

  static <S extends @Nullable Object, T> Operator<S, T> ofType(Class<? extends T> type) {
    return (worker, down) ->
        new Link<S, T>(down) {
          @Override
          void accept(S value) {
            if (type.isInstance(value)) {
              down.accept(type.cast(value));
            }
          }
        };
  }
}
