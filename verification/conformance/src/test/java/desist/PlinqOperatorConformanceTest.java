// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.PlinqSteps.groups;
import static desist.PlinqSteps.ordered;
import static desist.PlinqSteps.query;
import static desist.linq.EqualityComparer.comparing;
import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.EqualityComparer;
import desist.linq.Lookup;
import desist.linq.ParallelQuery;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** What operators do beyond their plain results: plinq/op. */
final class PlinqOperatorConformanceTest extends Conformance {
  private static final String NUMBERS = "0042-numbers-of-queries.md";

  private static final EqualityComparer<String> IGNORING_CASE =
      comparing(s -> s.toLowerCase(Locale.ROOT));

  @Probe("plinq/op/short-circuit-on-endless")
  void shortCircuitOnEndless(Out o) {
    o.say("any", endless().any(x -> x == 50));
    o.say("all", endless().all(x -> x < 50));
    o.say("contains", endless().contains(50));
    o.say("element-at", endless().elementAt(50));
    o.say("take", endless().take(3).count());
    o.say("take-while", endless().takeWhile(x -> x < 10).count());
  }

  private static ParallelQuery<Integer> endless() {
    return asParallel(Spy.endless()).withDegreeOfParallelism(2);
  }

  @Probe("plinq/op/first-last-single-predicates")
  @Differs(
      record = NUMBERS,
      dotnet = {"first-or-default none=0", "last-or-default none=0"},
      ours = {"first-or-default none=null", "last-or-default none=null"})
  void firstLastSinglePredicates(Out o) {
    ParallelQuery<Integer> query = ordered(20);
    o.say("first", query.first(x -> x > 6));
    o.say("last", query.last(x -> x < 13));
    o.say("first-or-default none", query.firstOrDefault(x -> x > 99));
    o.say("last-or-default none", query.lastOrDefault(x -> x > 99));
    o.say("single", query.single(x -> x == 5));
    o.attempt("single two", () -> query.single(x -> x < 2));
    o.attempt("single none", () -> query.single(x -> x > 99));
    o.attempt("single-or-default two", () -> query.singleOrDefault(x -> x < 2));
  }

  @Probe("plinq/op/take-skip-while")
  void takeSkipWhile(Out o) {
    ParallelQuery<Integer> query = ordered(10);
    o.say("take-while", query.takeWhile(x -> x != 4).toArray());
    o.say("skip-while", query.skipWhile(x -> x != 4).toArray());
    o.say("take-while false at once", query.takeWhile(x -> false).toArray());
    o.say("skip-while always", query.skipWhile(x -> true).toArray());
    o.say("take-while-indexed", query.takeWhileIndexed((x, i) -> i < 3).toArray());
    o.say("skip-while-indexed", query.skipWhileIndexed((x, i) -> i < 7).toArray());
    o.say("take more than there is", query.take(99).count());
    o.say("skip more than there is", query.skip(99).count());
    o.say("skip then take", query.skip(2).take(3).toArray());
    o.say("take then skip", query.take(5).skip(3).toArray());
  }

  @Probe("plinq/op/default-if-empty")
  @Differs(record = NUMBERS, dotnet = "default=[0]", ours = "default=[null]")
  void defaultIfEmpty(Out o) {
    o.say("default", query(0).defaultIfEmpty().toArray());
    o.say("given", query(0).defaultIfEmpty(9).toArray());
    o.say("string", asParallel(new String[0]).defaultIfEmpty().toArray());
    o.say("not empty", ordered(2).defaultIfEmpty(9).toArray());
    o.say("filtered empty", query(8).where(x -> false).defaultIfEmpty(9).toArray());
  }

  @Probe("plinq/op/lookup")
  void lookup(Out o) {
    Lookup<String, Integer> lookup = ordered(9).toLookup(x -> x % 2 == 0 ? "even" : "odd");
    o.say("count", lookup.count());
    o.say("even", lookup.get("even"));
    o.say("odd", lookup.get("odd"));
    o.say("missing", lookup.get("none"));
    o.say("contains", lookup.contains("odd"));
    o.say("contains missing", lookup.contains("none"));
    o.say(
        "elements", ordered(4).toLookup(x -> x % 2 == 0 ? "even" : "odd", x -> x * 10).get("odd"));
    o.say(
        "comparer",
        asParallel(List.of("a", "A")).asOrdered().toLookup(x -> x, IGNORING_CASE).get("a"));
  }

  @Probe("plinq/op/group-order")
  void groupOrder(Out o) {
    ParallelQuery<String> query =
        asParallel(List.of("bb", "a", "cc", "d", "eee")).asOrdered().withDegreeOfParallelism(3);
    o.say("groups", groups(query.groupBy(String::length).toList()));
    o.say(
        "elements",
        groups(query.groupBy(String::length, x -> x.toUpperCase(Locale.ROOT)).toList()));
    o.say(
        "result",
        query
            .groupByResult(String::length, x -> x + "!", (k, group) -> k + "=" + group.size())
            .toArray());
    o.say(
        "comparer",
        groups(
            asParallel(List.of("x", "y", "X"))
                .asOrdered()
                .withDegreeOfParallelism(1)
                .groupBy(x -> x, IGNORING_CASE)
                .toList()));
  }

  @Probe("plinq/op/numeric")
  @Differs(
      record = NUMBERS,
      dotnet = "average float=1.5",
      ours = {})
  @Differs(record = NUMBERS, dotnet = "sum decimal=6.0", ours = "sum decimal=6")
  void numeric(Out o) {
    o.say("average int", query(4).averageInt(x -> x));
    o.say("average of longs", query(4).averageLong(x -> x));
    o.say("average decimal", query(4).averageBigDecimal(x -> new BigDecimal(x)));
    o.say("sum long", query(4).sumLong(x -> x));
    o.say("sum double", query(4).sumDouble(x -> x / 2.0));
    o.say("sum decimal", query(4).sumBigDecimal(x -> new BigDecimal(x)));
    o.say("max NaN", asParallel(new double[] {Double.NaN, 1}).withDegreeOfParallelism(1).max());
    o.say("min NaN", asParallel(new double[] {1, Double.NaN}).withDegreeOfParallelism(1).min());
    o.say("sum nullable empty", asParallel(new Integer[0]).sumInt(x -> x));
    o.say("max nullable all null", asParallel(new Integer[] {null}).max());
  }

  @Probe("plinq/op/sum-scale")
  @Differs(
      record = NUMBERS,
      dotnet = {"sum=6.0", "empty=0.0", "nullable=0.0"},
      ours = {"sum=6", "empty=0"})
  void sumScale(Out o) {
    o.say("sum", query(4).sumBigDecimal(x -> new BigDecimal(x)));
    o.say("empty", query(0).sumBigDecimal(x -> new BigDecimal(x)));
    o.say("average", query(4).averageBigDecimal(x -> new BigDecimal(x)));
  }
}
