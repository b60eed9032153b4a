// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.PlinqSteps.counting;
import static desist.PlinqSteps.drain;
import static desist.PlinqSteps.numbers;
import static desist.PlinqSteps.ordered;
import static desist.PlinqSteps.query;
import static desist.PlinqSteps.range;
import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.CloseableIterator;
import desist.linq.IntParallelQuery;
import desist.linq.ParallelEnumerable;
import desist.linq.ParallelMergeOptions;
import desist.linq.ParallelQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** How results come from the workers to an iterator: plinq/merge. */
final class PlinqMergeConformanceTest extends Conformance {
  private static final String ITERATORS = "0044-iterators-of-queries.md";
  private static final Duration SHORT = Duration.ofMillis(100);

  /**
   * Each of two workers has two elements. At its second one it waits to hear that the loop has a
   * first one, then for the other worker.
   */
  @Probe("plinq/merge/not-buffered-streams-from-workers")
  void notBufferedStreamsFromWorkers(Out o) {
    for (ParallelMergeOptions merge :
        List.of(
            ParallelMergeOptions.NOT_BUFFERED,
            ParallelMergeOptions.AUTO_BUFFERED,
            ParallelMergeOptions.FULLY_BUFFERED)) {
      boolean isStreamed = merge == ParallelMergeOptions.NOT_BUFFERED;
      CountDownLatch got = new CountDownLatch(1);
      CyclicBarrier two = new CyclicBarrier(2);
      AtomicInteger streamed = new AtomicInteger();
      range(4)
          .withDegreeOfParallelism(2)
          .withMergeOptions(merge)
          .select(
              x -> {
                if (x % 2 == 1) {
                  if (opensWithin(isStreamed ? Steps.LONG : SHORT, got)) {
                    streamed.incrementAndGet();
                  }
                  Background.meet(two);
                }
                return x;
              })
          .forEach(x -> got.countDown());
      o.say(Out.nameOf(merge) + ": streamed", streamed);
    }
  }

  @Probe("plinq/merge/fully-buffered-runs-all-first")
  void fullyBufferedRunsAllFirst(Out o) {
    for (ParallelQuery<Integer> source :
        List.of(asParallel(numbers(300)), asParallel(numbers(300)).asOrdered())) {
      AtomicInteger ran = new AtomicInteger();
      try (CloseableIterator<Integer> iterator =
          counting(
                  ran,
                  source
                      .withDegreeOfParallelism(2)
                      .withMergeOptions(ParallelMergeOptions.FULLY_BUFFERED))
              .iterator()) {
        o.say("before MoveNext", ran);
        iterator.next();
        o.say("after the first MoveNext", ran);
      }
    }
  }

  @Probe("plinq/merge/sort-is-always-buffered")
  void sortIsAlwaysBuffered(Out o) {
    AtomicInteger ran = new AtomicInteger();
    try (CloseableIterator<Integer> iterator =
        counting(ran, query(300, 2).withMergeOptions(ParallelMergeOptions.NOT_BUFFERED))
            .orderBy(x -> -x)
            .iterator()) {
      o.say("first", iterator.next());
      o.say("ran", ran);
    }
  }

  @Probe("plinq/merge/one-partition-streams-whatever-buffering")
  void onePartitionStreamsWhateverBuffering(Out o) {
    for (ParallelMergeOptions merge : ParallelMergeOptions.values()) {
      AtomicInteger ran = new AtomicInteger();
      try (CloseableIterator<Integer> iterator =
          counting(ran, query(300, 1).withMergeOptions(merge)).iterator()) {
        iterator.next();
        o.say(Out.nameOf(merge) + ": ran for the first element", ran);
      }
    }
  }

  /** The element of the later worker waits for the earlier one's. */
  @Probe("plinq/merge/ordered-streams-in-order")
  void orderedStreamsInOrder(Out o) {
    CountDownLatch second = new CountDownLatch(1);
    o.say(
        "order",
        drain(
            asParallel(List.of(0, 1))
                .asOrdered()
                .withDegreeOfParallelism(2)
                .withMergeOptions(ParallelMergeOptions.NOT_BUFFERED)
                .select(
                    x -> {
                      if (x == 1) {
                        second.countDown();
                      } else {
                        await(second);
                      }
                      return x;
                    })));
  }

