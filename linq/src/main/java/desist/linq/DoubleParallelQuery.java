// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;
import java.util.function.DoubleToIntFunction;
import java.util.function.DoubleToLongFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A query over {@code double}s, which stay unboxed.
 *
 * <p>All that is said of {@link ParallelQuery} holds here too; {@link #boxed()} leads there.
 *
 * @dotnet ParallelQuery&lt;double&gt;
 * @since 1.0
 */
public final class DoubleParallelQuery implements Iterable<Double> {
  private static final Plan<Double> NONE =
      Plan.of(false, run -> new FeedStage<>(new DoubleArrayFeed(new double[0])));

  final Plan<Double> plan;
  final QuerySettings settings;

  DoubleParallelQuery(Plan<Double> plan, QuerySettings settings) {
    this.plan = plan;
    this.settings = settings;
  }

  /**
   * Returns these numbers in the order of the source, which every later operator keeps until {@link
   * #asUnordered()}.
   *
   * @return an ordered query
   * @throws IllegalStateException if this is not a bare source
   * @dotnet ParallelEnumerable.AsOrdered&lt;T&gt;(ParallelQuery&lt;T&gt;)
   * @since 1.0
   */
  public DoubleParallelQuery asOrdered() {
    return new DoubleParallelQuery(plan.ordered(settings), settings);
  }

  /**
   * Returns these numbers without a promise of their order.
   *
   * @return an unordered query
   * @dotnet ParallelEnumerable.AsUnordered&lt;T&gt;(ParallelQuery&lt;T&gt;)
   * @since 1.0
   */
  public DoubleParallelQuery asUnordered() {
    return with(Plan.of(false, plan::open));
  }

  /**
   * Returns this query with a token that ends it.
   *
   * @param token ends the query
   * @return the query with the token
   * @throws IllegalStateException if the query has a token already
   * @throws NullPointerException if {@code token} is null
   * @dotnet ParallelEnumerable.WithCancellation&lt;T&gt;(ParallelQuery&lt;T&gt;, CancellationToken)
   * @since 1.0
   */
  public DoubleParallelQuery withCancellation(CancellationToken token) {
    return new DoubleParallelQuery(plan, settings.withToken(requireNonNull(token, "token")));
  }

  /**
   * Returns this query with the exact number of its workers, which run at the same time.
   *
   * @param degreeOfParallelism the number of workers
   * @return the query with that degree
   * @throws IllegalArgumentException if the degree is not in 1 to 512
   * @throws IllegalStateException if the query has a degree already
   * @dotnet ParallelEnumerable.WithDegreeOfParallelism&lt;T&gt;(ParallelQuery&lt;T&gt;, int)
   * @since 1.0
   */
  public DoubleParallelQuery withDegreeOfParallelism(int degreeOfParallelism) {
    return new DoubleParallelQuery(plan, settings.withDegree(degreeOfParallelism));
  }

  /**
   * Returns this query with a mode, which makes no difference to how it runs.
   *
   * @param executionMode the mode
   * @return the query with that mode
   * @throws IllegalStateException if the query has a mode already
   * @throws NullPointerException if {@code executionMode} is null
   * @dotnet ParallelEnumerable.WithExecutionMode&lt;T&gt;(ParallelQuery&lt;T&gt;,
   *     ParallelExecutionMode)
   * @since 1.0
   */
  public DoubleParallelQuery withExecutionMode(ParallelExecutionMode executionMode) {
    return new DoubleParallelQuery(
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
  public DoubleParallelQuery withMergeOptions(ParallelMergeOptions mergeOptions) {
    return new DoubleParallelQuery(
        plan, settings.withMergeOptions(requireNonNull(mergeOptions, "mergeOptions")));
  }

  /**
   * Keeps the numbers that fit.
   *
   * @param predicate tells of a number whether it fits
   * @return those numbers
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.Where&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public DoubleParallelQuery where(DoublePredicate predicate) {
    requireNonNull(predicate, "predicate");
    return with(Plans.fused(plan, DoubleOperators.where(predicate)));
  }

  /**
   * Turns each number into another.
   *
   * @param selector gives the result of a number
   * @return the results
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Select&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TResult&gt;)
   * @since 1.0
   */
  public DoubleParallelQuery select(DoubleUnaryOperator selector) {
    requireNonNull(selector, "selector");
    return with(Plans.map(plan, DoubleOperators.select(selector)));
  }

  /**
   * Turns each number into an object.
   *
   * @param <R> the result
   * @param selector gives the object of a number
   * @return the objects
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Select&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TResult&gt;)
   * @since 1.0
   */
  public <R extends @Nullable Object> ParallelQuery<R> selectToObj(
      DoubleFunction<? extends R> selector) {
    requireNonNull(selector, "selector");
    return new ParallelQuery<>(Plans.map(plan, DoubleOperators.<R>selectToObj(selector)), settings);
  }

  /**
   * Turns each number into an {@code int}.
   *
   * @param selector gives the result of a number
   * @return the results
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Select&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TResult&gt;)
   * @since 1.0
   */
  public IntParallelQuery selectToInt(DoubleToIntFunction selector) {
    requireNonNull(selector, "selector");
    return new IntParallelQuery(Plans.map(plan, DoubleOperators.selectToInt(selector)), settings);
  }

  /**
   * Turns each number into a {@code long}.
   *
   * @param selector gives the result of a number
   * @return the results
   * @throws NullPointerException if {@code selector} is null
   * @dotnet ParallelEnumerable.Select&lt;TSource, TResult&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TResult&gt;)
   * @since 1.0
   */
  public LongParallelQuery selectToLong(DoubleToLongFunction selector) {
    requireNonNull(selector, "selector");
    return new LongParallelQuery(Plans.map(plan, DoubleOperators.selectToLong(selector)), settings);
  }

  /**
   * Returns the numbers as objects.
   *
   * @return a query that may be {@linkplain ParallelQuery#asOrdered() ordered} if this one may
   * @dotnet ParallelEnumerable.AsParallel&lt;TSource&gt;(IEnumerable&lt;TSource&gt;)
   * @since 1.0
   */
  public ParallelQuery<Double> boxed() {
    Plan<Double> boxed = DoubleOperators.boxed(plan);
    return new ParallelQuery<>(
        plan instanceof SourcePlan<Double> source ? source.opened(boxed::open) : boxed, settings);
  }

  /**
   * Keeps the first numbers.
   *
   * @param count how many elements
   * @return at most that many; none, without settings, if {@code count} is not positive
   * @dotnet ParallelEnumerable.Take&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, int)
   * @since 1.0
   */
  public DoubleParallelQuery take(long count) {
    return count <= 0
        ? new DoubleParallelQuery(NONE, QuerySettings.NONE)
        : with(DoubleOperators.byPlace(plan, numbers -> Plans.take(numbers, count)));
  }

  /**
   * Keeps the numbers before the first that does not fit.
   *
   * @param predicate tells of a number whether it fits
   * @return those numbers
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.TakeWhile&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, bool&gt;)
   * @since 1.0
   */
  public DoubleParallelQuery takeWhile(DoublePredicate predicate) {
    requireNonNull(predicate, "predicate");
    return with(
        DoubleOperators.unboxed(Plans.takeWhile(DoubleOperators.boxed(plan), predicate::test)));
  }

  /**
   * Leaves the first numbers out.
   *
   * @param count how many elements
   * @return the others; this query if {@code count} is not positive
   * @dotnet ParallelEnumerable.Skip&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, int)
   * @since 1.0
   */
  public DoubleParallelQuery skip(long count) {
    return count <= 0
        ? this
        : with(DoubleOperators.byPlace(plan, numbers -> Plans.skip(numbers, count)));
  }

  /**
   * Leaves out the numbers before the first that does not fit.
   *
   * @param predicate tells of a number whether it fits
   * @return the others
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.SkipWhile&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, bool&gt;)
   * @since 1.0
   */
  public DoubleParallelQuery skipWhile(DoublePredicate predicate) {
    requireNonNull(predicate, "predicate");
    return with(
        DoubleOperators.unboxed(Plans.skipWhile(DoubleOperators.boxed(plan), predicate::test)));
  }

  /**
   * Turns the order round.
   *
   * @return the numbers from the last to the first
   * @dotnet ParallelEnumerable.Reverse&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public DoubleParallelQuery reverse() {
    return with(DoubleOperators.reverse(plan));
  }

  /**
   * Puts the numbers of another query after these.
   *
   * @param second the other side, whose settings are merged with these
   * @return the numbers of both; ordered if either is
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code second} is null
   * @dotnet ParallelEnumerable.Concat&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public DoubleParallelQuery concat(DoubleParallelQuery second) {
    requireNonNull(second, "second");
    QuerySettings merged = settings.merge(second.settings);
    return new DoubleParallelQuery(Plans.concat(plan, second.plan), merged);
  }

  /**
   * Keeps the first of numbers that are equal.
   *
   * @return different numbers
   * @dotnet ParallelEnumerable.Distinct&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public DoubleParallelQuery distinct() {
    EqualityComparer<Double> equality = EqualityComparer.defaultComparer();
    return with(DoubleOperators.unboxed(Plans.distinct(DoubleOperators.boxed(plan), equality)));
  }

  /**
   * Sorts the numbers, ascending; NaN comes first.
   *
   * @return the sorted numbers
   * @dotnet Enumerable.Order&lt;T&gt;(IEnumerable&lt;T&gt;)
   * @since 1.0
   */
  public DoubleParallelQuery order() {
    return with(DoubleOperators.sort(plan, 0));
  }

  /**
   * Sorts the numbers, descending; NaN comes last.
   *
   * @return the sorted numbers
   * @dotnet Enumerable.OrderDescending&lt;T&gt;(IEnumerable&lt;T&gt;)
   * @since 1.0
   */
  public DoubleParallelQuery orderDescending() {
    return with(DoubleOperators.sort(plan, -1));
  }

  /**
   * Runs an action for each number, on the workers and in no order.
   *
   * @param action is run for each number
   * @throws NullPointerException if {@code action} is null
   * @dotnet ParallelEnumerable.ForAll&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Action&lt;TSource&gt;)
   * @since 1.0
   */
  public void forAll(DoubleConsumer action) {
    requireNonNull(action, "action");
    DoubleResults.forAll(this, action);
  }

  /**
   * Returns the numbers in an array.
   *
   * @return a new array
   * @dotnet ParallelEnumerable.ToArray&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public double[] toArray() {
    return DoubleResults.toArray(this);
  }

  /**
   * Combines all numbers, of which each worker begins with its first.
   *
   * @param func combines two; associative, and commutative unless this query is ordered
   * @return the combination
   * @throws IllegalStateException if there is no number
   * @throws NullPointerException if {@code func} is null
   * @dotnet ParallelEnumerable.Aggregate&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     Func&lt;TSource, TSource, TSource&gt;)
   * @since 1.0
   */
  public double aggregate(DoubleBinaryOperator func) {
    requireNonNull(func, "func");
    return DoubleResults.aggregate(this, func);
  }

  /**
   * Adds the numbers up.
   *
   * @return the sum; zero of nothing
   * @dotnet ParallelEnumerable.Sum(ParallelQuery&lt;double&gt;)
   * @since 1.0
   */
  public double sum() {
    return DoubleResults.sum(this);
  }

  /**
   * Averages the numbers.
   *
   * @return the average
   * @throws IllegalStateException if there is no number
   * @dotnet ParallelEnumerable.Average(ParallelQuery&lt;double&gt;)
   * @since 1.0
   */
  public double average() {
    return DoubleResults.average(this);
  }

  /**
   * Finds the largest number; NaN is smaller than any other.
   *
   * @return the largest
   * @throws IllegalStateException if there is no number
   * @dotnet ParallelEnumerable.Max(ParallelQuery&lt;double&gt;)
   * @since 1.0
   */
  public double max() {
    return DoubleResults.extreme(this, DoubleResults::max);
  }

  /**
   * Finds the smallest number; NaN is smaller than any other.
   *
   * @return the smallest
   * @throws IllegalStateException if there is no number
   * @dotnet ParallelEnumerable.Min(ParallelQuery&lt;double&gt;)
   * @since 1.0
   */
  public double min() {
    return DoubleResults.extreme(this, DoubleResults::min);
  }

  /**
   * Counts the numbers; more than an {@code int} holds fail the query with an {@link
   * ArithmeticException}.
   *
   * @return how many there are
   * @dotnet ParallelEnumerable.Count&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public int count() {
    return Results.toInt(longCount());
  }

  /**
   * Counts the numbers.
   *
   * @return how many there are
   * @dotnet ParallelEnumerable.LongCount&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public long longCount() {
    return DoubleResults.count(this);
  }

  /**
   * Tells whether there is a number; stops at the first.
   *
   * @return whether there is one
   * @dotnet ParallelEnumerable.Any&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public boolean any() {
    return any(number -> true);
  }

  /**
   * Tells whether a number fits; stops at the first that does.
   *
   * @param predicate tells of a number whether it fits
   * @return whether one does
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.Any&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public boolean any(DoublePredicate predicate) {
    requireNonNull(predicate, "predicate");
    return where(predicate).boxed().any();
  }

  /**
   * Tells whether all numbers fit; stops at the first that does not.
   *
   * @param predicate tells of a number whether it fits
   * @return whether all do; true of nothing
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.All&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public boolean all(DoublePredicate predicate) {
    requireNonNull(predicate, "predicate");
    return !any(number -> !predicate.test(number));
  }

  /**
   * Tells whether a number is among these; stops when it is found.
   *
   * @param value the number to look for
   * @return whether it is
   * @dotnet ParallelEnumerable.Contains&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, TSource)
   * @since 1.0
   */
  public boolean contains(double value) {
    return any(number -> Double.compare(number, value) == 0);
  }

  /**
   * Tells whether another query has the same numbers in the same order.
   *
   * @param second the other side
   * @return whether it has
   * @throws IllegalStateException if both sides have the same setting
   * @throws NullPointerException if {@code second} is null
   * @dotnet ParallelEnumerable.SequenceEqual&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;,
   *     ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public boolean sequenceEqual(DoubleParallelQuery second) {
    requireNonNull(second, "second");
    return boxed().sequenceEqual(second.boxed());
  }

  /**
   * Returns the first number.
   *
   * @return the number
   * @throws IllegalStateException if there is no number
   * @dotnet ParallelEnumerable.First&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public double first() {
    return boxed().first();
  }

  /**
   * Returns the first number that fits.
   *
   * @param predicate tells of a number whether it fits
   * @return the number
   * @throws IllegalStateException if no number fits
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.First&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public double first(DoublePredicate predicate) {
    requireNonNull(predicate, "predicate");
    return boxed().first(predicate::test);
  }

  /**
   * Returns the last number.
   *
   * @return the number
   * @throws IllegalStateException if there is no number
   * @dotnet ParallelEnumerable.Last&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public double last() {
    return boxed().last();
  }

  /**
   * Returns the last number that fits.
   *
   * @param predicate tells of a number whether it fits
   * @return the number
   * @throws IllegalStateException if no number fits
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.Last&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public double last(DoublePredicate predicate) {
    requireNonNull(predicate, "predicate");
    return boxed().last(predicate::test);
  }

  /**
   * Returns the only number.
   *
   * @return the number
   * @throws IllegalStateException if there is not exactly one number
   * @dotnet ParallelEnumerable.Single&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;)
   * @since 1.0
   */
  public double single() {
    return boxed().single();
  }

  /**
   * Returns the only number that fits.
   *
   * @param predicate tells of a number whether it fits
   * @return the number
   * @throws IllegalStateException if not exactly one number fits
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet ParallelEnumerable.Single&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, Func&lt;TSource,
   *     bool&gt;)
   * @since 1.0
   */
  public double single(DoublePredicate predicate) {
    requireNonNull(predicate, "predicate");
    return boxed().single(predicate::test);
  }

  /**
   * Returns the number at a place.
   *
   * @param index the place, from 0
   * @return the number
   * @throws IllegalArgumentException if there is no such place
   * @dotnet ParallelEnumerable.ElementAt&lt;TSource&gt;(ParallelQuery&lt;TSource&gt;, int)
   * @since 1.0
   */
  public double elementAt(long index) {
    return boxed().elementAt(index);
  }

  /**
   * Returns the numbers as a sequential stream, which runs the query when it is.
   *
   * @return a stream; closing it closes the query
   * @dotnet none
   * @since 1.0
   */
  public DoubleStream stream() {
    CloseableIterator.OfDouble iterator = iterator();
    int order = plan.isOrdered() ? Spliterator.ORDERED : 0;
    return StreamSupport.doubleStream(Spliterators.spliteratorUnknownSize(iterator, order), false)
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
  public CloseableIterator.OfDouble iterator() {
    return new DoubleIterator(boxed().iterator());
  }

  /**
   * Runs an action for each number on the calling thread, in order if this query is ordered. What
   * the action throws is thrown as it is, and the query closed.
   *
   * @param action is run for each number
   * @throws NullPointerException if {@code action} is null
   * @dotnet none
   * @since 1.0
   */
  @Override
  public void forEach(Consumer<? super Double> action) {
    requireNonNull(action, "action");
    try (CloseableIterator.OfDouble iterator = iterator()) {
      iterator.forEachRemaining(action);
    }
  }

  private DoubleParallelQuery with(Plan<Double> next) {
    return new DoubleParallelQuery(next, settings);
  }
}
