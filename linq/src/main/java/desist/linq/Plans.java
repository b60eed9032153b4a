// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The operators that give queries, as plans. */
final class Plans {
  private Plans() {}

  /** An operator that gives as many elements as it gets, one for one. */
  static <S extends @Nullable Object, T extends @Nullable Object> Plan<T> map(
      Plan<S> source, Operator<S, T> operator) {
    return Plan.of(source.isOrdered(), run -> new FusedStage<>(source.open(run), operator, true));
  }

  /** An operator that looks at each element alone. */
  static <S extends @Nullable Object, T extends @Nullable Object> Plan<T> fused(
      Plan<S> source, Operator<S, T> operator) {
    return Plan.of(source.isOrdered(), run -> new FusedStage<>(source.open(run), operator, false));
  }

  /** An operator that looks at each element and its index. */
  static <S extends @Nullable Object, T extends @Nullable Object> Plan<T> indexed(
      Plan<S> source, Operator<S, T> operator) {
    return Plan.of(true, run -> new FusedStage<>(withIndexes(source.open(run)), operator, false));
  }

  /** Sees to it that leaves begin with the indexes of their elements. */
  private static <T extends @Nullable Object> Stage<T> withIndexes(Stage<T> stage) {
    return stage.isIndexed() ? stage : new SequencedStage<>(stage, Places.index());
  }

  /** The first elements; at least one. */
  static <T extends @Nullable Object> Plan<T> take(Plan<T> source, long count) {
    return Plan.of(source.isOrdered(), run -> take(source.open(run), count));
  }

  static <T extends @Nullable Object> Stage<T> take(Stage<T> stage, long count) {
    return stage.isIndexed()
        ? stage.slice(0, Math.min(count, stage.size()))
        : new SequencedStage<>(stage, Places.take(count));
  }

  static <T extends @Nullable Object> Plan<T> skip(Plan<T> source, long count) {
    return Plan.of(source.isOrdered(), run -> skip(source.open(run), count));
  }

  static <T extends @Nullable Object> Stage<T> skip(Stage<T> stage, long count) {
    return stage.isIndexed()
        ? stage.slice(Math.min(count, stage.size()), stage.size())
        : new SequencedStage<>(stage, Places.skip(count));
  }

  static <T extends @Nullable Object> Plan<T> takeWhile(
      Plan<T> source, Predicate<? super T> predicate) {
    return Plan.of(
        source.isOrdered(),
        run -> new SequencedStage<>(source.open(run), Places.takeWhile(predicate)));
  }

  static <T extends @Nullable Object> Plan<T> skipWhile(
      Plan<T> source, Predicate<? super T> predicate) {
    return Plan.of(
        source.isOrdered(),
        run -> new SequencedStage<>(source.open(run), Places.skipWhile(predicate)));
  }

  static <T extends @Nullable Object> Plan<T> takeWhileIndexed(
      Plan<T> source, BiPredicate<? super T, Long> predicate) {
    return elements(takeWhile(pairs(source), pair -> predicate.test(pair.element(), pair.index())));
  }

  static <T extends @Nullable Object> Plan<T> skipWhileIndexed(
      Plan<T> source, BiPredicate<? super T, Long> predicate) {
    return elements(skipWhile(pairs(source), pair -> predicate.test(pair.element(), pair.index())));
  }

  private static <T extends @Nullable Object> Plan<Indexed<T>> pairs(Plan<T> source) {
    return indexed(
        source, Operators.selectIndexed((element, index) -> new Indexed<T>(element, index)));
  }

  private static <T extends @Nullable Object> Plan<T> elements(Plan<Indexed<T>> pairs) {
    return fused(pairs, Operators.<Indexed<T>, T>select(Indexed::element));
  }

  static <T extends @Nullable Object> Plan<T> reverse(Plan<T> source) {
    return Plan.of(source.isOrdered(), run -> gathered(run, source.open(run)).reversed());
  }

  /** Returns the elements by their indexes, when they have been made if need be. */
  private static <T extends @Nullable Object> Stage<T> gathered(QueryRun run, Stage<T> stage) {
    if (stage.isIndexed()) {
      return stage;
    }
    @Nullable Object[] all = Gather.all(run, stage);
    return new FeedStage<>(new ArrayFeed<T>(all, all.length));
  }

  static <T extends @Nullable Object> Plan<T> concat(Plan<T> first, Plan<T> second) {
    return Plan.of(
        first.isOrdered() || second.isOrdered(),
        run -> new ConcatStage<>(first.open(run), second.open(run)));
  }

  static <F extends @Nullable Object, S extends @Nullable Object, T extends @Nullable Object>
      Plan<T> zip(
          Plan<F> first,
          Plan<S> second,
          BiFunction<? super F, ? super S, ? extends T> resultSelector) {
    return Plan.of(
        first.isOrdered() || second.isOrdered(),
        run -> {
          Stage<F> left = first.open(run);
          Stage<S> right = second.open(run);
          // A side of known length says how much of the other is wanted, which may be endless.
          if (right.isIndexed()) {
            left = gathered(run, left.isIndexed() ? left : atMost(left, right.size()));
          } else {
            left = gathered(run, left);
            right = gathered(run, atMost(right, left.size()));
          }
          return new ZipStage<>(left, right, resultSelector);
        });
  }

