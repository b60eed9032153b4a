// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collector;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A query that runs on several threads, and that a token ends.
 *
 * <p>A query is never changed: each operator and each setting returns another, which may be run any
 * number of times. It runs when a result is asked for; what returns another query runs nothing.
 *
 * {@snippet lang = java:
 * List<Path> found = ParallelEnumerable.asParallel(paths)
 *     .withCancellation(token)
 *     .where(path -> contains(path, word))
 *     .toList();
 * }
 *
 * <p>What running one throws, where it waits and what it promises of order is said of the
 * {@linkplain desist.linq package}.
 *
 * @param <T> the elements
 * @dotnet ParallelQuery&lt;TSource&gt;
 * @since 1.0
 */
public sealed class ParallelQuery<T extends @Nullable Object> implements Iterable<T>
    permits OrderedParallelQuery {
  final Plan<T> plan;
  final QuerySettings settings;

  ParallelQuery(Plan<T> plan, QuerySettings settings) {
    this.plan = plan;
    this.settings = settings;
  }

  /**
   * Returns these elements in the order of the source, which every later operator keeps until
   * {@link #asUnordered()}.
   *
   * @return an ordered query
   * @throws IllegalStateException if this is not a bare source: what {@link ParallelEnumerable} has
   *     made, of anything but an unordered partitioner, before any operator or setting
   * @dotnet ParallelEnumerable.AsOrdered&lt;T&gt;(ParallelQuery&lt;T&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> asOrdered() {
    return new ParallelQuery<>(plan.ordered(settings), settings);
  }

  /**
   * Returns these elements without a promise of their order.
   *
   * @return an unordered query
   * @dotnet ParallelEnumerable.AsUnordered&lt;T&gt;(ParallelQuery&lt;T&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> asUnordered() {
    return with(Plan.of(false, plan::open));
  }

  /**
   * Returns this query with a token that ends it.
   *
   * <p>A token that can never be canceled changes nothing and may be given any number of times. One
   * that is canceled already is no error here; running the query is.
   *
   * @param token ends the query
   * @return the query with the token
   * @throws IllegalStateException if the query has a token already
   * @throws NullPointerException if {@code token} is null
   * @dotnet ParallelEnumerable.WithCancellation&lt;T&gt;(ParallelQuery&lt;T&gt;, CancellationToken)
   * @since 1.0
   */
  public ParallelQuery<T> withCancellation(CancellationToken token) {
    return new ParallelQuery<>(plan, settings.withToken(requireNonNull(token, "token")));
  }

  /**
   * Returns this query with the exact number of its workers, which run at the same time: their
   * delegates may wait for each other.
   *
   * <p>With one worker all runs on the thread that asks for the result.
   *
   * @param degreeOfParallelism the number of workers
   * @return the query with that degree
   * @throws IllegalArgumentException if the degree is not in 1 to 512
   * @throws IllegalStateException if the query has a degree already
   * @dotnet ParallelEnumerable.WithDegreeOfParallelism&lt;T&gt;(ParallelQuery&lt;T&gt;, int)
   * @since 1.0
   */
  public ParallelQuery<T> withDegreeOfParallelism(int degreeOfParallelism) {
    return new ParallelQuery<>(plan, settings.withDegree(degreeOfParallelism));
  }

  /**
   * Returns this query with a mode, which makes no difference to how it runs: all of it is
   * parallel.
   *
   * @param executionMode the mode
   * @return the query with that mode
   * @throws IllegalStateException if the query has a mode already
   * @throws NullPointerException if {@code executionMode} is null
   * @dotnet ParallelEnumerable.WithExecutionMode&lt;T&gt;(ParallelQuery&lt;T&gt;,
   *     ParallelExecutionMode)
   * @since 1.0
   */
  public ParallelQuery<T> withExecutionMode(ParallelExecutionMode executionMode) {
    return new ParallelQuery<>(
        plan, settings.withMode(requireNonNull(executionMode, "executionMode")));
  }

  /**
   * Returns this query with a way in which an iterator gets its results.
   *
   * @param mergeOptions how results are buffered
   * @return the query with those options
   * @throws IllegalStateException if the query has merge options already
   * @throws NullPointerException if {@code mergeOptions} is null
   * @dotnet ParallelEnumerable.WithMergeOptions&lt;T&gt;(ParallelQuery&lt;T&gt;,
   *     ParallelMergeOptions)
   * @since 1.0
   */
  public ParallelQuery<T> withMergeOptions(ParallelMergeOptions mergeOptions) {
    return new ParallelQuery<>(
        plan, settings.withMergeOptions(requireNonNull(mergeOptions, "mergeOptions")));
  }

  /**
   * Keeps the elements that fit.
   *
   * @param predicate tells of an element whether it fits
   * @return those elements
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.Where&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> where(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return with(Plans.fused(plan, Operators.where(predicate)));
  }

  /**
   * Keeps the elements that fit, each with its index; ordered by it.
   *
   * @param predicate tells of an element and its index whether it fits
   * @return those elements
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.Where&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     int, bool&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> whereIndexed(BiPredicate<? super T, Long> predicate) {
    requireNonNull(predicate, "predicate");
    return with(Plans.indexed(plan, Operators.whereIndexed(predicate)));
  }

  /**
   * Turns each element into another.
   *
   * @param <R> the result
   * @param selector gives the result of an element
   * @return the results
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Select&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TResult&gt;)
   * @since 1.0
   */
  public <R extends @Nullable Object> ParallelQuery<R> select(
      Function<? super T, ? extends R> selector) {
    requireNonNull(selector, "selector");
    return with(Plans.map(plan, Operators.select(selector)));
  }

  /**
   * Turns each element with its index into another; ordered by the index.
   *
   * @param <R> the result
   * @param selector gives the result of an element and its index
   * @return the results
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Select&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, int, TResult&gt;)
   * @since 1.0
   */
  public <R extends @Nullable Object> ParallelQuery<R> selectIndexed(
      BiFunction<? super T, Long, ? extends R> selector) {
    requireNonNull(selector, "selector");
    return with(Plans.indexed(plan, Operators.selectIndexed(selector)));
  }

  /**
   * Turns each element into an {@code int}, unboxed.
   *
   * @param selector gives the result of an element
   * @return the numbers
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Select&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TResult&gt;)
   * @since 1.0
   */
  public IntParallelQuery selectToInt(ToIntFunction<? super T> selector) {
    requireNonNull(selector, "selector");
    return new IntParallelQuery(Plans.map(plan, Operators.selectToInt(selector)), settings);
  }

  /**
   * Turns each element into a {@code long}, unboxed.
   *
   * @param selector gives the result of an element
   * @return the numbers
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Select&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TResult&gt;)
   * @since 1.0
   */
  public LongParallelQuery selectToLong(ToLongFunction<? super T> selector) {
    requireNonNull(selector, "selector");
    return new LongParallelQuery(Plans.map(plan, Operators.selectToLong(selector)), settings);
  }

  /**
   * Turns each element into a {@code double}, unboxed.
   *
   * @param selector gives the result of an element
   * @return the numbers
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Select&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TResult&gt;)
   * @since 1.0
   */
  public DoubleParallelQuery selectToDouble(ToDoubleFunction<? super T> selector) {
    requireNonNull(selector, "selector");
    return new DoubleParallelQuery(Plans.map(plan, Operators.selectToDouble(selector)), settings);
  }

  /**
   * Puts the sequences of all elements one after another.
   *
   * @param <R> the result
   * @param selector gives the sequence of an element
   * @return the elements of the sequences
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.SelectMany&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, IEnumerable&lt;TResult&gt;&gt;)
   * @since 1.0
   */
  public <R extends @Nullable Object> ParallelQuery<R> selectMany(
      Function<? super T, ? extends Iterable<? extends R>> selector) {
    requireNonNull(selector, "selector");
    return with(
        Plans.fused(plan, Operators.<T, R, R>selectMany(selector, (outer, element) -> element)));
  }

  /**
   * Puts the sequences of all elements one after another, and turns each of their elements into
   * another.
   *
   * @param <C> the elements of the inner sequences
   * @param <R> the result
   * @param collectionSelector gives the sequence of an element
   * @param resultSelector gives the result of an element and one of its sequence
   * @return the results
   * @throws NullPointerException if an argument is null
   * @dotnet ParallelEnumerable.SelectMany&lt;TSource, TCollection,
   *     TResult&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     IEnumerable&lt;TCollection&gt;&gt;, Func&lt;TSource, TCollection, TResult&gt;)
   * @since 1.0
   */
  public <C extends @Nullable Object, R extends @Nullable Object> ParallelQuery<R> selectMany(
      Function<? super T, ? extends Iterable<? extends C>> collectionSelector,
      BiFunction<? super T, ? super C, ? extends R> resultSelector) {
    requireNonNull(collectionSelector, "collectionSelector");
    requireNonNull(resultSelector, "resultSelector");
    return with(Plans.fused(plan, Operators.selectMany(collectionSelector, resultSelector)));
  }

  /**
   * Puts the sequences of all elements, each with its index, one after another; ordered by the
   * index.
   *
   * @param <R> the result
   * @param selector gives the sequence of an element and its index
   * @return the elements of the sequences
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.SelectMany&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, int, IEnumerable&lt;TResult&gt;&gt;)
   * @since 1.0
   */
  public <R extends @Nullable Object> ParallelQuery<R> selectManyIndexed(
      BiFunction<? super T, Long, ? extends Iterable<? extends R>> selector) {
    requireNonNull(selector, "selector");
    return with(
        Plans.indexed(
            plan, Operators.<T, R, R>selectManyIndexed(selector, (outer, element) -> element)));
  }

  /**
   * Puts the sequences of all elements, each with its index, one after another, and turns each of
   * their elements into another; ordered by the index.
   *
   * @param <C> the elements of the inner sequences
   * @param <R> the result
   * @param collectionSelector gives the sequence of an element and its index
   * @param resultSelector gives the result of an element and one of its sequence
   * @return the results
   * @throws NullPointerException if an argument is null
   * @dotnet ParallelEnumerable.SelectMany&lt;TSource, TCollection,
   *     TResult&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource, int,
   *     IEnumerable&lt;TCollection&gt;&gt;, Func&lt;TSource, TCollection, TResult&gt;)
   * @since 1.0
   */
  public <C extends @Nullable Object, R extends @Nullable Object>
      ParallelQuery<R> selectManyIndexed(
          BiFunction<? super T, Long, ? extends Iterable<? extends C>> collectionSelector,
          BiFunction<? super T, ? super C, ? extends R> resultSelector) {
    requireNonNull(collectionSelector, "collectionSelector");
    requireNonNull(resultSelector, "resultSelector");
    return with(
        Plans.indexed(plan, Operators.selectManyIndexed(collectionSelector, resultSelector)));
  }

  /**
   * Casts each element; one that cannot be fails the query with a {@link ClassCastException}.
   *
   * @param <R> the result
   * @param type the class of the results
   * @return the elements, of that type
   * @throws NullPointerException if {@code type} is null
   * @dotnet ParallelEnumerable.Cast&lt;TResult&gt;(ParallelQuery)
   * @since 1.0
   */
  public <R> ParallelQuery<R> cast(Class<? extends R> type) {
    requireNonNull(type, "type");
    return with(Plans.map(plan, Operators.<T, R>select(type::cast)));
  }

  /**
   * Keeps the elements that are of a type; null is of none.
   *
   * @param <R> the result
   * @param type the class of the results
   * @return those elements
   * @throws NullPointerException if {@code type} is null
   * @dotnet ParallelEnumerable.OfType&lt;TResult&gt;(ParallelQuery)
   * @since 1.0
   */
  public <R> ParallelQuery<R> ofType(Class<? extends R> type) {
    requireNonNull(type, "type");
    return with(Plans.fused(plan, Operators.<T, R>ofType(type)));
  }

  /**
   * Returns these elements, or null as the only one if there are none.
   *
   * @return at least one element
   * @dotnet ParallelEnumerable.DefaultIfEmpty&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> defaultIfEmpty() {
    return defaultIfEmpty(none());
  }

  /**
   * Returns these elements, or another as the only one if there are none.
   *
   * @param defaultValue the element of an empty query
   * @return at least one element
   * @dotnet ParallelEnumerable.DefaultIfEmpty&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, TSource)
   * @since 1.0
   */
  public ParallelQuery<T> defaultIfEmpty(T defaultValue) {
    return with(Plans.defaultIfEmpty(plan, defaultValue));
  }

  /**
   * Keeps the first elements.
   *
   * @param count how many elements
   * @return at most that many elements; none, without settings, if {@code count} is not positive
   * @dotnet ParallelEnumerable.Take&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, int)
   * @since 1.0
   */
  public ParallelQuery<T> take(long count) {
    return count <= 0 ? ParallelEnumerable.empty() : with(Plans.take(plan, count));
  }

  /**
   * Keeps the elements before the first that does not fit.
   *
   * @param predicate tells of an element whether it fits
   * @return those elements
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.TakeWhile&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, bool&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> takeWhile(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return with(Plans.takeWhile(plan, predicate));
  }

  /**
   * Keeps the elements before the first that does not fit, each with its index.
   *
   * @param predicate tells of an element and its index whether it fits
   * @return those elements
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.TakeWhile&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, int, bool&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> takeWhileIndexed(BiPredicate<? super T, Long> predicate) {
    requireNonNull(predicate, "predicate");
    return with(Plans.takeWhileIndexed(plan, predicate));
  }

  /**
   * Leaves the first elements out.
   *
   * @param count how many elements
   * @return the others; this query if {@code count} is not positive
   * @dotnet ParallelEnumerable.Skip&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, int)
   * @since 1.0
   */
  public ParallelQuery<T> skip(long count) {
    return count <= 0 ? this : with(Plans.skip(plan, count));
  }

  /**
   * Leaves out the elements before the first that does not fit.
   *
   * @param predicate tells of an element whether it fits
   * @return the others
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.SkipWhile&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, bool&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> skipWhile(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return with(Plans.skipWhile(plan, predicate));
  }

  /**
   * Leaves out the elements before the first that does not fit, each with its index.
   *
   * @param predicate tells of an element and its index whether it fits
   * @return the others
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.SkipWhile&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, int, bool&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> skipWhileIndexed(BiPredicate<? super T, Long> predicate) {
    requireNonNull(predicate, "predicate");
    return with(Plans.skipWhileIndexed(plan, predicate));
  }

  /**
   * Turns the order round.
   *
   * @return the elements from the last to the first
   * @dotnet ParallelEnumerable.Reverse&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> reverse() {
    return with(Plans.reverse(plan));
  }

  /**
   * Puts the elements of another query after these.
   *
   * @param second the other side, whose settings are merged with these
   * @return the elements of both; ordered if either is
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code second} is null
   * @dotnet ParallelEnumerable.Concat&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> concat(ParallelQuery<? extends T> second) {
    requireNonNull(second, "second");
    QuerySettings merged = settings.merge(second.settings);
    return new ParallelQuery<>(Plans.concat(plan, second.<T>widened()), merged);
  }

  /**
   * Pairs each element with that of another query at the same place.
   *
   * @param <S> the other side's elements
   * @param <R> the result
   * @param second the other side, whose settings are merged with these
   * @param resultSelector gives the result of a pair
   * @return the results, as many as the shorter side has elements; ordered if either is
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if an argument is null
   * @dotnet ParallelEnumerable.Zip&lt;TFirst, TSecond, TResult&gt;(ParallelQuery&lt;TFirst&gt;,
   *     ParallelQuery&lt;TSecond&gt;, Func&lt;TFirst, TSecond, TResult&gt;)
   * @since 1.0
   */
  public <S extends @Nullable Object, R extends @Nullable Object> ParallelQuery<R> zip(
      ParallelQuery<S> second, BiFunction<? super T, ? super S, ? extends R> resultSelector) {
    requireNonNull(second, "second");
    requireNonNull(resultSelector, "resultSelector");
    QuerySettings merged = settings.merge(second.settings);
    return new ParallelQuery<>(Plans.zip(plan, second.plan, resultSelector), merged);
  }

  /**
   * Keeps the first of elements that are equal.
   *
   * @return different elements
   * @dotnet ParallelEnumerable.Distinct&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> distinct() {
    return distinct(null);
  }

  /**
   * Keeps the first of elements that are equal.
   *
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return different elements
   * @dotnet ParallelEnumerable.Distinct&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     IEqualityComparer&lt;TSource&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> distinct(@Nullable EqualityComparer<? super T> comparer) {
    return with(Plans.distinct(plan, DefaultEquality.or(comparer)));
  }

  /**
   * Keeps the first of elements that are equal, of both sides.
   *
   * @param second the other side, whose settings are merged with these
   * @return different elements, these first; ordered if either side is
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code second} is null
   * @dotnet ParallelEnumerable.Union&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> union(ParallelQuery<? extends T> second) {
    return union(second, null);
  }

  /**
   * Keeps the first of elements that are equal, of both sides.
   *
   * @param second the other side, whose settings are merged with these
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return different elements, these first; ordered if either side is
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code second} is null
   * @dotnet ParallelEnumerable.Union&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     ParallelQuery&lt;TSource&gt;, IEqualityComparer&lt;TSource&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> union(
      ParallelQuery<? extends T> second, @Nullable EqualityComparer<? super T> comparer) {
    requireNonNull(second, "second");
    QuerySettings merged = settings.merge(second.settings);
    Plan<T> both = Plans.concat(plan, second.<T>widened());
    return new ParallelQuery<>(Plans.distinct(both, DefaultEquality.or(comparer)), merged);
  }

  /**
   * Keeps the first of equal elements that the other side has too.
   *
   * @param second the other side, whose settings are merged with these
   * @return different elements; ordered if this side is
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code second} is null
   * @dotnet ParallelEnumerable.Intersect&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> intersect(ParallelQuery<? extends T> second) {
    return intersect(second, null);
  }

  /**
   * Keeps the first of equal elements that the other side has too.
   *
   * @param second the other side, whose settings are merged with these
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return different elements; ordered if this side is
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code second} is null
   * @dotnet ParallelEnumerable.Intersect&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     ParallelQuery&lt;TSource&gt;, IEqualityComparer&lt;TSource&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> intersect(
      ParallelQuery<? extends T> second, @Nullable EqualityComparer<? super T> comparer) {
    requireNonNull(second, "second");
    QuerySettings merged = settings.merge(second.settings);
    EqualityComparer<T> equality = DefaultEquality.or(comparer);
    return new ParallelQuery<>(Plans.among(plan, second.<T>widened(), true, equality), merged);
  }

  /**
   * Keeps the first of equal elements that the other side has not.
   *
   * @param second the other side, whose settings are merged with these
   * @return different elements; ordered if this side is
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code second} is null
   * @dotnet ParallelEnumerable.Except&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> except(ParallelQuery<? extends T> second) {
    return except(second, null);
  }

  /**
   * Keeps the first of equal elements that the other side has not.
   *
   * @param second the other side, whose settings are merged with these
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return different elements; ordered if this side is
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code second} is null
   * @dotnet ParallelEnumerable.Except&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     ParallelQuery&lt;TSource&gt;, IEqualityComparer&lt;TSource&gt;)
   * @since 1.0
   */
  public ParallelQuery<T> except(
      ParallelQuery<? extends T> second, @Nullable EqualityComparer<? super T> comparer) {
    requireNonNull(second, "second");
    QuerySettings merged = settings.merge(second.settings);
    EqualityComparer<T> equality = DefaultEquality.or(comparer);
    return new ParallelQuery<>(Plans.among(plan, second.<T>widened(), false, equality), merged);
  }

  /**
   * Pairs elements of two sides that have equal keys; elements whose key is null are left out.
   *
   * @param <I> the other side's elements
   * @param <K> the key
   * @param <R> the result
   * @param inner the other side, whose settings are merged with these
   * @param outerKeySelector gives the key of an element of this side
   * @param innerKeySelector gives the key of an element of the other side
   * @param resultSelector gives the result of a pair
   * @return the results; ordered if this side is, and then by the other side if that is too
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if an argument is null
   * @dotnet ParallelEnumerable.Join&lt;TOuter, TInner, TKey,
   *     TResult&gt;(ParallelQuery&lt;TOuter&gt;, ParallelQuery&lt;TInner&gt;, Func&lt;TOuter,
   *     TKey&gt;, Func&lt;TInner, TKey&gt;, Func&lt;TOuter, TInner, TResult&gt;)
   * @since 1.0
   */
  public <I extends @Nullable Object, K extends @Nullable Object, R extends @Nullable Object>
      ParallelQuery<R> join(
          ParallelQuery<I> inner,
          Function<? super T, ? extends K> outerKeySelector,
          Function<? super I, ? extends K> innerKeySelector,
          BiFunction<? super T, ? super I, ? extends R> resultSelector) {
    return join(inner, outerKeySelector, innerKeySelector, resultSelector, null);
  }

  /**
   * Pairs elements of two sides that have equal keys; elements whose key is null are left out.
   *
   * @param <I> the other side's elements
   * @param <K> the key
   * @param <R> the result
   * @param inner the other side, whose settings are merged with these
   * @param outerKeySelector gives the key of an element of this side
   * @param innerKeySelector gives the key of an element of the other side
   * @param resultSelector gives the result of a pair
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return the results; ordered if this side is, and then by the other side if that is too
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code inner}, {@code outerKeySelector}, {@code
   *     innerKeySelector} or {@code resultSelector} is null
   * @dotnet ParallelEnumerable.Join&lt;TOuter, TInner, TKey,
   *     TResult&gt;(ParallelQuery&lt;TOuter&gt;, ParallelQuery&lt;TInner&gt;, Func&lt;TOuter,
   *     TKey&gt;, Func&lt;TInner, TKey&gt;, Func&lt;TOuter, TInner, TResult&gt;,
   *     IEqualityComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <I extends @Nullable Object, K extends @Nullable Object, R extends @Nullable Object>
      ParallelQuery<R> join(
          ParallelQuery<I> inner,
          Function<? super T, ? extends K> outerKeySelector,
          Function<? super I, ? extends K> innerKeySelector,
          BiFunction<? super T, ? super I, ? extends R> resultSelector,
          @Nullable EqualityComparer<? super K> comparer) {
    requireNonNull(inner, "inner");
    requireNonNull(outerKeySelector, "outerKeySelector");
    requireNonNull(innerKeySelector, "innerKeySelector");
    requireNonNull(resultSelector, "resultSelector");
    QuerySettings merged = settings.merge(inner.settings);
    EqualityComparer<K> equality = DefaultEquality.or(comparer);
    Plan<R> joined =
        Plans.join(plan, inner.plan, outerKeySelector, innerKeySelector, equality, resultSelector);
    return new ParallelQuery<>(joined, merged);
  }

  /**
   * Pairs each element with those of the other side that have an equal key; elements whose key is
   * null are left out.
   *
   * @param <I> the other side's elements
   * @param <K> the key
   * @param <R> the result
   * @param inner the other side, whose settings are merged with these
   * @param outerKeySelector gives the key of an element of this side
   * @param innerKeySelector gives the key of an element of the other side
   * @param resultSelector gives the result of an element and those of the other side
   * @return the results; ordered if this side is, and each list if the other side is too
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if an argument is null
   * @dotnet ParallelEnumerable.GroupJoin&lt;TOuter, TInner, TKey,
   *     TResult&gt;(ParallelQuery&lt;TOuter&gt;, ParallelQuery&lt;TInner&gt;, Func&lt;TOuter,
   *     TKey&gt;, Func&lt;TInner, TKey&gt;, Func&lt;TOuter, IEnumerable&lt;TInner&gt;, TResult&gt;)
   * @since 1.0
   */
  public <I extends @Nullable Object, K extends @Nullable Object, R extends @Nullable Object>
      ParallelQuery<R> groupJoin(
          ParallelQuery<I> inner,
          Function<? super T, ? extends K> outerKeySelector,
          Function<? super I, ? extends K> innerKeySelector,
          BiFunction<? super T, ? super List<I>, ? extends R> resultSelector) {
    return groupJoin(inner, outerKeySelector, innerKeySelector, resultSelector, null);
  }

  /**
   * Pairs each element with those of the other side that have an equal key; elements whose key is
   * null are left out.
   *
   * @param <I> the other side's elements
   * @param <K> the key
   * @param <R> the result
   * @param inner the other side, whose settings are merged with these
   * @param outerKeySelector gives the key of an element of this side
   * @param innerKeySelector gives the key of an element of the other side
   * @param resultSelector gives the result of an element and those of the other side
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return the results; ordered if this side is, and each list if the other side is too
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code inner}, {@code outerKeySelector}, {@code
   *     innerKeySelector} or {@code resultSelector} is null
   * @dotnet ParallelEnumerable.GroupJoin&lt;TOuter, TInner, TKey,
   *     TResult&gt;(ParallelQuery&lt;TOuter&gt;, ParallelQuery&lt;TInner&gt;, Func&lt;TOuter,
   *     TKey&gt;, Func&lt;TInner, TKey&gt;, Func&lt;TOuter, IEnumerable&lt;TInner&gt;, TResult&gt;,
   *     IEqualityComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <I extends @Nullable Object, K extends @Nullable Object, R extends @Nullable Object>
      ParallelQuery<R> groupJoin(
          ParallelQuery<I> inner,
          Function<? super T, ? extends K> outerKeySelector,
          Function<? super I, ? extends K> innerKeySelector,
          BiFunction<? super T, ? super List<I>, ? extends R> resultSelector,
          @Nullable EqualityComparer<? super K> comparer) {
    requireNonNull(inner, "inner");
    requireNonNull(outerKeySelector, "outerKeySelector");
    requireNonNull(innerKeySelector, "innerKeySelector");
    requireNonNull(resultSelector, "resultSelector");
    QuerySettings merged = settings.merge(inner.settings);
    EqualityComparer<K> equality = DefaultEquality.or(comparer);
    Plan<R> joined =
        Plans.groupJoin(
            plan, inner.plan, outerKeySelector, innerKeySelector, equality, resultSelector);
    return new ParallelQuery<>(joined, merged);
  }

  /**
   * Sorts by a key, ascending; the sort is stable.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.OrderBy&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Comparable<? super K>> OrderedParallelQuery<T> orderBy(
      Function<? super T, ? extends K> keySelector) {
    return orderBy(keySelector, null);
  }

  /**
   * Sorts by a key and a comparator, ascending; the sort is stable.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @param comparator compares the keys; null for their natural order, nulls first
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.OrderBy&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;, IComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object> OrderedParallelQuery<T> orderBy(
      Function<? super T, ? extends K> keySelector, @Nullable Comparator<? super K> comparator) {
    requireNonNull(keySelector, "keySelector");
    return sortedBy(SortKey.<T, K>of(keySelector, comparator, false));
  }

  /**
   * Sorts by an unboxed key, ascending; the sort is stable.
   *
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.OrderBy&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public OrderedParallelQuery<T> orderByInt(ToIntFunction<? super T> keySelector) {
    requireNonNull(keySelector, "keySelector");
    return sortedBy(SortKey.ofInt(keySelector, false));
  }

  /**
   * Sorts by an unboxed key, ascending; the sort is stable.
   *
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.OrderBy&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public OrderedParallelQuery<T> orderByLong(ToLongFunction<? super T> keySelector) {
    requireNonNull(keySelector, "keySelector");
    return sortedBy(SortKey.ofLong(keySelector, false));
  }

  /**
   * Sorts by an unboxed key, ascending; the sort is stable.
   *
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.OrderBy&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public OrderedParallelQuery<T> orderByDouble(ToDoubleFunction<? super T> keySelector) {
    requireNonNull(keySelector, "keySelector");
    return sortedBy(SortKey.ofDouble(keySelector, false));
  }

  /**
   * Sorts by a key, descending; the sort is stable.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.OrderByDescending&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Comparable<? super K>> OrderedParallelQuery<T> orderByDescending(
      Function<? super T, ? extends K> keySelector) {
    return orderByDescending(keySelector, null);
  }

  /**
   * Sorts by a key and a comparator, descending; the sort is stable.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @param comparator compares the keys; null for their natural order, nulls first
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.OrderByDescending&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;, IComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object> OrderedParallelQuery<T> orderByDescending(
      Function<? super T, ? extends K> keySelector, @Nullable Comparator<? super K> comparator) {
    requireNonNull(keySelector, "keySelector");
    return sortedBy(SortKey.<T, K>of(keySelector, comparator, true));
  }

  /**
   * Sorts by an unboxed key, descending; the sort is stable.
   *
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.OrderByDescending&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public OrderedParallelQuery<T> orderByIntDescending(ToIntFunction<? super T> keySelector) {
    requireNonNull(keySelector, "keySelector");
    return sortedBy(SortKey.ofInt(keySelector, true));
  }

  /**
   * Sorts by an unboxed key, descending; the sort is stable.
   *
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.OrderByDescending&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public OrderedParallelQuery<T> orderByLongDescending(ToLongFunction<? super T> keySelector) {
    requireNonNull(keySelector, "keySelector");
    return sortedBy(SortKey.ofLong(keySelector, true));
  }

  /**
   * Sorts by an unboxed key, descending; the sort is stable.
   *
   * @param keySelector gives the key of an element
   * @return the sorted elements
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.OrderByDescending&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public OrderedParallelQuery<T> orderByDoubleDescending(ToDoubleFunction<? super T> keySelector) {
    requireNonNull(keySelector, "keySelector");
    return sortedBy(SortKey.ofDouble(keySelector, true));
  }

  /**
   * Groups by a key. Null is a key too. Ordered, the groups come by their first elements.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @return the groups
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.GroupBy&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object> ParallelQuery<Grouping<K, T>> groupBy(
      Function<? super T, ? extends K> keySelector) {
    return groupBy(keySelector, Function.identity(), null);
  }

  /**
   * Groups by a key. Null is a key too. Ordered, the groups come by their first elements.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return the groups
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.GroupBy&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;, IEqualityComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object> ParallelQuery<Grouping<K, T>> groupBy(
      Function<? super T, ? extends K> keySelector,
      @Nullable EqualityComparer<? super K> comparer) {
    return groupBy(keySelector, Function.identity(), comparer);
  }

  /**
   * Groups by a key. Null is a key too. Ordered, the groups come by their first elements.
   *
   * @param <K> the key
   * @param <E> what is kept of an element
   * @param keySelector gives the key of an element
   * @param elementSelector gives what is kept of an element
   * @return the groups
   * @throws NullPointerException if an argument is null
   * @dotnet ParallelEnumerable.GroupBy&lt;TSource, TKey, TElement&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;, Func&lt;TSource, TElement&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object, E extends @Nullable Object>
      ParallelQuery<Grouping<K, E>> groupBy(
          Function<? super T, ? extends K> keySelector,
          Function<? super T, ? extends E> elementSelector) {
    return groupBy(keySelector, elementSelector, null);
  }

  /**
   * Groups by a key. Null is a key too. Ordered, the groups come by their first elements.
   *
   * @param <K> the key
   * @param <E> what is kept of an element
   * @param keySelector gives the key of an element
   * @param elementSelector gives what is kept of an element
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return the groups
   * @throws NullPointerException if {@code keySelector} or {@code elementSelector} is null
   * @dotnet ParallelEnumerable.GroupBy&lt;TSource, TKey, TElement&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;, Func&lt;TSource, TElement&gt;, IEqualityComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object, E extends @Nullable Object>
      ParallelQuery<Grouping<K, E>> groupBy(
          Function<? super T, ? extends K> keySelector,
          Function<? super T, ? extends E> elementSelector,
          @Nullable EqualityComparer<? super K> comparer) {
    requireNonNull(keySelector, "keySelector");
    requireNonNull(elementSelector, "elementSelector");
    EqualityComparer<K> equality = DefaultEquality.or(comparer);
    return with(Plans.<T, K, E>groupBy(plan, keySelector, elementSelector, equality));
  }

  /**
   * Groups by a key and turns each group into a result. Null is a key too. Ordered, the groups come
   * by their first elements.
   *
   * @param <K> the key
   * @param <R> the result
   * @param keySelector gives the key of an element
   * @param resultSelector gives the result of a key and the elements of its group
   * @return the results
   * @throws NullPointerException if an argument is null
   * @dotnet ParallelEnumerable.GroupBy&lt;TSource, TKey, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;, Func&lt;TKey, IEnumerable&lt;TSource&gt;, TResult&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object, R extends @Nullable Object> ParallelQuery<R> groupByResult(
      Function<? super T, ? extends K> keySelector,
      BiFunction<? super K, ? super List<T>, ? extends R> resultSelector) {
    return groupByResult(keySelector, Function.<T>identity(), resultSelector, null);
  }

  /**
   * Groups by a key and turns each group into a result. Null is a key too. Ordered, the groups come
   * by their first elements.
   *
   * @param <K> the key
   * @param <R> the result
   * @param keySelector gives the key of an element
   * @param resultSelector gives the result of a key and the elements of its group
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return the results
   * @throws NullPointerException if {@code keySelector} or {@code resultSelector} is null
   * @dotnet ParallelEnumerable.GroupBy&lt;TSource, TKey, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;, Func&lt;TKey, IEnumerable&lt;TSource&gt;, TResult&gt;,
   *     IEqualityComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object, R extends @Nullable Object> ParallelQuery<R> groupByResult(
      Function<? super T, ? extends K> keySelector,
      BiFunction<? super K, ? super List<T>, ? extends R> resultSelector,
      @Nullable EqualityComparer<? super K> comparer) {
    return groupByResult(keySelector, Function.<T>identity(), resultSelector, comparer);
  }

  /**
   * Groups by a key and turns each group into a result. Null is a key too. Ordered, the groups come
   * by their first elements.
   *
   * @param <K> the key
   * @param <E> what is kept of an element
   * @param <R> the result
   * @param keySelector gives the key of an element
   * @param elementSelector gives what is kept of an element
   * @param resultSelector gives the result of a key and the elements of its group
   * @return the results
   * @throws NullPointerException if an argument is null
   * @dotnet ParallelEnumerable.GroupBy&lt;TSource, TKey, TElement,
   *     TResult&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource, TKey&gt;, Func&lt;TSource,
   *     TElement&gt;, Func&lt;TKey, IEnumerable&lt;TElement&gt;, TResult&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object, E extends @Nullable Object, R extends @Nullable Object>
      ParallelQuery<R> groupByResult(
          Function<? super T, ? extends K> keySelector,
          Function<? super T, ? extends E> elementSelector,
          BiFunction<? super K, ? super List<E>, ? extends R> resultSelector) {
    return groupByResult(keySelector, elementSelector, resultSelector, null);
  }

  /**
   * Groups by a key and turns each group into a result. Null is a key too. Ordered, the groups come
   * by their first elements.
   *
   * @param <K> the key
   * @param <E> what is kept of an element
   * @param <R> the result
   * @param keySelector gives the key of an element
   * @param elementSelector gives what is kept of an element
   * @param resultSelector gives the result of a key and the elements of its group
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return the results
   * @throws NullPointerException if {@code keySelector}, {@code elementSelector} or {@code
   *     resultSelector} is null
   * @dotnet ParallelEnumerable.GroupBy&lt;TSource, TKey, TElement,
   *     TResult&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource, TKey&gt;, Func&lt;TSource,
   *     TElement&gt;, Func&lt;TKey, IEnumerable&lt;TElement&gt;, TResult&gt;,
   *     IEqualityComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object, E extends @Nullable Object, R extends @Nullable Object>
      ParallelQuery<R> groupByResult(
          Function<? super T, ? extends K> keySelector,
          Function<? super T, ? extends E> elementSelector,
          BiFunction<? super K, ? super List<E>, ? extends R> resultSelector,
          @Nullable EqualityComparer<? super K> comparer) {
    requireNonNull(resultSelector, "resultSelector");
    ParallelQuery<Grouping<K, E>> groups = groupBy(keySelector, elementSelector, comparer);
    return groups.select(group -> resultSelector.apply(group.key(), group.toList()));
  }

  /**
   * Runs an action for each element, on the workers and in no order.
   *
   * @param action is run for each element
   * @throws NullPointerException if {@code action} is null
   * @dotnet ParallelEnumerable.ForAll&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Action&lt;TSource&gt;)
   * @since 1.0
   */
  public void forAll(Consumer<? super T> action) {
    requireNonNull(action, "action");
    Results.forAll(this, action);
  }

  /**
   * Returns the elements in an array.
   *
   * @return a new array
   * @dotnet ParallelEnumerable.ToArray&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public @Nullable Object[] toArray() {
    return Results.toArray(this);
  }

  /**
   * Returns the elements in an array.
   *
   * @param <A> the type of the array
   * @param generator makes the array of a given length
   * @return the array
   * @throws ArrayStoreException if an element is not of that type
   * @throws NullPointerException if {@code generator} is null
   * @dotnet ParallelEnumerable.ToArray&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public <A extends @Nullable Object> A[] toArray(IntFunction<A[]> generator) {
    requireNonNull(generator, "generator");
    @Nullable Object[] all = Results.toArray(this);
    A[] array = generator.apply(all.length);
    System.arraycopy(all, 0, array, 0, all.length);
    return array;
  }

  /**
   * Returns the elements in a list.
   *
   * @return a new list, which is the caller's
   * @dotnet ParallelEnumerable.ToList&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public List<T> toList() {
    return Results.toList(this);
  }

  /**
   * Puts the elements into the containers of a collector, one or several for each worker, and
   * combines them; in order if this query is ordered and the collector not {@link
   * Collector.Characteristics#UNORDERED}.
   *
   * <p>The collector's combiner and finisher run on the calling thread.
   *
   * @param <A> the accumulation
   * @param <R> the result
   * @param collector what gathers the elements
   * @return what the collector's finisher gives
   * @throws NullPointerException if {@code collector} is null
   * @dotnet none
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> R collect(
      Collector<? super T, A, R> collector) {
    requireNonNull(collector, "collector");
    return Results.collect(this, collector);
  }

  /**
   * Returns the elements by their keys, which must differ and not be null. The selectors run on the
   * calling thread.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @return a new map
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ToDictionary&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public <K> Map<K, T> toDictionary(Function<? super T, ? extends K> keySelector) {
    return toDictionary(keySelector, Function.identity(), null);
  }

  /**
   * Returns the elements by their keys, which must differ and not be null. The selectors run on the
   * calling thread.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return a new map
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ToDictionary&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;, IEqualityComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <K> Map<K, T> toDictionary(
      Function<? super T, ? extends K> keySelector,
      @Nullable EqualityComparer<? super K> comparer) {
    return toDictionary(keySelector, Function.identity(), comparer);
  }

  /**
   * Returns the elements by their keys, which must differ and not be null. The selectors run on the
   * calling thread.
   *
   * @param <K> the key
   * @param <E> what is kept of an element
   * @param keySelector gives the key of an element
   * @param elementSelector gives what is kept of an element
   * @return a new map
   * @throws NullPointerException if an argument is null
   * @dotnet ParallelEnumerable.ToDictionary&lt;TSource, TKey,
   *     TElement&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource, TKey&gt;, Func&lt;TSource,
   *     TElement&gt;)
   * @since 1.0
   */
  public <K, E extends @Nullable Object> Map<K, E> toDictionary(
      Function<? super T, ? extends K> keySelector,
      Function<? super T, ? extends E> elementSelector) {
    return toDictionary(keySelector, elementSelector, null);
  }

  /**
   * Returns the elements by their keys, which must differ and not be null. The selectors run on the
   * calling thread.
   *
   * @param <K> the key
   * @param <E> what is kept of an element
   * @param keySelector gives the key of an element
   * @param elementSelector gives what is kept of an element
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return a new map
   * @throws NullPointerException if {@code keySelector} or {@code elementSelector} is null
   * @dotnet ParallelEnumerable.ToDictionary&lt;TSource, TKey,
   *     TElement&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource, TKey&gt;, Func&lt;TSource,
   *     TElement&gt;, IEqualityComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <K, E extends @Nullable Object> Map<K, E> toDictionary(
      Function<? super T, ? extends K> keySelector,
      Function<? super T, ? extends E> elementSelector,
      @Nullable EqualityComparer<? super K> comparer) {
    requireNonNull(keySelector, "keySelector");
    requireNonNull(elementSelector, "elementSelector");
    return Results.toDictionary(
        this,
        keySelector,
        elementSelector,
        comparer == null ? new HashMap<>() : new ComparerMap<>(comparer));
  }

  /**
   * Returns the elements in groups by their keys. Null is a key too, whose group comes last.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @return the groups
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ToLookup&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object> Lookup<K, T> toLookup(
      Function<? super T, ? extends K> keySelector) {
    return toLookup(keySelector, Function.identity(), null);
  }

  /**
   * Returns the elements in groups by their keys. Null is a key too, whose group comes last.
   *
   * @param <K> the key
   * @param keySelector gives the key of an element
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return the groups
   * @throws NullPointerException if {@code keySelector} is null
   * @dotnet ParallelEnumerable.ToLookup&lt;TSource, TKey&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TKey&gt;, IEqualityComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object> Lookup<K, T> toLookup(
      Function<? super T, ? extends K> keySelector,
      @Nullable EqualityComparer<? super K> comparer) {
    return toLookup(keySelector, Function.identity(), comparer);
  }

  /**
   * Returns the elements in groups by their keys. Null is a key too, whose group comes last.
   *
   * @param <K> the key
   * @param <E> what is kept of an element
   * @param keySelector gives the key of an element
   * @param elementSelector gives what is kept of an element
   * @return the groups
   * @throws NullPointerException if an argument is null
   * @dotnet ParallelEnumerable.ToLookup&lt;TSource, TKey,
   *     TElement&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource, TKey&gt;, Func&lt;TSource,
   *     TElement&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object, E extends @Nullable Object> Lookup<K, E> toLookup(
      Function<? super T, ? extends K> keySelector,
      Function<? super T, ? extends E> elementSelector) {
    return toLookup(keySelector, elementSelector, null);
  }

  /**
   * Returns the elements in groups by their keys. Null is a key too, whose group comes last.
   *
   * @param <K> the key
   * @param <E> what is kept of an element
   * @param keySelector gives the key of an element
   * @param elementSelector gives what is kept of an element
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return the groups
   * @throws NullPointerException if {@code keySelector} or {@code elementSelector} is null
   * @dotnet ParallelEnumerable.ToLookup&lt;TSource, TKey,
   *     TElement&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource, TKey&gt;, Func&lt;TSource,
   *     TElement&gt;, IEqualityComparer&lt;TKey&gt;)
   * @since 1.0
   */
  public <K extends @Nullable Object, E extends @Nullable Object> Lookup<K, E> toLookup(
      Function<? super T, ? extends K> keySelector,
      Function<? super T, ? extends E> elementSelector,
      @Nullable EqualityComparer<? super K> comparer) {
    requireNonNull(keySelector, "keySelector");
    requireNonNull(elementSelector, "elementSelector");
    EqualityComparer<K> equality = DefaultEquality.or(comparer);
    return Results.toLookup(this, keySelector, elementSelector, equality);
  }

  /**
   * Combines all elements, of which each worker begins with its first.
   *
   * @param func combines two; associative, and commutative unless this query is ordered
   * @return the combination
   * @throws IllegalStateException if there is no element
   * @throws NullPointerException if {@code func} is null
   * @dotnet ParallelEnumerable.Aggregate&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TSource, TSource&gt;)
   * @since 1.0
   */
  public T aggregate(BinaryOperator<T> func) {
    requireNonNull(func, "func");
    return Results.aggregate(this, func);
  }

  /**
   * Accumulates all elements one after another, on the calling thread; in order if this query is
   * ordered.
   *
   * @param <A> the accumulation
   * @param seed where the accumulation begins
   * @param func adds an element
   * @return the accumulation
   * @throws NullPointerException if {@code func} is null
   * @dotnet ParallelEnumerable.Aggregate&lt;TSource, TAccumulate&gt;(ParallelQuery&lt;TSource&gt;,
   *     TAccumulate, Func&lt;TAccumulate, TSource, TAccumulate&gt;)
   * @since 1.0
   */
  public <A extends @Nullable Object> A aggregateFrom(
      A seed, BiFunction<? super A, ? super T, ? extends A> func) {
    requireNonNull(func, "func");
    return Results.accumulate(this, seed, func);
  }

  /**
   * Accumulates all elements one after another, on the calling thread; in order if this query is
   * ordered.
   *
   * @param <A> the accumulation
   * @param <R> the result
   * @param seed where the accumulation begins
   * @param func adds an element
   * @param resultSelector gives the result of the accumulation
   * @return the result of the accumulation
   * @throws NullPointerException if {@code func} or {@code resultSelector} is null
   * @dotnet ParallelEnumerable.Aggregate&lt;TSource, TAccumulate,
   *     TResult&gt;(ParallelQuery&lt;TSource&gt;, TAccumulate, Func&lt;TAccumulate, TSource,
   *     TAccumulate&gt;, Func&lt;TAccumulate, TResult&gt;)
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> R aggregateFrom(
      A seed,
      BiFunction<? super A, ? super T, ? extends A> func,
      Function<? super A, ? extends R> resultSelector) {
    requireNonNull(func, "func");
    requireNonNull(resultSelector, "resultSelector");
    A all = Results.accumulate(this, seed, func);
    return Failures.wrapping(() -> resultSelector.apply(all));
  }

  /**
   * Accumulates the elements of each part from the same seed, and combines the accumulations.
   *
   * <p>The seed counts once for each part; into which parts the elements fall is the query's
   * choice. Unless the query is ordered, they fall into them in any order.
   *
   * @param <A> the accumulation
   * @param <R> the result
   * @param seed where the accumulation begins
   * @param updateAccumulatorFunc adds an element
   * @param combineAccumulatorsFunc combines two accumulations
   * @param resultSelector gives the result of the combination
   * @return the result of the combination
   * @throws NullPointerException if {@code updateAccumulatorFunc}, {@code combineAccumulatorsFunc}
   *     or {@code resultSelector} is null
   * @dotnet ParallelEnumerable.Aggregate&lt;TSource, TAccumulate,
   *     TResult&gt;(ParallelQuery&lt;TSource&gt;, TAccumulate, Func&lt;TAccumulate, TSource,
   *     TAccumulate&gt;, Func&lt;TAccumulate, TAccumulate, TAccumulate&gt;, Func&lt;TAccumulate,
   *     TResult&gt;)
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> R aggregateFrom(
      A seed,
      BiFunction<? super A, ? super T, ? extends A> updateAccumulatorFunc,
      BinaryOperator<A> combineAccumulatorsFunc,
      Function<? super A, ? extends R> resultSelector) {
    requireNonNull(updateAccumulatorFunc, "updateAccumulatorFunc");
    requireNonNull(combineAccumulatorsFunc, "combineAccumulatorsFunc");
    requireNonNull(resultSelector, "resultSelector");
    return aggregateWith(
        () -> seed, updateAccumulatorFunc, combineAccumulatorsFunc, resultSelector);
  }

  /**
   * Accumulates the elements of each part from a seed of its own, and combines the accumulations.
   *
   * <p>Into which parts the elements fall is the query's choice; unless it is ordered, in any
   * order.
   *
   * @param <A> the accumulation
   * @param <R> the result
   * @param seedFactory gives a seed, for each part, or once if there is no element
   * @param updateAccumulatorFunc adds an element
   * @param combineAccumulatorsFunc combines two accumulations
   * @param resultSelector gives the result of the combination
   * @return the result of the combination
   * @throws NullPointerException if an argument is null
   * @dotnet ParallelEnumerable.Aggregate&lt;TSource, TAccumulate,
   *     TResult&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TAccumulate&gt;, Func&lt;TAccumulate,
   *     TSource, TAccumulate&gt;, Func&lt;TAccumulate, TAccumulate, TAccumulate&gt;,
   *     Func&lt;TAccumulate, TResult&gt;)
   * @since 1.0
   */
  public <A extends @Nullable Object, R extends @Nullable Object> R aggregateWith(
      Supplier<? extends A> seedFactory,
      BiFunction<? super A, ? super T, ? extends A> updateAccumulatorFunc,
      BinaryOperator<A> combineAccumulatorsFunc,
      Function<? super A, ? extends R> resultSelector) {
    requireNonNull(seedFactory, "seedFactory");
    requireNonNull(updateAccumulatorFunc, "updateAccumulatorFunc");
    requireNonNull(combineAccumulatorsFunc, "combineAccumulatorsFunc");
    requireNonNull(resultSelector, "resultSelector");
    return Results.aggregate(
        this, seedFactory, updateAccumulatorFunc, combineAccumulatorsFunc, resultSelector);
  }

  /**
   * Adds up a number of each element; one that does not fit an {@code int} fails the query with an
   * {@link ArithmeticException}.
   *
   * @param selector gives the number
   * @return the sum; zero of nothing
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Sum&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     int&gt;)
   * @since 1.0
   */
  public int sumInt(ToIntFunction<? super T> selector) {
    return selectToInt(selector).sum();
  }

  /**
   * Adds up a number of each element; one that does not fit a {@code long} fails the query with an
   * {@link ArithmeticException}.
   *
   * @param selector gives the number
   * @return the sum; zero of nothing
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Sum&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     long&gt;)
   * @since 1.0
   */
  public long sumLong(ToLongFunction<? super T> selector) {
    return selectToLong(selector).sum();
  }

  /**
   * Adds up a number of each element.
   *
   * @param selector gives the number
   * @return the sum; zero of nothing
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Sum&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     double&gt;)
   * @since 1.0
   */
  public double sumDouble(ToDoubleFunction<? super T> selector) {
    return selectToDouble(selector).sum();
  }

  /**
   * Adds up a number of each element.
   *
   * @param selector gives the number
   * @return the sum; zero of nothing
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Sum&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     decimal&gt;)
   * @since 1.0
   */
  public BigDecimal sumBigDecimal(Function<? super T, ? extends BigDecimal> selector) {
    requireNonNull(selector, "selector");
    return Results.sum(this, selector);
  }

  /**
   * Averages a number of each element.
   *
   * @param selector gives the number
   * @return the average
   * @throws IllegalStateException if there is no element
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Average&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, int&gt;)
   * @since 1.0
   */
  public double averageInt(ToIntFunction<? super T> selector) {
    return selectToInt(selector).average();
  }

  /**
   * Averages a number of each element.
   *
   * @param selector gives the number
   * @return the average
   * @throws IllegalStateException if there is no element
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Average&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, long&gt;)
   * @since 1.0
   */
  public double averageLong(ToLongFunction<? super T> selector) {
    return selectToLong(selector).average();
  }

  /**
   * Averages a number of each element.
   *
   * @param selector gives the number
   * @return the average
   * @throws IllegalStateException if there is no element
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Average&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, double&gt;)
   * @since 1.0
   */
  public double averageDouble(ToDoubleFunction<? super T> selector) {
    return selectToDouble(selector).average();
  }

  /**
   * Averages a number of each element.
   *
   * @param selector gives the number
   * @return the average, to 34 digits
   * @throws IllegalStateException if there is no element
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Average&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, decimal&gt;)
   * @since 1.0
   */
  public BigDecimal averageBigDecimal(Function<? super T, ? extends BigDecimal> selector) {
    requireNonNull(selector, "selector");
    return Results.average(this, selector);
  }

  /**
   * Finds the largest element by their natural order. Null is no element here.
   *
   * @return the largest; null of nothing
   * @dotnet ParallelEnumerable.Max&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public @Nullable T max() {
    return Results.extreme(this, 1);
  }

  /**
   * Finds the largest result by their natural order. Null is no result here.
   *
   * @param <R> the result
   * @param selector gives the result of an element
   * @return the largest; null of nothing
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Max&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TResult&gt;)
   * @since 1.0
   */
  public <R extends @Nullable Comparable<? super R>> @Nullable R max(
      Function<? super T, ? extends R> selector) {
    requireNonNull(selector, "selector");
    return Results.extreme(this.<R>select(selector), 1);
  }

  /**
   * Finds the largest of a number of each element.
   *
   * @param selector gives the number
   * @return the largest
   * @throws IllegalStateException if there is no element
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Max&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     int&gt;)
   * @since 1.0
   */
  public int maxInt(ToIntFunction<? super T> selector) {
    return selectToInt(selector).max();
  }

  /**
   * Finds the largest of a number of each element.
   *
   * @param selector gives the number
   * @return the largest
   * @throws IllegalStateException if there is no element
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Max&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     long&gt;)
   * @since 1.0
   */
  public long maxLong(ToLongFunction<? super T> selector) {
    return selectToLong(selector).max();
  }

  /**
   * Finds the largest of a number of each element; NaN is smaller than any other.
   *
   * @param selector gives the number
   * @return the largest
   * @throws IllegalStateException if there is no element
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Max&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     double&gt;)
   * @since 1.0
   */
  public double maxDouble(ToDoubleFunction<? super T> selector) {
    return selectToDouble(selector).max();
  }

  /**
   * Finds the smallest element by their natural order. Null is no element here.
   *
   * @return the smallest; null of nothing
   * @dotnet ParallelEnumerable.Min&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public @Nullable T min() {
    return Results.extreme(this, -1);
  }

  /**
   * Finds the smallest result by their natural order. Null is no result here.
   *
   * @param <R> the result
   * @param selector gives the result of an element
   * @return the smallest; null of nothing
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Min&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TResult&gt;)
   * @since 1.0
   */
  public <R extends @Nullable Comparable<? super R>> @Nullable R min(
      Function<? super T, ? extends R> selector) {
    requireNonNull(selector, "selector");
    return Results.extreme(this.<R>select(selector), -1);
  }

  /**
   * Finds the smallest of a number of each element.
   *
   * @param selector gives the number
   * @return the smallest
   * @throws IllegalStateException if there is no element
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Min&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     int&gt;)
   * @since 1.0
   */
  public int minInt(ToIntFunction<? super T> selector) {
    return selectToInt(selector).min();
  }

  /**
   * Finds the smallest of a number of each element.
   *
   * @param selector gives the number
   * @return the smallest
   * @throws IllegalStateException if there is no element
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Min&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     long&gt;)
   * @since 1.0
   */
  public long minLong(ToLongFunction<? super T> selector) {
    return selectToLong(selector).min();
  }

  /**
   * Finds the smallest of a number of each element; NaN is smaller than any other.
   *
   * @param selector gives the number
   * @return the smallest
   * @throws IllegalStateException if there is no element
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Min&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     double&gt;)
   * @since 1.0
   */
  public double minDouble(ToDoubleFunction<? super T> selector) {
    return selectToDouble(selector).min();
  }

  /**
   * Counts the elements; more than an {@code int} holds fail the query with an {@link
   * ArithmeticException}.
   *
   * @return their number
   * @dotnet ParallelEnumerable.Count&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public int count() {
    return Results.toInt(longCount());
  }

  /**
   * Counts the elements that fit; more than an {@code int} holds fail the query with an {@link
   * ArithmeticException}.
   *
   * @param predicate tells of an element whether it fits
   * @return their number
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.Count&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public int count(Predicate<? super T> predicate) {
    return Results.toInt(longCount(predicate));
  }

  /**
   * Counts the elements.
   *
   * @return their number
   * @dotnet ParallelEnumerable.LongCount&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public long longCount() {
    return Results.count(this);
  }

  /**
   * Counts the elements that fit.
   *
   * @param predicate tells of an element whether it fits
   * @return their number
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.LongCount&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, bool&gt;)
   * @since 1.0
   */
  public long longCount(Predicate<? super T> predicate) {
    return Results.count(where(predicate));
  }

  /**
   * Tells whether there is an element; stops at the first.
   *
   * @return whether there is one
   * @dotnet ParallelEnumerable.Any&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public boolean any() {
    return Results.isFound(this, element -> true);
  }

  /**
   * Tells whether an element fits; stops at the first that does.
   *
   * @param predicate tells of an element whether it fits
   * @return whether one does
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.Any&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public boolean any(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return Results.isFound(this, predicate);
  }

  /**
   * Tells whether all elements fit; stops at the first that does not.
   *
   * @param predicate tells of an element whether it fits
   * @return whether all do; true of nothing
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.All&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public boolean all(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return !Results.<T>isFound(this, element -> !predicate.test(element));
  }

  /**
   * Tells whether an element equals a value; stops at the first that does.
   *
   * @param value the element to look for
   * @return whether one does
   * @dotnet ParallelEnumerable.Contains&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, TSource)
   * @since 1.0
   */
  public boolean contains(T value) {
    return contains(value, null);
  }

  /**
   * Tells whether an element equals a value; stops at the first that does.
   *
   * @param value the element to look for
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return whether one does
   * @dotnet ParallelEnumerable.Contains&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, TSource,
   *     IEqualityComparer&lt;TSource&gt;)
   * @since 1.0
   */
  public boolean contains(T value, @Nullable EqualityComparer<? super T> comparer) {
    EqualityComparer<T> equality = DefaultEquality.or(comparer);
    return Results.<T>isFound(this, element -> equality.equals(element, value));
  }

  /**
   * Tells whether another query has equal elements in the same order.
   *
   * <p>The two sides run as queries of their own, each with its own token.
   *
   * @param second the other side
   * @return whether it has
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code second} is null
   * @dotnet ParallelEnumerable.SequenceEqual&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public boolean sequenceEqual(ParallelQuery<? extends T> second) {
    return sequenceEqual(second, null);
  }

  /**
   * Tells whether another query has equal elements in the same order.
   *
   * <p>The two sides run as queries of their own, each with its own token.
   *
   * @param second the other side
   * @param comparer tells which are equal; null for {@code equals} and {@code hashCode}
   * @return whether it has
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code second} is null
   * @dotnet ParallelEnumerable.SequenceEqual&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     ParallelQuery&lt;TSource&gt;, IEqualityComparer&lt;TSource&gt;)
   * @since 1.0
   */
  public boolean sequenceEqual(
      ParallelQuery<? extends T> second, @Nullable EqualityComparer<? super T> comparer) {
    requireNonNull(second, "second");
    settings.merge(second.settings);
    return Results.isSequenceEqual(this, second, DefaultEquality.or(comparer));
  }

  /**
   * Returns the first element.
   *
   * @return the element
   * @throws IllegalStateException if there is no element
   * @dotnet ParallelEnumerable.First&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public T first() {
    return Results.required(Results.first(this));
  }

  /**
   * Returns the first element that fits.
   *
   * @param predicate tells of an element whether it fits
   * @return the element
   * @throws IllegalStateException if no element fits
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.First&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public T first(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return Results.required(Results.first(this, predicate));
  }

  /**
   * Returns the first element.
   *
   * @return the element; null if there is none
   * @dotnet ParallelEnumerable.FirstOrDefault&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public @Nullable T firstOrDefault() {
    return Results.orNull(Results.first(this));
  }

  /**
   * Returns the first element that fits.
   *
   * @param predicate tells of an element whether it fits
   * @return the element; null if there is none
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.FirstOrDefault&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, bool&gt;)
   * @since 1.0
   */
  public @Nullable T firstOrDefault(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return Results.orNull(Results.first(this, predicate));
  }

  /**
   * Returns the last element.
   *
   * @return the element
   * @throws IllegalStateException if there is no element
   * @dotnet ParallelEnumerable.Last&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public T last() {
    return Results.required(Results.last(this));
  }

  /**
   * Returns the last element that fits.
   *
   * @param predicate tells of an element whether it fits
   * @return the element
   * @throws IllegalStateException if no element fits
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.Last&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public T last(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return Results.required(Results.last(this, predicate));
  }

  /**
   * Returns the last element.
   *
   * @return the element; null if there is none
   * @dotnet ParallelEnumerable.LastOrDefault&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public @Nullable T lastOrDefault() {
    return Results.orNull(Results.last(this));
  }

  /**
   * Returns the last element that fits.
   *
   * @param predicate tells of an element whether it fits
   * @return the element; null if there is none
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.LastOrDefault&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, bool&gt;)
   * @since 1.0
   */
  public @Nullable T lastOrDefault(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return Results.orNull(Results.last(this, predicate));
  }

  /**
   * Returns the only element.
   *
   * @return the element
   * @throws IllegalStateException if there is not exactly one element
   * @dotnet ParallelEnumerable.Single&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public T single() {
    return Results.required(Results.single(this));
  }

  /**
   * Returns the only element that fits.
   *
   * @param predicate tells of an element whether it fits
   * @return the element
   * @throws IllegalStateException if not exactly one element fits
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.Single&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public T single(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return Results.required(Results.single(this, predicate));
  }

  /**
   * Returns the only element.
   *
   * @return the element; null if there is none
   * @throws IllegalStateException if there are two
   * @dotnet ParallelEnumerable.SingleOrDefault&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public @Nullable T singleOrDefault() {
    return Results.orNull(Results.single(this));
  }

  /**
   * Returns the only element that fits.
   *
   * @param predicate tells of an element whether it fits
   * @return the element; null if there is none
   * @throws IllegalStateException if two fit
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.SingleOrDefault&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, bool&gt;)
   * @since 1.0
   */
  public @Nullable T singleOrDefault(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return Results.orNull(Results.single(this, predicate));
  }

  /**
   * Returns the element at a place.
   *
   * @param index the place of the element, from 0
   * @return the element
   * @throws IllegalArgumentException if there is no such place
   * @dotnet ParallelEnumerable.ElementAt&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, int)
   * @since 1.0
   */
  public T elementAt(long index) {
    @Nullable Object[] found = Results.elementAt(this, index);
    if (found.length == 0) {
      throw new IllegalArgumentException("index is not that of an element: " + index);
    }
    return Results.required(found);
  }

  /**
   * Returns the element at a place.
   *
   * @param index the place of the element, from 0
   * @return the element; null if there is no such place
   * @dotnet ParallelEnumerable.ElementAtOrDefault&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, int)
   * @since 1.0
   */
  public @Nullable T elementAtOrDefault(long index) {
    return Results.orNull(Results.elementAt(this, index));
  }

  /**
   * Returns the elements for operators that are not parallel.
   *
   * @return the source itself if this is a bare one, an array as a list; else this query
   * @dotnet ParallelEnumerable.AsEnumerable&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public Iterable<T> asEnumerable() {
    return isBare() ? ((SourcePlan<T>) plan).elements() : this;
  }

  /**
   * Returns the elements for operators that are not parallel.
   *
   * @return the source itself if this is a bare one, an array as a list; else this query
   * @dotnet ParallelEnumerable.AsSequential&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public Iterable<T> asSequential() {
    return asEnumerable();
  }

  /**
   * Returns the elements as a sequential stream, which runs the query when it is.
   *
   * @return a stream; closing it closes the query
   * @dotnet none
   * @since 1.0
   */
  public Stream<T> stream() {
    CloseableIterator<T> iterator = iterator();
    int order = plan.isOrdered() ? Spliterator.ORDERED : 0;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, order), false)
        .onClose(iterator::close);
  }

  /**
   * Returns an iterator, which runs the query when it is first asked; its workers run ahead of it,
   * as the merge options say.
   *
   * @return an iterator for one thread at a time
   * @dotnet ParallelQuery&lt;TSource&gt;.GetEnumerator()
   * @since 1.0
   */
  @Override
  public CloseableIterator<T> iterator() {
    return plan instanceof SourcePlan<T> source && settings.isUntouched()
        ? new SourceIterator<>(source.elements())
        : new QueryIterator<>(plan, settings);
  }

  /**
   * Runs an action for each element on the calling thread, in order if this query is ordered. What
   * the action throws is thrown as it is, and the query closed.
   *
   * @param action is run for each element
   * @throws NullPointerException if {@code action} is null
   * @dotnet none
   * @since 1.0
   */
  @Override
  public void forEach(Consumer<? super T> action) {
    requireNonNull(action, "action");
    try (CloseableIterator<T> iterator = iterator()) {
      iterator.forEachRemaining(action);
    }
  }

  /** Whether this is a source and nothing else. */
  boolean isBare() {
    return plan instanceof SourcePlan && !plan.isOrdered() && settings.isUntouched();
  }

  private <R extends @Nullable Object> ParallelQuery<R> with(Plan<R> next) {
    return new ParallelQuery<>(next, settings);
  }

  private OrderedParallelQuery<T> sortedBy(SortKey<T> key) {
    return new OrderedParallelQuery<>(new SortPlan<>(plan, List.of(key)), settings);
  }

  @SuppressWarnings("unchecked") // its elements are only read
  private <R extends @Nullable Object> Plan<R> widened() {
    return (Plan<R>) plan;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // where there is no element there is null
  private T none() {
    return (T) null;
  }
}
