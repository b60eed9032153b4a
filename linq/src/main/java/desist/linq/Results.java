// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import desist.AggregateException;
import desist.OperationCanceledException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** The operators that run a query and return a result. */
final class Results {
  private Results() {}

  /** Opens the query and runs the phase that ends in the terminal. */
  static <T extends @Nullable Object, S extends Terminal<T>> S run(
      ParallelQuery<T> query, S terminal) {
    return QueryRun.into(query.settings, query.plan, terminal);
  }

  static <T extends @Nullable Object> void forAll(
      ParallelQuery<T> query, Consumer<? super T> action) {
    run(
        query,
        worker ->
            new Sink<T>() {
              @Override
              void accept(T value) {
                action.accept(value);
              }
            });
  }

  static <T extends @Nullable Object> @Nullable Object[] toArray(ParallelQuery<T> query) {
    if (query.isBare()) {
      return toListHere(query).toArray();
    }
    return QueryRun.<@Nullable Object[]>of(
        query.settings, run -> Gather.all(run, query.plan.open(run)));
  }

  @SuppressWarnings("unchecked") // the array has nothing else
  static <T extends @Nullable Object> List<T> toList(ParallelQuery<T> query) {
    return query.isBare()
        ? toListHere(query)
        : new ArrayList<>((List<T>) Arrays.asList(toArray(query)));
  }

  /** Iterates over a query that is a source and nothing else. */
  private static <T extends @Nullable Object> List<T> toListHere(ParallelQuery<T> query) {
    List<T> list = new ArrayList<>();
    query.forEach(list::add);
    return list;
  }

  static <T extends @Nullable Object, A extends @Nullable Object, R extends @Nullable Object>
      R collect(ParallelQuery<T> query, Collector<? super T, A, R> collector) {
    boolean isOrdered =
        query.plan.isOrdered()
            && !collector.characteristics().contains(Collector.Characteristics.UNORDERED);
    Supplier<A> supplier = collector.supplier();
    Folding<T, A> folding =
        run(
            query,
            new Folding<>(
                first -> {
                  A container = supplier.get();
                  collector.accumulator().accept(container, first);
                  return container;
                },
                (container, next) -> {
                  collector.accumulator().accept(container, next);
                  return container;
                },
                isOrdered));
    return Failures.wrapping(
        () -> collector.finisher().apply(combined(folding, supplier, collector.combiner())));
  }

  private static <T extends @Nullable Object, A extends @Nullable Object> A combined(
      Folding<T, A> folding, Supplier<? extends A> none, BinaryOperator<A> combiner) {
    List<A> parts = folding.results();
    if (parts.isEmpty()) {
      return none.get();
    }
    A all = parts.get(0);
    for (A part : parts.subList(1, parts.size())) {
      all = combiner.apply(all, part);
    }
    return all;
  }

  static <T extends @Nullable Object> T aggregate(ParallelQuery<T> query, BinaryOperator<T> func) {
    Folding<T, T> folding =
        run(query, new Folding<T, T>(Function.identity(), func, query.plan.isOrdered()));
    if (folding.results().isEmpty()) {
      throw noElements();
    }
    return Failures.<T>wrapping(() -> combined(folding, Results::never, func));
  }

  static <T extends @Nullable Object, A extends @Nullable Object, R extends @Nullable Object>
      R aggregate(
          ParallelQuery<T> query,
          Supplier<? extends A> seedFactory,
          BiFunction<? super A, ? super T, ? extends A> update,
          BinaryOperator<A> combiner,
          Function<? super A, ? extends R> resultSelector) {
    Folding<T, A> folding =
        run(
            query,
            new Folding<>(
                first -> update.apply(seedFactory.get(), first), update, query.plan.isOrdered()));
    return Failures.wrapping(
        () -> resultSelector.apply(Results.<T, A>combined(folding, seedFactory, combiner)));
  }

  /** Accumulates the elements one after another on this thread. */
  static <T extends @Nullable Object, A extends @Nullable Object> A accumulate(
      ParallelQuery<T> query, A seed, BiFunction<? super A, ? super T, ? extends A> func) {
    boolean isBare = query.isBare();
    A all = seed;
    try (CloseableIterator<T> iterator = query.iterator()) {
      while (iterator.hasNext()) {
        A before = all;
        T element = iterator.next();
        all =
            isBare
                ? func.apply(before, element)
                : Failures.<A>wrapping(() -> func.apply(before, element));
      }
    }
    return all;
  }

