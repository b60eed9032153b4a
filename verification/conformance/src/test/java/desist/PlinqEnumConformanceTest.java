// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.PlinqSteps.ordered;
import static desist.PlinqSteps.outcome;
import static desist.PlinqSteps.query;
import static desist.PlinqSteps.range;
import static desist.TaskSteps.canceledSource;

import desist.linq.CloseableIterator;
import desist.linq.ParallelMergeOptions;
import desist.linq.ParallelQuery;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Iterators of queries: plinq/enum. Where .NET moves and then looks at the current element, an
 * iterator here is asked with hasNext, which makes the step once, and next takes the element.
 */
final class PlinqEnumConformanceTest extends Conformance {
  private static final String ITERATORS = "0044-iterators-of-queries.md";

  /** Nothing is to be had of an iterator twice, and it cannot be reset. */
  @Probe("plinq/enum/current-reset-end")
  @Differs(
      record = ITERATORS,
      dotnet = {"Current before: InvalidOperationException", "Reset before: NotSupportedException"},
      ours = {})
  @Differs(
      record = ITERATORS,
      dotnet = {"Current again=0", "MoveNext=true"},
      ours = {"MoveNext=true", "MoveNext again=true", "Current=1"})
  @Differs(
      record = ITERATORS,
      dotnet = "Reset after: NotSupportedException",
      ours = "Current after the end: NoSuchElementException")
  void currentResetEnd(Out o) {
    CloseableIterator<Integer> iterator = ordered(2, 2).select(x -> x).iterator();
    o.say("MoveNext", iterator.hasNext());
    o.say("Current", iterator.next());
    o.say("MoveNext", iterator.hasNext());
    o.say("MoveNext again", iterator.hasNext());
    o.say("Current", iterator.next());
    o.say("MoveNext", iterator.hasNext());
    o.say("MoveNext after the end", iterator.hasNext());
    o.attempt("Current after the end", iterator::next);
  }

  @Probe("plinq/enum/move-next-after-dispose")
  void moveNextAfterDispose(Out o) {
    for (ParallelMergeOptions merge : ParallelMergeOptions.values()) {
      CloseableIterator<Integer> iterator =
          query(100, 2).withMergeOptions(merge).select(x -> x).iterator();
      iterator.next();
      iterator.close();
      o.attempt(Out.nameOf(merge), iterator::hasNext);
      o.attempt("Dispose twice", iterator::close);
    }
    CloseableIterator<Integer> unstarted = query(3, 2).select(x -> x).iterator();
    unstarted.close();
    o.attempt("never started", unstarted::hasNext);
  }

  @Probe("plinq/enum/cancel-then-dispose-is-silent")
  void cancelThenDisposeIsSilent(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CloseableIterator<Integer> iterator =
        query(5000, 2).withCancellation(source.token()).select(x -> x).iterator();
    iterator.next();
    source.cancel();
    o.attempt("Dispose", iterator::close);
    o.attempt("MoveNext", iterator::hasNext);
  }

  @Probe("plinq/enum/dispose-waits-for-running-delegates")
  void disposeWaitsForRunningDelegates(Out o) {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger left = new AtomicInteger();
    CloseableIterator<Integer> iterator =
        holdingAtOne(range(2), inside, release, left::incrementAndGet).iterator();
    iterator.next();
    await(inside);
    Background closing = Background.go(iterator::close);
    o.say("disposed while a delegate ran", !closing.blocks());
    release.countDown();
    closing.join();
    o.say("delegates left", left);
  }

  @Probe("plinq/enum/dispose-throws-the-workers-failure")
  void disposeThrowsTheWorkersFailure(Out o) {
    closesBefore(
        o,
        range(2),
        () -> {
          throw new FormatException();
        });
  }

  @Probe("plinq/enum/failed-open-cannot-be-retried")
  void failedOpenCannotBeRetried(Out o) {
    CancellationToken token = canceledSource().token();
    CloseableIterator<Integer> iterator =
        query(4, 2).withCancellation(token).select(x -> x).iterator();
    o.say("first", outcome(token, iterator::hasNext));
    o.say("second", outcome(token, iterator::hasNext));
    o.attempt("Dispose", iterator::close);
    o.say("after Dispose", outcome(token, iterator::hasNext));
    CloseableIterator<Integer> sorted =
        query(4, 2).select(x -> failingAt(0, x)).orderBy(x -> x).iterator();
    o.attempt("sort fails to open", sorted::hasNext);
    o.attempt("again", sorted::hasNext);
  }

  @Probe("plinq/enum/good-elements-before-the-failure")
  void goodElementsBeforeTheFailure(Out o) {
    List<Integer> seen = new ArrayList<>();
    o.attempt("foreach", () -> query(10, 1).select(x -> failingAt(3, x)).forEach(seen::add));
    o.say("seen", seen);
  }

