// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.benchmarks.Measured.check;

import desist.CancellationTokenSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How late do delays fire, with nothing else pending and with a million?
 *
 * <p>A program: it starts delays of up to some seconds, and takes the time in a callback of each. A
 * delay counts from before its start, so one that fires early cannot hide. The floor is a thread
 * that sleeps until one instant after the other. Prints the percentiles in microseconds.
 */
final class Lateness {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final int delays;
  private final long[] late;
  private final CountDownLatch open;

  private Lateness(int delays) {
    this.delays = delays;
    this.late = new long[delays];
    this.open = new CountDownLatch(delays);
  }

  private void fired(int i, long due) {
    late[i] = System.nanoTime() - due;
    open.countDown();
  }

  private void run(String variant, int pending) throws InterruptedException {
    Random random = new Random(42);
    long[] lengths = random.longs(delays, 1_000_000, LONGEST_NANOS).toArray();
    List<Object> held = new ArrayList<>();
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    for (int i = 0; i < pending; i++) {
      long millis = 300_000L + random.nextInt(3_600_000);
      if (variant.equals("desist")) {
        held.add(new CancellationTokenSource(Duration.ofMillis(millis)));
      } else {
        held.add(executor.schedule(() -> {}, millis, TimeUnit.MILLISECONDS));
      }
    }
    System.gc();
    switch (variant) {
      case "floor" -> {
        Arrays.sort(lengths);
        long start = System.nanoTime();
        for (int i = 0; i < delays; i++) {
          long due = start + lengths[i];
          for (long left; (left = due - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(left);
          }
          fired(i, due);
        }
      }
      case "desist" -> {
        for (int i = 0; i < delays; i++) {
          int index = i;
          long due = System.nanoTime() + lengths[i];
          CancellationTokenSource source =
              new CancellationTokenSource(Duration.ofNanos(lengths[i]));
          source.token().register(() -> fired(index, due));
          held.add(source);
        }
      }
      case "executor" -> {
        for (int i = 0; i < delays; i++) {
          int index = i;
          long due = System.nanoTime() + lengths[i];
          executor.schedule(() -> fired(index, due), lengths[i], TimeUnit.NANOSECONDS);
        }
      }
      default -> throw new IllegalArgumentException("variant: " + variant);
    }
    check(open.await(60, TimeUnit.SECONDS), open.getCount() + " delays did not fire");
    executor.shutdownNow();
    Arrays.sort(late);
    print(pending, "earliest", variant, late[0]);
    print(pending, "50 %", variant, late[delays / 2]);
    print(pending, "99 %", variant, late[(int) (delays * 0.99)]);
    print(pending, "99.9 %", variant, late[(int) (delays * 0.999)]);
    print(pending, "latest", variant, late[delays - 1]);
    check(held.size() >= pending, "nothing was pending");
  }

  private static void print(int pending, String percentile, String variant, long nanos) {
    double micros = nanos / 1e3;
    Figures.print(
        "Lateness", "pending=" + pending + "," + percentile, variant, micros, micros, micros);
  }

  public static void main(String[] args) throws InterruptedException {
    new Lateness(Integer.parseInt(args[1])).run(args[0], Integer.parseInt(args[2]));
  }
}
