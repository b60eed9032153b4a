// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.ParallelSteps.how;
import static desist.ParallelSteps.lazy;
import static desist.ParallelSteps.numbers;
import static desist.ParallelSteps.one;
import static desist.ParallelSteps.show;

import desist.tasks.EnumerablePartitionerOptions;
import desist.tasks.Parallel;
import desist.tasks.ParallelLoopState;
import desist.tasks.Partitioner;
import desist.tasks.ThrowingBiConsumer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Loops over elements: parallel/foreach. */
final class ParallelForEachConformanceTest extends Conformance {
  private static final String SOURCES = "0047-sources-of-parallel-loops.md";

  @Probe("parallel/foreach/results")
  void results(Out o) {
    ThrowingBiConsumer<Integer, ParallelLoopState> breaking =
        (x, state) -> {
          if (x == 4) {
            state.breakLoop();
          }
        };
    ThrowingBiConsumer<Integer, ParallelLoopState> stopping =
        (x, state) -> {
          if (x == 4) {
            state.stop();
          }
        };
    o.say("all: " + show(Parallel.forEach(lazy(10), x -> {})));
    o.say("empty: " + show(Parallel.forEach(lazy(0), x -> {})));
    o.say("break: " + show(Parallel.forEachWithState(lazy(10), one(), breaking)));
    o.say("stop: " + show(Parallel.forEachWithState(lazy(10), one(), stopping)));
    o.say("break in list: " + show(Parallel.forEachWithState(numbers(10), one(), breaking)));
  }

  @Probe("parallel/foreach/disposes-enumerator")
  void closesIterator(Out o) {
    Parallel.forEach(new ParallelSteps.Source(2, o::say), one(), x -> {});
    o.say("-- body throws");
    o.say(
        how(
            () ->
                Parallel.forEach(
                    new ParallelSteps.Source(2, o::say),
                    one(),
                    x -> {
                      throw new FormatException();
                    })));
    o.say("-- cancelled");
    CancellationTokenSource source = new CancellationTokenSource();
    o.say(
        how(
            source.token(),
            () ->
                Parallel.forEach(
                    new ParallelSteps.Source(2, o::say),
                    one(source.token()),
                    x -> source.cancel())));
  }

  @Probe("parallel/foreach/movenext-throws")
  void moveNextThrows(Out o) {
    ParallelSteps.Source source =
        new ParallelSteps.Source(2, o::say).throwingOnMove(new FormatException());
    o.say(how(() -> Parallel.forEach(source, one(), x -> {})));
  }

  @Probe("parallel/foreach/cancel-while-moving")
  void cancelWhileMoving(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    List<Integer> seen = new ArrayList<>();
    Iterable<Integer> elements =
        lazy(
            10,
            i -> {
              if (i == 1) {
                source.cancel();
              }
            });
    o.say(
        how(
            source.token(),
            () -> Parallel.forEach(unbuffered(elements), one(source.token()), seen::add)));
    o.say("seen", seen);
  }

  @Probe("parallel/foreach/nobuffering-reads-one-at-a-time")
  void noBufferingReadsOneAtATime(Out o) {
    List<Integer> read = new ArrayList<>();
    List<Integer> seen = new ArrayList<>();
    CancellationTokenSource source = new CancellationTokenSource();
    o.say(
        how(
            source.token(),
            () ->
                Parallel.forEach(
                    unbuffered(lazy(10, read::add)),
                    one(source.token()),
                    x -> {
                      seen.add(x);
                      if (x == 2) {
                        source.cancel();
                      }
                    })));
    o.say("read", read);
    o.say("seen", seen);
  }

  private static Partitioner<Integer> unbuffered(Iterable<Integer> source) {
    return Partitioner.create(source, EnumerablePartitionerOptions.NO_BUFFERING);
  }

