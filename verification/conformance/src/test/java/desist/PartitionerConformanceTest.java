// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.ParallelSteps.how;
import static desist.ParallelSteps.lazy;
import static desist.ParallelSteps.one;
import static desist.ParallelSteps.show;
import static desist.ParallelSteps.word;

import desist.tasks.EnumerablePartitionerOptions;
import desist.tasks.IntRange;
import desist.tasks.LongRange;
import desist.tasks.OrderablePartitioner;
import desist.tasks.Parallel;
import desist.tasks.Partitioner;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Partitioners: parallel/partitioner. */
final class PartitionerConformanceTest extends Conformance {
  private static final String SOURCES = "0047-sources-of-parallel-loops.md";

  @Probe("parallel/partitioner/keys-not-normalized")
  void keysNotNormalized(Out o) {
    Partitioners.Keyed raw = new Partitioners.Keyed(false);
    o.say("index: " + how(() -> Parallel.forEachIndexed(raw, (x, state, i) -> {})));
    o.say("no index: " + how(() -> Parallel.forEachWithState(raw, (x, state) -> {})));
    o.say(
        "normalized: "
            + how(
                () ->
                    Parallel.forEachIndexed(
                        new Partitioners.Keyed(true),
                        one(),
                        (x, state, i) -> o.say(x + " at " + i))));
  }

  @Probe("parallel/partitioner/break-uses-key")
  void breakUsesKey(Out o) {
    o.say("keyed: " + breakAt(1, new Partitioners.Keyed(true), new ArrayList<>()));
    o.say("plain: " + breakAt(3, new Partitioners.Plain(5), new ArrayList<>()));
  }

  @Probe("parallel/partitioner/break-plain-stops-all")
  void breakPlainStopsAll(Out o) {
    List<Integer> seen = new ArrayList<>();
    breakAt(3, new Partitioners.Plain(10), seen);
    o.say("seen", seen);
  }

  private static String breakAt(int last, Partitioner<Integer> source, List<Integer> seen) {
    return show(
        Parallel.forEachWithState(
            source,
            one(),
            (x, state) -> {
              seen.add(x);
              if (x == last) {
                state.breakLoop();
              }
            }));
  }

  @Probe("parallel/partitioner/ranges")
  void ranges(Out o) {
    int max = Integer.MAX_VALUE;
    o.say("10 by 3", ints(Partitioner.create(0, 10, 3)));
    o.say("6 by 3", ints(Partitioner.create(-3, 3, 3)));
    o.say("2 by 9", ints(Partitioner.create(0, 2, 9)));
    o.say("long", longs(Partitioner.create(0L, 5L, 2L)));
    o.say("at the top", ints(Partitioner.create(max - 3, max, 2)));
    o.say("overflow", ints(Partitioner.create(max - 3, max, max)));
  }

  @Probe("parallel/partitioner/ranges-default-size")
  void rangesDefaultSize(Out o) {
    o.say("2", ints(Partitioner.create(0, 2)));
    int size = Math.max(1, 100_000 / (Runtime.getRuntime().availableProcessors() * 3));
    Iterable<IntRange> ranges = Partitioner.create(0, 100_000).getDynamicPartitions();
    o.say("100000", ranges.iterator().next().to() == size);
    int covered = 0;
    for (IntRange range : Partitioner.create(0, 100_000).getDynamicPartitions()) {
      covered += range.to() - range.from();
    }
    o.say("covered", covered);
  }

  private static List<String> ints(Partitioner<IntRange> ranges) {
    List<String> shown = new ArrayList<>();
    ranges.getDynamicPartitions().forEach(range -> shown.add(show(range)));
    return shown;
  }

  private static List<String> longs(Partitioner<LongRange> ranges) {
    List<String> shown = new ArrayList<>();
    ranges.getDynamicPartitions().forEach(range -> shown.add(range.from() + "-" + range.to()));
    return shown;
  }

