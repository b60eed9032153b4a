// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.PlinqSteps.drain;
import static desist.PlinqSteps.iterable;
import static desist.PlinqSteps.numbers;
import static desist.PlinqSteps.ordered;
import static desist.PlinqSteps.query;
import static desist.PlinqSteps.range;
import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.CloseableIterator;
import desist.linq.ParallelQuery;
import desist.tasks.Partitioner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** When and on which threads a query runs, and how it reads its source: plinq/exec. */
@Meaningless(
    id = "plinq/exec/async-local-flows-in",
    about = Meaningless.About.AMBIENT_CONTEXT,
    because = "Delegates see the AsyncLocal values of the caller. Java has no such context.")
final class PlinqExecConformanceTest extends Conformance {
  private static final String WORK = "0043-how-queries-share-out-work.md";

  @Probe("plinq/exec/deferred")
  void deferred(Out o) {
    Spy spy = new Spy();
    AtomicInteger ran = new AtomicInteger();
    ParallelQuery<Integer> query =
        asParallel(spy)
            .withDegreeOfParallelism(2)
            .where(
                x -> {
                  ran.incrementAndGet();
                  return true;
                })
            .select(x -> x);
    o.say("built: opened", spy.opened());
    o.say("built: ran", ran);
    CloseableIterator<Integer> iterator = query.iterator();
    o.say("GetEnumerator: opened", spy.opened());
    iterator.close();
    o.say("disposed unstarted: opened", spy.opened());
    o.say("disposed unstarted: disposed", spy.closed());
    query.count();
    o.say("Count: opened", spy.opened());
    o.say("Count: ran", ran);
    o.say("Count: disposed", spy.closed());
  }

  @Probe("plinq/exec/runs-again-each-time")
  void runsAgainEachTime(Out o) {
    Spy spy = new Spy(5);
    ParallelQuery<Integer> query = asParallel(spy).withDegreeOfParallelism(2).select(x -> x);
    o.say("sum", query.sumInt(x -> x));
    o.say("sum", query.sumInt(x -> x));
    o.say("list", query.toList().size());
    o.say("opened", spy.opened());
    o.say("pulled", spy.pulled());
    o.say("disposed", spy.closed());
  }

  @Probe("plinq/exec/plain-source-is-not-a-query")
  void plainSourceIsNotAQuery(Out o) {
    Thread caller = Thread.currentThread();
    AtomicInteger elsewhere = new AtomicInteger();
    Iterable<Integer> failing =
        new Spy()
            .onMove(
                at -> {
                  if (Thread.currentThread() != caller) {
                    elsewhere.incrementAndGet();
                  }
                  if (at == 3) {
                    throw new FormatException();
                  }
                });
    ParallelQuery<Integer> query = asParallel(failing);
    o.attempt("foreach", () -> drain(query));
    o.attempt("foreach ordered", () -> drain(query.asOrdered()));
    o.attempt("to-array", () -> query.toArray());
    o.attempt("to-list", () -> query.toList());
    o.say("other threads in the source", elsewhere);
    o.attempt("to-array ordered", () -> query.asOrdered().toArray());
    o.attempt("aggregate-seed", () -> query.aggregateFrom(0, Integer::sum));
    o.attempt("to-dictionary", () -> query.toDictionary(x -> x));
    o.attempt("count", () -> query.count());
    o.attempt("for-all", () -> query.withDegreeOfParallelism(1).forAll(x -> {}));
  }

  @Probe("plinq/exec/count-of-a-collection-does-not-enumerate")
  void countOfACollectionDoesNotEnumerate(Out o) {
    List<Integer> list = List.of(1, 2, 3);
    o.say("count", asParallel(list).count());
    o.say("long", asParallel(list).longCount());
  }

  @Probe("plinq/exec/degree-one-stays-on-the-caller")
  void degreeOneStaysOnTheCaller(Out o) {
    Thread caller = Thread.currentThread();
    AtomicInteger elsewhere = new AtomicInteger();
    ParallelQuery<Integer> query =
        query(300, 1)
            .select(
                x -> {
                  if (Thread.currentThread() != caller) {
                    elsewhere.incrementAndGet();
                  }
                  return x;
                });
    query.toArray();
    query.toList();
    query.sumInt(x -> x);
    query.forAll(x -> {});
    drain(query);
    query.orderBy(x -> x).toArray();
    query.first(x -> x == 299);
    o.say("calls on another thread", elsewhere);
  }