  private static <T extends @Nullable Object> Stage<T> atMost(Stage<T> stage, long count) {
    return count == 0
        ? new FeedStage<>(new ArrayFeed<T>(new @Nullable Object[0], 0))
        : take(stage, count);
  }

  static <T extends @Nullable Object> Plan<T> defaultIfEmpty(Plan<T> source, T defaultValue) {
    return Plan.of(
        source.isOrdered(),
        run -> {
          Stage<T> stage = source.open(run);
          if (stage.isIndexed()) {
            return stage.size() > 0 ? stage : new FeedStage<>(new RepeatFeed<>(defaultValue, 1));
          }
          return new LateStage<>(stage, defaultValue);
        });
  }

  static <T extends @Nullable Object> Plan<T> distinct(
      Plan<T> source, EqualityComparer<? super T> comparer) {
    return Plan.of(
        source.isOrdered(),
        run -> {
          Groups<T, T> groups =
              Groups.of(run, source.open(run), Function.identity(), null, comparer);
          return Plans.<GroupEntry<T, T>, T>results(groups.inOrder(run), entry -> entry.key);
        });
  }

  /** The elements of a side that another side has, or has not. */
  static <T extends @Nullable Object> Plan<T> among(
      Plan<T> source, Plan<T> others, boolean isWanted, EqualityComparer<? super T> comparer) {
    Plan<T> filtered =
        Plan.of(
            source.isOrdered(),
            run -> {
              Groups<T, T> known =
                  Groups.of(run, others.open(run), Function.identity(), null, comparer);
              return new FusedStage<>(
                  source.open(run),
                  Operators.<T>where(element -> known.find(element) != null == isWanted),
                  false);
            });
    return distinct(filtered, comparer);
  }

  static <T extends @Nullable Object, K extends @Nullable Object, E extends @Nullable Object>
      Plan<Grouping<K, E>> groupBy(
          Plan<T> source,
          Function<? super T, ? extends K> keySelector,
          Function<? super T, ? extends E> elementSelector,
          EqualityComparer<? super K> comparer) {
    return Plan.of(
        source.isOrdered(),
        run -> {
          Groups<K, E> groups =
              Groups.of(run, source.open(run), keySelector, elementSelector, comparer);
          return Plans.<GroupEntry<K, E>, Grouping<K, E>>results(
              groups.inOrder(run), entry -> new Grouping<>(entry.key, entry.toList()));
        });
  }

  private static <S, T extends @Nullable Object> Stage<T> results(
      List<S> all, Function<S, T> selector) {
    return new FusedStage<>(
        new FeedStage<>(new ListFeed<S>(all)), Operators.<S, T>select(selector), true);
  }

  /** Each element with each of the other side that has the same key, which is not null. */
  static <
          T extends @Nullable Object,
          I extends @Nullable Object,
          K extends @Nullable Object,
          R extends @Nullable Object>
      Plan<R> join(
          Plan<T> outer,
          Plan<I> inner,
          Function<? super T, ? extends K> outerKeySelector,
          Function<? super I, ? extends K> innerKeySelector,
          EqualityComparer<? super K> comparer,
          BiFunction<? super T, ? super I, ? extends R> resultSelector) {
    Plan<Joined<T, I>> joined =
        Plans.<T, I, K, Joined<T, I>>groupJoin(
            outer,
            inner,
            outerKeySelector,
            innerKeySelector,
            comparer,
            (element, others) -> new Joined<T, I>(element, others));
    // Flattened as by selectMany, since one element may have more results than can be waited for.
    return Plans.<Joined<T, I>, R>fused(
        joined,
        Operators.<Joined<T, I>, I, R>selectMany(
            Joined::others, (each, other) -> resultSelector.apply(each.element, other)));
  }

  /** An element, and those of the other side. */
  private record Joined<T extends @Nullable Object, I extends @Nullable Object>(
      T element, List<I> others) {}

  /** Each element with those of the other side that have the same key, which is not null. */
  static <
          T extends @Nullable Object,
          I extends @Nullable Object,
          K extends @Nullable Object,
          R extends @Nullable Object>
      Plan<R> groupJoin(
          Plan<T> outer,
          Plan<I> inner,
          Function<? super T, ? extends K> outerKeySelector,
          Function<? super I, ? extends K> innerKeySelector,
          EqualityComparer<? super K> comparer,
          BiFunction<? super T, ? super List<I>, ? extends R> resultSelector) {
    return Plan.of(
        outer.isOrdered(),
        run -> {
          Groups<K, I> groups =
              Groups.withoutNull(
                  run, inner.open(run), innerKeySelector, Function.identity(), comparer);
          return new FusedStage<T, R>(
              outer.open(run),
              (worker, down) ->
                  new Link<>(down) {
                    @Override
                    void accept(T element) {
                      K key = outerKeySelector.apply(element);
                      if (key != null) {
                        GroupEntry<K, I> found = groups.find(key);
                        List<I> others = found == null ? List.of() : found.toList();
                        down.accept(resultSelector.apply(element, others));
                      }
                    }
                  },
              false);
        });
  }
}
