// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.benchmarks.Measured.check;
import static desist.linq.ParallelEnumerable.range;

import com.sun.management.OperatingSystemMXBean;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.tasks.Parallel;
import desist.tasks.ParallelOptions;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Are all processors busy to the end where the last tenth of the items costs a hundred times more?
 * And of ten equal queries that run at once, how much longer does the slowest take than the
 * fastest?
 *
 * <p>A program: prints the percentage of the processors' time that was used, and the ratio, each as
 * the median of some rounds. Ours with a live token.
 */
final class Skew {
  private static final int AT_ONCE = 10;
  private static final int WARMUPS = 3;

  /** A loop or query that adds up what the items of [0, size) come to. */
  @FunctionalInterface
  private interface Sum {
    long of(int size);
  }

  private final CancellationToken token = new CancellationTokenSource().token();
  private final ParallelOptions options = new ParallelOptions().withCancellationToken(token);
  private final int size;
  private final int rounds;

  private Skew(int size, int rounds) {
    this.size = size;
    this.rounds = rounds;
  }

  private Map<String, Sum> variants() {
    Map<String, Sum> variants = new TreeMap<>();
    variants.put("desist", n -> range(0, n).withCancellation(token).selectToLong(this::item).sum());
    variants.put(
        "desistOrdered",
        n ->
            Arrays.stream(
                    range(0, n)
                        .asOrdered()
                        .withCancellation(token)
                        .selectToLong(this::item)
                        .toArray())
                .sum());
    variants.put(
        "desistLoop",
        n -> {
          LongAdder sum = new LongAdder();
          Parallel.forRange(0, n, options, i -> sum.add(item(i)));
          return sum.sum();
        });
    variants.put(
        "desistLoopByRanges",
        n -> {
          LongAdder sum = new LongAdder();
          Parallel.forEachRange(0, n, options, (from, to) -> sum.add(items(from, to)));
          return sum.sum();
        });
    variants.put(
        "parallelStream", n -> IntStream.range(0, n).parallel().mapToLong(this::item).sum());
    variants.put("handForked", n -> HandForked.over(n, 1 << 10, this::items, Long::sum));
    return variants;
  }

  private long item(int i) {
    if (i < cheapItems()) {
      return Work.heavy(i);
    }
    long sum = 0;
    for (int j = 0; j < 100; j++) {
      sum += Work.heavy(i + j);
    }
    return sum;
  }

  /** Returns how many items cost the same, before those that cost more. */
  private int cheapItems() {
    return size - size / 10;
  }

  private long items(int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += item(i);
    }
    return sum;
  }

  private void run() throws InterruptedException {
    long expected = items(0, size);
    for (Map.Entry<String, Sum> variant : variants().entrySet()) {
      double[] busy = new double[rounds];
      double[] ratios = new double[rounds];
      for (int round = -WARMUPS; round < rounds; round++) {
        double used = busy(variant.getValue(), expected, size);
        double ratio = ratio(variant.getValue());
        if (round >= 0) {
          busy[round] = used;
          ratios[round] = ratio;
        }
      }
      print("busy %", variant.getKey(), busy);
      print("slowest ÷ fastest", variant.getKey(), ratios);
    }
  }

  /** Returns the percentage of the processors' time that a run used. */
  private static double busy(Sum variant, long expected, int size) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long usedBefore = system.getProcessCpuTime();
    long start = System.nanoTime();
    long sum = variant.of(size);
    long took = System.nanoTime() - start;
    long used = system.getProcessCpuTime() - usedBefore;
    check(sum == expected, "the sum is " + sum);
    return 100.0 * used / (took * Runtime.getRuntime().availableProcessors());
  }

  /** Returns how much longer the slowest of ten runs at once takes than the fastest. */
  private double ratio(Sum variant) throws InterruptedException {
    long[] nanos = new long[AT_ONCE];
    CountDownLatch go = new CountDownLatch(1);
    Thread[] callers = new Thread[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++) {
      int number = i;
      callers[i] =
          new Thread(
              () -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  return; // and its time is missing
                }
                long start = System.nanoTime();
                variant.of(cheapItems());
                nanos[number] = System.nanoTime() - start;
              });
      callers[i].start();
    }
    go.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
    Arrays.sort(nanos);
    check(nanos[0] > 0, "a run without a time");
    return nanos[AT_ONCE - 1] / (double) nanos[0];
  }

  private static void print(String params, String variant, double[] values) {
    Arrays.sort(values);
    double median = values[values.length / 2];
    Figures.print("Skew", params, variant, median, values[0], values[values.length - 1]);
  }

  public static void main(String[] args) throws InterruptedException {
    new Skew(Integer.parseInt(args[0]), Integer.parseInt(args[1])).run();
  }
}
