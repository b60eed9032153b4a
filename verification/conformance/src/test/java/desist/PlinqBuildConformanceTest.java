// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.PlinqSteps.groups;
import static desist.PlinqSteps.ordered;
import static desist.PlinqSteps.outcome;
import static desist.PlinqSteps.query;
import static desist.TaskSteps.canceledSource;
import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.EqualityComparer;
import desist.linq.ParallelQuery;
import java.util.ArrayList;
import java.util.List;

/** How a query is built: plinq/build. */
final class PlinqBuildConformanceTest extends Conformance {
  @Probe("plinq/build/null-delegate")
  void nullDelegate(Out o) {
    ParallelQuery<Integer> query = query(3);
    o.attempt("Where", () -> query.where(null));
    o.attempt("Select", () -> query.select(null));
    o.attempt("SelectMany", () -> query.selectMany(null));
    o.attempt("OrderBy", () -> query.<Integer>orderBy(null));
    o.attempt("GroupBy", () -> query.groupBy(null));
    o.attempt("Zip second", () -> query.zip(null, (a, b) -> a));
    o.attempt("Zip selector", () -> query.zip(asParallel(query.asSequential()), null));
    o.attempt("ForAll", () -> query.forAll(null));
    o.attempt("Aggregate", () -> query.aggregate(null));
    o.attempt("First", () -> query.first(null));
    o.attempt("ToDictionary", () -> query.toDictionary(null));
    o.attempt("TakeWhile", () -> query.takeWhile(null));
  }

  @Probe("plinq/build/null-comparer-is-default")
  void nullComparerIsDefault(Out o) {
    EqualityComparer<Integer> none = null;
    o.say("distinct", ordered(4).select(x -> x / 2).distinct(none).toArray());
    o.say("contains", ordered(4).contains(3, none));
    o.say("orderBy", ordered(4).orderBy(x -> -x, null).toArray());
    o.say("groupBy", groups(ordered(4).groupBy(x -> x / 2, none).toList()));
  }

  @Probe("plinq/build/as-sequential-unwraps")
  void asSequentialUnwraps(Out o) {
    List<Integer> list = new ArrayList<>(List.of(1));
    o.say("wrapper gives the source back", asParallel(list).asSequential() == list);
    o.say("as-enumerable too", asParallel(list).asEnumerable() == list);
    ParallelQuery<Integer> query = asParallel(list).withDegreeOfParallelism(2);
    o.say("a query stays itself", query.asSequential() == query);
  }

  @Probe("plinq/build/as-parallel-of-a-query")
  void asParallelOfAQuery(Out o) {
    Iterable<Integer> inner = ordered(8, 2).select(x -> x);
    ParallelQuery<Integer> typed = query(3, 2);
    o.say("the same object", asParallel(inner) == inner);
    o.say("typed as a query", asParallel(typed) == typed);
    o.say("sum, other degree", asParallel(inner).withDegreeOfParallelism(3).sumInt(x -> x));
    o.say(
        "as ordered",
        asParallel(inner).asOrdered().withDegreeOfParallelism(3).select(x -> x).toArray());
    CancellationToken token = canceledSource().token();
    o.say(
        "outer cancelled",
        outcome(token, () -> asParallel(inner).withCancellation(token).select(x -> x).toArray()));
  }
}
