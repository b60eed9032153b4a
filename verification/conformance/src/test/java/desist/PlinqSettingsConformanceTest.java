// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.PlinqSteps.outcome;
import static desist.PlinqSteps.query;
import static desist.PlinqSteps.range;
import static desist.TaskSteps.canceledSource;
import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.ParallelExecutionMode;
import desist.linq.ParallelMergeOptions;
import desist.linq.ParallelQuery;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Token, degree, mode and merge options of a query: plinq/settings. */
final class PlinqSettingsConformanceTest extends Conformance {
  private static final ParallelExecutionMode FORCE = ParallelExecutionMode.FORCE_PARALLELISM;

  @Probe("plinq/settings/enum-values")
  void enumValues(Out o) {
    for (ParallelExecutionMode value : ParallelExecutionMode.values()) {
      o.say(Out.nameOf(value), value.ordinal());
    }
    for (ParallelMergeOptions value : ParallelMergeOptions.values()) {
      o.say(Out.nameOf(value), value.ordinal());
    }
  }

  @Probe("plinq/settings/each-once")
  void eachOnce(Out o) {
    ParallelQuery<Integer> query = range(3);
    CancellationToken token = new CancellationTokenSource().token();
    o.attempt("degree", () -> query.withDegreeOfParallelism(2).withDegreeOfParallelism(2));
    o.attempt(
        "mode",
        () ->
            query
                .withExecutionMode(ParallelExecutionMode.DEFAULT)
                .withExecutionMode(ParallelExecutionMode.DEFAULT));
    o.attempt(
        "merge",
        () ->
            query
                .withMergeOptions(ParallelMergeOptions.DEFAULT)
                .withMergeOptions(ParallelMergeOptions.DEFAULT));
    o.attempt("token", () -> query.withCancellation(token).withCancellation(token));
    o.attempt(
        "apart by an operator",
        () -> query.withDegreeOfParallelism(2).select(x -> x).withDegreeOfParallelism(2));
    o.attempt(
        "different settings",
        () ->
            query
                .withDegreeOfParallelism(2)
                .withCancellation(token)
                .withExecutionMode(FORCE)
                .withMergeOptions(ParallelMergeOptions.NOT_BUFFERED));
  }

  @Probe("plinq/settings/token-none-keeps-the-token")
  void tokenNoneKeepsTheToken(Out o) {
    CancellationToken token = canceledSource().token();
    o.say(
        "token then none",
        outcome(
            token,
            () ->
                query(3)
                    .withCancellation(token)
                    .withCancellation(CancellationToken.none())
                    .toArray()));
  }

  @Probe("plinq/settings/binary-merge")
  void binaryMerge(Out o) {
    CancellationToken token = new CancellationTokenSource().token();
    CancellationToken another = new CancellationTokenSource().token();
    ParallelQuery<Integer> plain = range(3);
    ParallelQuery<Integer> canceled = plain.withCancellation(token);
    ParallelQuery<Integer> byTwo = plain.withDegreeOfParallelism(2);
    ParallelQuery<Integer> forced = plain.withExecutionMode(FORCE);
    ParallelQuery<Integer> merged = plain.withMergeOptions(ParallelMergeOptions.DEFAULT);
    o.attempt("same token twice", () -> canceled.concat(canceled));
    o.attempt("two tokens", () -> canceled.union(plain.withCancellation(another)));
    o.attemptValue("left token", () -> canceled.intersect(plain).count());
    o.attemptValue("right token", () -> plain.except(canceled).count());
    o.attempt("two degrees", () -> byTwo.zip(byTwo, (a, b) -> a));
    o.attempt("two modes", () -> forced.join(forced, a -> a, b -> b, (a, b) -> a));
    o.attempt("two merges", () -> merged.groupJoin(merged, a -> a, b -> b, (a, b) -> a));
    o.attempt("sequence-equal same token", () -> canceled.sequenceEqual(canceled));
    o.attemptValue("degree left, token right", () -> byTwo.concat(canceled).count());
  }