  /** The second worker's element comes first when the first worker is still busy. */
  @Probe("plinq/merge/unordered-gives-what-is-ready")
  void unorderedGivesWhatIsReady(Out o) {
    CountDownLatch got = new CountDownLatch(1);
    List<Integer> seen = new ArrayList<>();
    asParallel(List.of(0, 1))
        .withDegreeOfParallelism(2)
        .withMergeOptions(ParallelMergeOptions.NOT_BUFFERED)
        .select(
            x -> {
              if (x == 0) {
                await(got);
              }
              return x;
            })
        .forEach(
            x -> {
              seen.add(x);
              got.countDown();
            });
    o.say("order", seen);
  }

  @Probe("plinq/merge/unordered-array-is-by-partition")
  void unorderedArrayIsByPartition(Out o) {
    o.say("to-array", query(10).select(x -> x).toArray());
    o.say("to-list", query(10).where(x -> x % 2 == 0).toList());
  }

  /** Nobody waits for a later worker here. */
  @Probe("plinq/merge/ordered-needs-every-worker")
  @Differs(
      record = ITERATORS,
      dotnet = "got the first while the second worker had none=false",
      ours = "got the first while the second worker had none=true")
  void orderedNeedsEveryWorker(Out o) {
    CountDownLatch got = new CountDownLatch(1);
    AtomicBoolean early = new AtomicBoolean();
    ParallelEnumerable.range(0, 4)
        .asOrdered()
        .boxed()
        .withDegreeOfParallelism(2)
        .withMergeOptions(ParallelMergeOptions.NOT_BUFFERED)
        .select(
            x -> {
              if (x == 2) {
                early.set(opensWithin(Steps.LONG, got));
              }
              return x;
            })
        .forEach(x -> got.countDown());
    o.say("got the first while the second worker had none", early);
  }

  /** How far two workers run ahead of a loop that stops after its first element. */
  @Probe("plinq/merge/bounds")
  @Differs(
      record = ITERATORS,
      dotnet = {
        "unordered NotBuffered=1027",
        "unordered AutoBuffered=131456",
        "ordered NotBuffered, at least 8192 a worker=true",
        "at most twice that=true",
        "ordered AutoBuffered, at least 8192 a worker=true",
        "at most twice that=true"
      },
      ours = {
        "unordered NotBuffered, at least 1024 a worker=true",
        "at most a batch and a chunk more=true",
        "unordered AutoBuffered, at least 1024 a worker=true",
        "at most a batch and a chunk more=true",
        "ordered NotBuffered, at least 1024 a worker=true",
        "at most a batch and a chunk more=true",
        "ordered AutoBuffered, at least 1024 a worker=true",
        "at most a batch and a chunk more=true"
      })
  void bounds(Out o) {
    bounds(o, "unordered ", ParallelEnumerable.range(0, Integer.MAX_VALUE));
    bounds(o, "ordered ", ParallelEnumerable.range(0, Integer.MAX_VALUE).asOrdered());
  }

  @Probe("plinq/merge/ignored-by-immediate-operators")
  void ignoredByImmediateOperators(Out o) {
    for (ParallelMergeOptions merge :
        List.of(ParallelMergeOptions.NOT_BUFFERED, ParallelMergeOptions.FULLY_BUFFERED)) {
      ParallelQuery<Integer> query = ordered(8, 2).withMergeOptions(merge);
      o.say(
          Out.nameOf(merge),
          query.select(x -> x).toArray().length
              + " "
              + query.sumInt(x -> x)
              + " "
              + query.select(x -> x).toList().size());
    }
  }

  private static void bounds(Out o, String name, IntParallelQuery source) {
    for (ParallelMergeOptions merge :
        List.of(ParallelMergeOptions.NOT_BUFFERED, ParallelMergeOptions.AUTO_BUFFERED)) {
      AheadOfLoop ahead = new AheadOfLoop(source.boxed().withMergeOptions(merge));
      o.say(name + Out.nameOf(merge) + ", at least 1024 a worker", ahead.fillsBuffers());
      o.say("at most a batch and a chunk more", ahead.isBounded());
      ahead.close();
    }
  }

  private static boolean opensWithin(Duration time, CountDownLatch latch) {
    try {
      return latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a latch", e);
    }
  }
}