  @Probe("parallel/foreach/list-by-index")
  void listByIndex(Out o) {
    List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
    List<Integer> seen = new ArrayList<>();
    Parallel.forEach(
        list,
        one(),
        x -> {
          seen.add(x);
          list.add(x + 10);
        });
    o.say("seen", seen);
    o.say("count", list.size());
  }

  /** The sizes of chunks are those of a partitioner, since a loop reads no such source ahead. */
  @Probe("parallel/foreach/chunks")
  @Differs(
      record = SOURCES,
      dotnet =
          "read when it arrived=[1, 2, 3, 5, 5, 7, 7, 9, 9, 13, 13, 13, 13, 17, 17, 17, 17, 21, 21,"
              + " 21, 21, 29, 29, 29, 29, 29, 29, 29, 29, 37, 37, 37, 37, 37, 37, 37, 37, 40, 40,"
              + " 40]",
      ours =
          "read when it arrived=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,"
              + " 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,"
              + " 40]")
  @Differs(
      record = SOURCES,
      dotnet =
          "chunks of values=1 1 1 2 2 2 4 4 4 8 8 8 16 16 16 32 32 32 64 64 64 128 128 128 128 107",
      ours = {})
  void chunks(Out o) {
    List<Integer> ahead = new ArrayList<>();
    AtomicInteger read = new AtomicInteger();
    Parallel.forEach(lazy(40, i -> read.set(i + 1)), one(), x -> ahead.add(read.get()));
    o.say("read when it arrived", ahead);

    List<String> sizes = new ArrayList<>();
    AtomicInteger pulled = new AtomicInteger();
    AtomicInteger before = new AtomicInteger();
    Parallel.forEach(
        Partitioner.create(lazy(1000, i -> pulled.set(i + 1))),
        one(),
        x -> {
          int size = pulled.get() - before.getAndSet(pulled.get());
          if (size > 0) {
            sizes.add(String.valueOf(size));
          }
        });
    o.say("chunks of references", String.join(" ", sizes));
  }

  @Probe("parallel/foreach/kinds-of-source")
  void kindsOfSource(Out o) {
    Listed list = new Listed();
    o.say("list: " + count(list) + ", enumerators " + list.iterators + ", by index " + list.reads);
    Sequential sequential = new Sequential();
    o.say(
        "read-only list: "
            + count(sequential)
            + ", enumerators "
            + sequential.iterators
            + ", by index 0");
    o.say("set: " + count(Set.of(1, 2, 3)));
  }

  private static int count(Iterable<Integer> source) {
    AtomicInteger count = new AtomicInteger();
    Parallel.forEach(source, one(), x -> count.incrementAndGet());
    return count.get();
  }

  /** A list with random access that counts how it is read. */
  private static final class Listed extends AbstractList<Integer> implements RandomAccess {
    final AtomicInteger iterators = new AtomicInteger();
    final AtomicInteger reads = new AtomicInteger();

    @Override
    public Integer get(int index) {
      reads.incrementAndGet();
      return index;
    }

    @Override
    public int size() {
      return 3;
    }

    @Override
    public Iterator<Integer> iterator() {
      iterators.incrementAndGet();
      return super.iterator();
    }
  }

  /** What can only be iterated. */
  private static final class Sequential implements Iterable<Integer> {
    final AtomicInteger iterators = new AtomicInteger();

    @Override
    public Iterator<Integer> iterator() {
      iterators.incrementAndGet();
      return numbers(3).iterator();
    }
  }

  @Probe("parallel/foreach/list-changes")
  @Differs(
      record = SOURCES,
      dotnet = "AggregateException[ArgumentOutOfRangeException]",
      ours = "AggregateException[IndexOutOfBoundsException]")
  void listChanges(Out o) {
    List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
    o.say(
        how(
            () ->
                Parallel.forEach(
                    list,
                    one(),
                    x -> {
                      if (list.size() == 3) {
                        list.remove(2);
                      }
                    })));
  }
}