  @Probe("plinq/exec/caller-takes-part")
  void callerTakesPart(Out o) {
    o.say("for-all", usesTheCaller(query -> query.forAll(x -> {})));
    o.say("to-array", usesTheCaller(ParallelQuery::toArray));
    o.say("sum", usesTheCaller(query -> query.sumInt(x -> x)));
    o.say("foreach", usesTheCaller(PlinqSteps::drain));
  }

  /** A worker that has read its part reads what is left of another's. */
  @Probe("plinq/exec/range-partitions-are-contiguous")
  @Differs(
      record = WORK,
      dotnet = {
        "partition=[0, 1, 2]",
        "partition=[3, 4, 5]",
        "partition=[6, 7]",
        "partition=[8, 9]"
      },
      ours = "met at the first of each part=4")
  void rangePartitionsAreContiguous(Out o) {
    Set<Integer> firsts = Set.of(0, 3, 6, 8);
    CyclicBarrier four = new CyclicBarrier(4);
    AtomicInteger met = new AtomicInteger();
    range(10)
        .withDegreeOfParallelism(4)
        .forAll(
            x -> {
              if (firsts.contains(x)) {
                Background.meet(four);
                met.incrementAndGet();
              }
            });
    o.say("met at the first of each part", met);
  }

  @Probe("plinq/exec/iterator-never-entered-concurrently")
  void iteratorNeverEnteredConcurrently(Out o) {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Spy spy =
        new Spy(400)
            .onMove(
                at -> {
                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  Thread.yield();
                  inside.decrementAndGet();
                });
    o.say("sum", asParallel(spy).withDegreeOfParallelism(4).sumInt(x -> x));
    o.say("most threads inside the source", most);
    o.say("opened", spy.opened());
    o.say("disposed", spy.closed());
  }

  @Probe("plinq/exec/partitioner-is-asked-for-the-degree")
  void partitionerIsAskedForTheDegree(Out o) {
    AtomicInteger asked = new AtomicInteger();
    PlainPartitioner partitioner =
        new PlainPartitioner(
            count -> {
              asked.set(count);
              return IntStream.range(0, count)
                  .mapToObj(part -> List.of(part, part).iterator())
                  .collect(Collectors.toList());
            });
    o.say("sum", asParallel(partitioner).withDegreeOfParallelism(4).sumInt(x -> x));
    o.say("asked", asked);
    o.attempt("null list", () -> giving(null).sumInt(x -> x));
    o.attempt("null list to-array", () -> giving(null).toArray());
    o.attempt("too few", () -> giving(List.of(Collections.emptyIterator())).toArray());
    o.attempt("null partition", () -> giving(Arrays.asList(null, null)).toArray());
  }

  /** A query that stops has read the rest of its chunk, which is no larger than all before. */
  @Probe("plinq/exec/read-ahead")
  @Differs(record = WORK, dotnet = "pulled=44", ours = "pulled at most twice as many=true")
  void readAhead(Out o) {
    Spy spy = new Spy(1000);
    o.say("found", asParallel(spy).withDegreeOfParallelism(1).first(x -> x == 40));
    o.say("pulled at most twice as many", spy.pulled() <= 2 * 41);
  }

  @Probe("plinq/exec/partitioner-orderable")
  void partitionerOrderable(Out o) {
    o.say(
        "load balancing", inOrder(Partitioner.create(numbers(20), true)).select(x -> x).toArray());
    o.say(
        "static",
        inOrder(Partitioner.create(numbers(8), false))
            .selectIndexed((x, i) -> x + "@" + i)
            .toArray());
    o.say(
        "of an enumerable",
        inOrder(Partitioner.create(iterable(20))).where(x -> x % 2 == 0).toArray());
  }

  @Probe("plinq/exec/for-all-no-order")
  void forAllNoOrder(Out o) {
    CountDownLatch later = new CountDownLatch(1);
    AtomicInteger met = new AtomicInteger();
    ordered(2, 2)
        .select(x -> x)
        .forAll(
            x -> {
              if (x == 1) {
                later.countDown();
              } else {
                await(later);
                met.incrementAndGet();
              }
            });
    o.say("met", met.get() == 1);
  }