  static <T extends @Nullable Object> BigDecimal sum(
      ParallelQuery<T> query, Function<? super T, ? extends BigDecimal> selector) {
    return aggregate(
        query,
        () -> BigDecimal.ZERO,
        (sum, element) -> sum.add(selector.apply(element)),
        BigDecimal::add,
        Function.identity());
  }

  static <T extends @Nullable Object> BigDecimal average(
      ParallelQuery<T> query, Function<? super T, ? extends BigDecimal> selector) {
    record Sum(BigDecimal sum, long count) {}
    Sum all =
        aggregate(
            query,
            () -> new Sum(BigDecimal.ZERO, 0),
            (sum, element) -> new Sum(sum.sum.add(selector.apply(element)), sum.count + 1),
            (a, b) -> new Sum(a.sum.add(b.sum), a.count + b.count),
            Function.identity());
    if (all.count == 0) {
      throw noElements();
    }
    return all.sum.divide(BigDecimal.valueOf(all.count), MathContext.DECIMAL128);
  }

  /**
   * Finds the largest or the smallest element.
   *
   * @param sign that of a comparison with a smaller one, or a larger
   */
  static <T extends @Nullable Object> @Nullable T extreme(ParallelQuery<T> query, int sign) {
    Folding<T, T> folding = new Folding<>(Function.identity(), (a, b) -> better(a, b, sign), false);
    Plan<T> present = Plans.fused(query.plan, Operators.where(element -> element != null));
    QueryRun.intoWrapping(query.settings, present, folding);
    return folding.results().isEmpty()
        ? null
        : Failures.<T>wrapping(
            () -> combined(folding, Results::never, (a, b) -> better(a, b, sign)));
  }

  @SuppressWarnings("unchecked") // what is not comparable says so
  private static <T extends @Nullable Object> T better(T a, T b, int sign) {
    return sign * Integer.signum(((Comparable<T>) a).compareTo(b)) >= 0 ? a : b;
  }

  static <T extends @Nullable Object> long count(ParallelQuery<T> query) {
    if (query.isBare()
        && ((SourcePlan<T>) query.plan).elements() instanceof Collection<?> collection) {
      return collection.size();
    }
    return QueryRun.intoWrapping(query.settings, query.plan, new Counting<T>()).result();
  }

  static int toInt(long count) {
    return Failures.wrapping(() -> Math.toIntExact(count));
  }

  static <T extends @Nullable Object> boolean isFound(
      ParallelQuery<T> query, Predicate<? super T> predicate) {
    return run(query, new Finding<>(predicate)).isFound();
  }

  static <T extends @Nullable Object> @Nullable Object[] first(ParallelQuery<T> query) {
    return QueryRun.<@Nullable Object[]>of(
        query.settings, run -> first(run, query, query.plan.open(run)));
  }

  static <T extends @Nullable Object> @Nullable Object[] first(
      ParallelQuery<T> query, Predicate<? super T> predicate) {
    return QueryRun.<@Nullable Object[]>of(
        query.settings,
        run -> {
          Stage<T> stage = query.plan.open(run);
          if (query.plan.isOrdered() || stage.isIndexed()) {
            Stage<T> fitting = new FusedStage<>(stage, Operators.<T>where(predicate), false);
            return Gather.all(run, Plans.take(fitting, 1));
          }
          Finding<T> finding = new Finding<>(predicate);
          run.execute(stage, finding);
          return finding.result();
        });
  }

  private static <T extends @Nullable Object> @Nullable Object[] first(
      QueryRun run, ParallelQuery<T> query, Stage<T> stage) {
    if (query.plan.isOrdered() || stage.isIndexed()) {
      return Gather.all(run, Plans.take(stage, 1));
    }
    Finding<T> finding = new Finding<>(element -> true);
    run.execute(stage, finding);
    return finding.result();
  }

  static <T extends @Nullable Object> @Nullable Object[] last(ParallelQuery<T> query) {
    return QueryRun.<@Nullable Object[]>of(
        query.settings,
        run -> {
          Stage<T> stage = query.plan.open(run);
          // Behind an operator all are made, since a delegate may fail on any of them.
          return stage.isIndexed() && query.plan instanceof SourcePlan
              ? Gather.all(run, Plans.skip(stage, Math.max(0, stage.size() - 1)))
              : last(run, stage);
        });
  }

  static <T extends @Nullable Object> @Nullable Object[] last(
      ParallelQuery<T> query, Predicate<? super T> predicate) {
    return QueryRun.<@Nullable Object[]>of(
        query.settings,
        run ->
            last(
                run, new FusedStage<>(query.plan.open(run), Operators.<T>where(predicate), false)));
  }