  @Probe("parallel/partitioner/args")
  @Differs(
      record = SOURCES,
      dotnet = "bad options: ArgumentOutOfRangeException",
      ours = "bad options: ArgumentNullException")
  void arguments(Out o) {
    EnumerablePartitionerOptions none = null;
    o.attempt("empty range", () -> Partitioner.create(5, 5));
    o.attempt("backwards", () -> Partitioner.create(5, 4, 1));
    o.attempt("size 0", () -> Partitioner.create(0, 5, 0));
    o.attempt("size -1", () -> Partitioner.create(0L, 5L, -1L));
    o.attempt("null list", () -> Partitioner.create((List<Integer>) null, true));
    o.attempt("null array", () -> Partitioner.create((Integer[]) null, true));
    o.attempt("null source", () -> Partitioner.create((Iterable<Integer>) null));
    o.attempt("bad options", () -> Partitioner.create(lazy(1), none));
    o.attempt("0 partitions", () -> Partitioner.create(lazy(1)).getPartitions(0));
    o.attempt("static dynamic partitions", () -> new Partitioners.Static().getDynamicPartitions());
  }

  @Probe("parallel/partitioner/flags")
  void flags(Out o) {
    Integer[] array = {1};
    for (OrderablePartitioner<Integer> partitioner :
        List.<OrderablePartitioner<Integer>>of(
            Partitioner.create(lazy(1)),
            Partitioner.create(array, true),
            Partitioner.create(array, false))) {
      o.say(flags(partitioner));
    }
  }

  private static String flags(OrderablePartitioner<?> partitioner) {
    return word(partitioner.keysOrderedInEachPartition())
        + " "
        + word(partitioner.keysOrderedAcrossPartitions())
        + " "
        + word(partitioner.keysNormalized())
        + " "
        + word(partitioner.supportsDynamicPartitions());
  }

  @Probe("parallel/partitioner/static-split")
  void staticSplit(Out o) {
    Integer[] array = {0, 1, 2, 3, 4, 5, 6};
    for (Iterator<Integer> part : Partitioner.create(array, false).getPartitions(3)) {
      List<Integer> items = new ArrayList<>();
      part.forEachRemaining(items::add);
      o.say("part", items);
    }
  }

  @Probe("parallel/partitioner/source-disposal")
  void sourceClosing(Out o) throws Exception {
    List<? extends Iterator<Integer>> parts =
        Partitioner.create(new ParallelSteps.Source(4, o::say)).getPartitions(2);
    o.say("made");
    o.say("moves", move(parts.get(0)) + " " + move(parts.get(1)));
    close(parts.get(0));
    o.say("first disposed");
    close(parts.get(1));
    o.say("both disposed");
    Iterable<Integer> dynamic =
        Partitioner.create(new ParallelSteps.Source(4, o::say)).getDynamicPartitions();
    o.say("asked for");
    Iterator<Integer> part = dynamic.iterator();
    move(part);
    close(part);
    o.say("partition disposed");
    close(dynamic);
    o.say("all disposed");
  }

  private static String move(Iterator<Integer> part) {
    return word(part.hasNext()) + " " + part.next();
  }

  private static void close(Object part) throws Exception {
    ((AutoCloseable) part).close();
  }

  @Probe("parallel/partitioner/ranges-in-a-loop")
  void rangesInALoop(Out o) {
    OrderablePartitioner<IntRange> ranges = Partitioner.create(0, 10, 3);
    o.say(
        show(
            Parallel.forEachIndexed(
                ranges,
                one(),
                (range, state, i) -> {
                  o.say("at " + i, show(range));
                  if (i == 2) {
                    state.breakLoop();
                  }
                })));
    o.say("long default", longs(Partitioner.create(0L, 2L)));
    o.say("flags", flags(ranges));
  }

  @Probe("parallel/partitioner/dispose-and-exceptions")
  void closingAndExceptions(Out o) {
    o.say("GetDynamicPartitions: " + failing("dynamic"));
    o.say("GetEnumerator: " + failing("get"));
    o.say("null enumerator: " + failing("null"));
    o.say("MoveNext: " + failing("move"));
    o.say("Dispose: " + failing("dispose"));
    Partitioner<Integer> source = new Partitioners.Failing("dispose");
    o.say(
        "body and Dispose: "
            + how(
                () ->
                    Parallel.forEach(
                        source,
                        one(),
                        x -> {
                          throw new ParallelSteps.ArithmeticException();
                        })));
  }

  private static String failing(String step) {
    Partitioner<Integer> source = new Partitioners.Failing(step);
    return how(() -> Parallel.forEach(source, one(), x -> {}));
  }
}
