// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.benchmarks.Measured.check;
import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.Waits;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How long does it take to end a hundred thousand virtual threads by one token, each of which waits
 * for an object of its own?
 *
 * <p>A program, since it is over when the last thread is; from JDK 21 on. Prints the milliseconds
 * from before the request to its return, and to when the last thread has left its wait by an
 * exception: the median of some rounds, the least and the most. The first round, in which nothing
 * is compiled yet, counts like the others. The floor is plain waits that are interrupted one after
 * the other.
 */
final class ManyWaits {
  private static final int ROUNDS = 9;
  private static final long LOOK_NANOS = 1_000_000;

  private final String variant;
  private final int threads;

  private ManyWaits(String variant, int threads) {
    this.variant = variant;
    this.threads = threads;
  }

  /** Threads that wait for the same request. */
  private final class Round {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final AtomicReferenceArray<@Nullable Thread> waiting =
        new AtomicReferenceArray<>(threads);
    private final AtomicInteger canceled = new AtomicInteger();
    private final CountDownLatch running = new CountDownLatch(threads);

    /** Starts all threads, and returns when all wait. */
    void start() {
      for (int i = 0; i < threads; i++) {
        int number = i;
        Pools.Virtual.THREADS.execute(
            () -> {
              waiting.set(number, Thread.currentThread());
              await();
              running.countDown();
            });
      }
      for (int i = 0; i < threads; i++) {
        while (!isWaiting(waiting.get(i))) {
          LockSupport.parkNanos(LOOK_NANOS);
        }
      }
    }

    private boolean isWaiting(@Nullable Thread thread) {
      return thread != null
          && (thread.getState() == Thread.State.WAITING
              || thread.getState() == Thread.State.TIMED_WAITING);
    }

    private void await() {
      try {
        await(source.token());
      } catch (OperationCanceledException | InterruptedException e) {
        canceled.incrementAndGet();
      }
    }

    private void await(CancellationToken token) throws InterruptedException {
      switch (variant) {
        case "floor" -> new LinkedBlockingQueue<Integer>().take();
        case "desist" -> Waits.take(new LinkedBlockingQueue<Integer>(), token);
        case "desistLatch" -> Waits.await(new CountDownLatch(1), token);
        case "desistSleep" -> Waits.sleep(Duration.ofHours(1), token);
        default -> throw new IllegalArgumentException("variant: " + variant);
      }
    }

    void cancel() {
      if (!variant.equals("floor")) {
        source.cancel();
        return;
      }
      for (int i = 0; i < threads; i++) {
        requireNonNull(waiting.get(i)).interrupt();
      }
    }

    void join() throws InterruptedException {
      running.await();
      check(canceled.get() == threads, canceled + " canceled of " + threads);
      check(source.registrationCount() == 0, "something is registered still");
    }
  }

  private void run() throws InterruptedException {
    double[] requested = new double[ROUNDS];
    double[] ended = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      Round round = new Round();
      round.start();
      long start = System.nanoTime();
      round.cancel();
      requested[i] = (System.nanoTime() - start) / 1e6;
      round.join();
      ended[i] = (System.nanoTime() - start) / 1e6;
    }
    print("cancel()", requested);
    print("all ended", ended);
  }

  private void print(String params, double[] millis) {
    Arrays.sort(millis);
    Figures.print("ManyWaits", params, variant, millis[ROUNDS / 2], millis[0], millis[ROUNDS - 1]);
  }

  public static void main(String[] args) throws InterruptedException {
    new ManyWaits(args[0], Integer.parseInt(args[1])).run();
  }
}