  private static <T extends @Nullable Object> @Nullable Object[] last(
      QueryRun run, Stage<T> stage) {
    Folding<T, T> folding = new Folding<>(Function.identity(), (last, next) -> next, true);
    run.execute(stage, folding);
    List<T> parts = folding.results();
    return parts.subList(Math.max(0, parts.size() - 1), parts.size()).toArray();
  }

  static <T extends @Nullable Object> @Nullable Object[] single(ParallelQuery<T> query) {
    return run(query, new Single<T>()).result();
  }

  static <T extends @Nullable Object> @Nullable Object[] single(
      ParallelQuery<T> query, Predicate<? super T> predicate) {
    return single(query.where(predicate));
  }

  static <T extends @Nullable Object> @Nullable Object[] elementAt(
      ParallelQuery<T> query, long index) {
    if (index < 0) {
      return new @Nullable Object[0];
    }
    return QueryRun.<@Nullable Object[]>of(
        query.settings,
        run -> {
          Stage<T> stage = query.plan.open(run);
          // Past the end all are made, since a delegate may fail on any of them.
          return stage.isIndexed() && index >= stage.size()
              ? Gather.all(run, new SequencedStage<>(stage, Places.skip(index)))
              : Gather.all(run, Plans.take(Plans.skip(stage, index), 1));
        });
  }

  /** Returns the only element of the array. */
  @SuppressWarnings({
    "unchecked",
    "NullAway",
    "TypeParameterUnusedInFormals"
  }) // the array has what the query had
  static <T extends @Nullable Object> T required(@Nullable Object[] found) {
    if (found.length == 0) {
      throw noElements();
    }
    return (T) found[0];
  }

  /** Returns the only element of the array, or null. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the array has what it had
  static <T extends @Nullable Object> @Nullable T orNull(@Nullable Object[] found) {
    return found.length == 0 ? null : (T) found[0];
  }

  /** Puts the elements into a map that is empty, on this thread. */
  static <T extends @Nullable Object, K, E extends @Nullable Object> Map<K, E> toDictionary(
      ParallelQuery<T> query,
      Function<? super T, ? extends K> keySelector,
      Function<? super T, ? extends E> elementSelector,
      Map<K, E> map) {
    boolean isBare = query.isBare();
    try (CloseableIterator<T> iterator = query.iterator()) {
      while (iterator.hasNext()) {
        T element = iterator.next();
        if (isBare) {
          putNew(map, keySelector.apply(element), elementSelector.apply(element));
        } else {
          Failures.wrapping(
              () -> putNew(map, keySelector.apply(element), elementSelector.apply(element)));
        }
      }
    }
    return map;
  }

  private static <K, E extends @Nullable Object> Map<K, E> putNew(
      Map<K, E> map, @Nullable K key, E element) {
    if (key == null) {
      throw new NullPointerException("key");
    }
    if (map.containsKey(key)) {
      throw new IllegalArgumentException("There is an element with this key already: " + key);
    }
    map.put(key, element);
    return map;
  }

  static <T extends @Nullable Object, K extends @Nullable Object, E extends @Nullable Object>
      Lookup<K, E> toLookup(
          ParallelQuery<T> query,
          Function<? super T, ? extends K> keySelector,
          Function<? super T, ? extends E> elementSelector,
          EqualityComparer<K> comparer) {
    return QueryRun.of(
        query.settings,
        run -> {
          Groups<K, E> groups =
              Groups.of(run, query.plan.open(run), keySelector, elementSelector, comparer);
          return new Lookup<>(groups, groups.inOrder(run));
        });
  }

  static <T extends @Nullable Object> boolean isSequenceEqual(
      ParallelQuery<T> first, ParallelQuery<? extends T> second, EqualityComparer<T> comparer) {
    try (CloseableIterator<T> left = first.iterator();
        CloseableIterator<? extends T> right = second.iterator()) {
      while (left.hasNext()) {
        if (!right.hasNext() || !comparer.equals(left.next(), right.next())) {
          return false;
        }
      }
      return !right.hasNext();
    } catch (OperationCanceledException e) {
      if (Failures.isOwn(e, first.settings.token()) || Failures.isOwn(e, second.settings.token())) {
        throw e;
      }
      throw new AggregateException(e);
    } catch (Throwable e) {
      throw new AggregateException(e);
    }
  }

  static IllegalStateException noElements() {
    return new IllegalStateException("There is no such element.");
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // there is no such thing
  private static <T> T never() {
    throw new AssertionError("there are elements");
  }
}