  @Probe("plinq/enum/producers-are-bounded")
  void producersAreBounded(Out o) {
    AheadOfLoop ahead =
        new AheadOfLoop(
            range(Integer.MAX_VALUE).withMergeOptions(ParallelMergeOptions.NOT_BUFFERED));
    o.say("at least the buffers were filled", ahead.fillsBuffers());
    o.say("bounded", ahead.isBounded());
    o.attempt("Dispose frees them", ahead::close);
  }

  @Probe("plinq/enum/current-after")
  @Differs(
      record = ITERATORS,
      dotnet = {
        "Current after the end: InvalidOperationException",
        "Current after Dispose: InvalidOperationException",
        "one partition, Current before: InvalidOperationException",
        "one partition, Current after Dispose=0"
      },
      ours = {
        "Current after the end: NoSuchElementException",
        "Current after Dispose: ObjectDisposedException",
        "one partition, Current after Dispose: ObjectDisposedException"
      })
  void currentAfter(Out o) {
    CloseableIterator<Integer> two = ordered(2, 2).select(x -> x).iterator();
    two.next();
    two.next();
    o.attempt("Current after the end", two::next);
    two.close();
    o.attempt("Current after Dispose", two::next);
    CloseableIterator<Integer> one = query(8, 1).select(x -> x).iterator();
    one.hasNext();
    one.close();
    o.attempt("one partition, Current after Dispose", one::next);
    o.attempt("one partition, MoveNext after Dispose", one::hasNext);
    ParallelQuery<?> untyped = ordered(2, 2).select(x -> x);
    o.attemptValue("untyped", () -> untyped.iterator().hasNext());
  }

  @Probe("plinq/enum/cancel-between-steps")
  @Differs(record = ITERATORS, dotnet = "seen=64", ours = "seen soon=true")
  @Differs(record = ITERATORS, dotnet = "seen=64", ours = "seen soon=true")
  void cancelBetweenSteps(Out o) {
    cancelBetweenSteps(
        o, "outcome", ordered(300, 2).withMergeOptions(ParallelMergeOptions.FULLY_BUFFERED));
    cancelBetweenSteps(o, "one partition", query(300, 1));
  }

  /** A worker that throws for the query's token after the loop was left is no failure. */
  @Probe("plinq/enum/dispose-of-a-cancelled")
  void disposeOfACanceled(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    closesBefore(
        o,
        range(2).withCancellation(source.token()),
        () -> {
          source.cancel();
          source.token().throwIfCancellationRequested();
        });
  }

  @Probe("plinq/enum/dispose-then-foreign-oce")
  void disposeThenForeignOce(Out o) {
    closesBefore(o, range(2), () -> CancellationToken.canceled().throwIfCancellationRequested());
  }

  /** Prints how an iterator is closed that waits for a worker, which then does this. */
  private static void closesBefore(Out o, ParallelQuery<Integer> query, Runnable action) {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CloseableIterator<Integer> iterator = holdingAtOne(query, inside, release, action).iterator();
    iterator.next();
    await(inside);
    Waiting closing = Waiting.start(iterator::close);
    release.countDown();
    o.say("Dispose: " + closing.how());
  }

  /** The elements as they come; at 1 a worker is held up, and then does this. */
  private static ParallelQuery<Integer> holdingAtOne(
      ParallelQuery<Integer> query,
      CountDownLatch inside,
      CountDownLatch release,
      Runnable action) {
    return query
        .withDegreeOfParallelism(2)
        .withMergeOptions(ParallelMergeOptions.NOT_BUFFERED)
        .select(
            x -> {
              if (x == 1) {
                inside.countDown();
                await(release);
                action.run();
              }
              return x;
            });
  }

  private static void cancelBetweenSteps(Out o, String name, ParallelQuery<Integer> query) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    try (CloseableIterator<Integer> iterator =
        query.withCancellation(token).select(x -> x).iterator()) {
      iterator.next();
      source.cancel();
      AtomicInteger more = new AtomicInteger();
      o.say(name, outcome(token, () -> count(iterator, more)));
      o.say("seen soon", more.get() <= 64);
      o.say("again", outcome(token, iterator::hasNext));
      o.attempt("Dispose", iterator::close);
    }
  }

  private static String count(Iterator<Integer> iterator, AtomicInteger count) {
    while (iterator.hasNext()) {
      iterator.next();
      count.incrementAndGet();
    }
    return "end";
  }

  private static int failingAt(int at, int x) {
    if (x == at) {
      throw new FormatException();
    }
    return x;
  }
}