  @Probe("plinq/settings/nested-as-parallel-isolates")
  void nestedAsParallelIsolates(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Iterable<Integer> inner = range(4).withDegreeOfParallelism(2).withCancellation(token);
    o.attemptValue(
        "again allowed",
        () -> asParallel(inner).withDegreeOfParallelism(2).withCancellation(token).sumInt(x -> x));
    source.cancel();
    o.say(
        "inner cancelled",
        outcome(token, () -> asParallel(inner).withDegreeOfParallelism(2).sumInt(x -> x)));
  }

  @Probe("plinq/settings/place-does-not-matter")
  void placeDoesNotMatter(Out o) {
    CancellationToken token = canceledSource().token();
    o.say(
        "first",
        outcome(
            token,
            () -> query(9).withCancellation(token).where(x -> true).select(x -> x).toList()));
    o.say(
        "middle",
        outcome(
            token,
            () -> query(9).where(x -> true).withCancellation(token).select(x -> x).toList()));
    o.say(
        "last",
        outcome(
            token,
            () -> query(9).where(x -> true).select(x -> x).withCancellation(token).toList()));
  }

  @Probe("plinq/settings/binary-merge-all")
  void binaryMergeAll(Out o) {
    CancellationToken token = new CancellationTokenSource().token();
    ParallelQuery<Integer> plain = range(3);
    ParallelQuery<Integer> canceled = plain.withCancellation(token);
    ParallelQuery<Integer> byTwo = plain.withDegreeOfParallelism(2);
    o.attempt("concat", () -> canceled.concat(canceled));
    o.attempt("union", () -> canceled.union(canceled));
    o.attempt("intersect", () -> canceled.intersect(canceled));
    o.attempt("except", () -> canceled.except(canceled));
    o.attempt("join", () -> canceled.join(canceled, a -> a, b -> b, (a, b) -> a));
    o.attempt("group-join", () -> canceled.groupJoin(canceled, a -> a, b -> b, (a, b) -> a));
    o.attempt("zip", () -> canceled.zip(canceled, (a, b) -> a));
    o.attempt("sequence-equal", () -> canceled.sequenceEqual(canceled));
    o.attemptValue(
        "four settings, two a side",
        () ->
            canceled
                .withDegreeOfParallelism(2)
                .concat(
                    plain
                        .withExecutionMode(FORCE)
                        .withMergeOptions(ParallelMergeOptions.NOT_BUFFERED))
                .count());
    o.attempt("set again after the operator", () -> canceled.concat(plain).withCancellation(token));
    o.attemptValue(
        "none on the other side",
        () -> canceled.concat(plain.withCancellation(CancellationToken.none())).count());
    o.attempt("three sides", () -> plain.concat(byTwo).zip(byTwo, (a, b) -> a));
    o.attemptValue(
        "inner sequence of SelectMany is apart", () -> canceled.selectMany(x -> canceled).count());
  }

  @Probe("plinq/settings/degree-of-one-side")
  void degreeOfOneSide(Out o) {
    CyclicBarrier three = new CyclicBarrier(3);
    AtomicInteger met = new AtomicInteger();
    range(3)
        .select(
            x -> {
              Background.meet(three);
              met.incrementAndGet();
              return x;
            })
        .concat(range(3).withDegreeOfParallelism(3))
        .toArray();
    o.say("met on the left", met);
  }

  @Probe("plinq/settings/degree-default")
  void degreeDefault(Out o) {
    AtomicInteger asked = new AtomicInteger();
    asParallel(
            new PlainPartitioner(
                count -> {
                  asked.set(count);
                  return IntStream.range(0, count)
                      .mapToObj(part -> List.of(part).iterator())
                      .collect(Collectors.toList());
                }))
        .count();
    o.say(
        "one partition a processor, at most 512",
        asked.get() == Math.min(Runtime.getRuntime().availableProcessors(), 512));
  }
}