  /** Below takeWhile all workers read on at the front, so they end soon when they have enough. */
  @Probe("plinq/exec/striped-partitions")
  @Differs(
      record = WORK,
      dotnet = {
        "1024 values=0 256 512 768 of 512 | 128 384 640 896 of 512",
        "1024 references=0 128 256 384 of 512 | 64 192 320 448 of 512",
        "300 values=0 256 of 150 | 128 278 of 150",
        "100 values=0 of 50 | 50 of 50",
        "300 values, 3 workers=0 of 100 | 100 of 100 | 200 of 100"
      },
      ours = {
        "1024 values=met at 0, 1",
        "1024 references=met at 0, 1",
        "300 values=met at 0, 1",
        "100 values=met at 0, 1",
        "300 values, 3 workers=met at 0, 1, 2"
      })
  void stripedPartitions(Out o) {
    o.say("1024 values", firstOfEachWorker(range(1024), 2));
    o.say("1024 references", firstOfEachWorker(asParallel(numbers(1024)), 2));
    o.say("300 values", firstOfEachWorker(range(300), 2));
    o.say("100 values", firstOfEachWorker(range(100), 2));
    o.say("300 values, 3 workers", firstOfEachWorker(range(300), 3));
  }

  /** A chunk is at most twice as large as the one before; values and references are alike. */
  @Probe("plinq/exec/chunk-limit")
  @Differs(
      record = WORK,
      dotnet = {"values=1 2 4 8 16 32 64 128 88", "references=1 2 4 8 16 32 64 24"},
      ours = {"first=1", "at most twice the one before=true", "at most 1024=true"})
  void chunkLimit(Out o) {
    Spy spy = new Spy(5000);
    List<Integer> chunks = new ArrayList<>();
    AtomicInteger before = new AtomicInteger();
    asParallel(spy)
        .withDegreeOfParallelism(1)
        .forAll(
            x -> {
              int size = spy.pulled() - before.getAndSet(spy.pulled());
              if (size > 0) {
                chunks.add(size);
              }
            });
    o.say("first", chunks.get(0));
    o.say(
        "at most twice the one before",
        IntStream.range(1, chunks.size()).allMatch(i -> chunks.get(i) <= 2 * chunks.get(i - 1)));
    o.say("at most 1024", chunks.stream().allMatch(size -> size <= 1024));
  }

  @Probe("plinq/exec/early-end-closes")
  void earlyEndCloses(Out o) {
    Spy spy = new Spy(1000);
    o.say("first", asParallel(spy).withDegreeOfParallelism(2).first(x -> x == 0));
    o.say("disposed", spy.closed());
    spy = new Spy(1000);
    o.say("any", asParallel(spy).withDegreeOfParallelism(2).any());
    o.say("disposed", spy.closed());
    spy = new Spy(1000);
    o.say("take", asParallel(spy).asOrdered().withDegreeOfParallelism(2).take(3).toArray());
    o.say("disposed", spy.closed());
  }

  /** Whether the calling thread runs one of two delegates that meet. */
  private static boolean usesTheCaller(Consumer<ParallelQuery<Integer>> run) {
    Thread caller = Thread.currentThread();
    CyclicBarrier two = new CyclicBarrier(2);
    AtomicInteger mine = new AtomicInteger();
    run.accept(
        range(2)
            .withDegreeOfParallelism(2)
            .select(
                x -> {
                  Background.meet(two);
                  if (Thread.currentThread() == caller) {
                    mine.incrementAndGet();
                  }
                  return x;
                }));
    return mine.get() == 1;
  }

  /** The first element of each worker below takeWhile. */
  private static String firstOfEachWorker(ParallelQuery<Integer> source, int workers) {
    CyclicBarrier all = new CyclicBarrier(workers);
    Map<Thread, Integer> firsts = new ConcurrentHashMap<>();
    source
        .withDegreeOfParallelism(workers)
        .select(
            x -> {
              if (firsts.putIfAbsent(Thread.currentThread(), x) == null) {
                Background.meet(all);
              }
              return x;
            })
        .takeWhile(x -> true)
        .forAll(x -> {});
    return firsts.values().stream()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "met at ", ""));
  }

  /** A query with two workers of a partitioner that gives these partitions. */
  private static ParallelQuery<Integer> giving(List<Iterator<Integer>> partitions) {
    return asParallel(new PlainPartitioner(count -> partitions)).withDegreeOfParallelism(2);
  }

  private static ParallelQuery<Integer> inOrder(Partitioner<Integer> partitioner) {
    return asParallel(partitioner).asOrdered().withDegreeOfParallelism(3);
  }
}
