// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.benchmarks.Measured.check;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long does it take from {@code cancel()} to the return of a query or a loop, whichever
 * operator it is in, with delegates that take about a microsecond?
 *
 * <p>A program: another thread cancels after some thousand delegates at the most, at times as many
 * as chance will have it. Where what comes before the operator takes long there are fewer rounds, a
 * hundred at least. Prints for each case the median, 99 % and the worst, in microseconds; fails if
 * a delegate begins after the return.
 *
 * <p>The floor is two loops that look at the token before each call. With two processors it is one
 * thread too many for the machine, as all others are, so what the system takes to schedule them is
 * in all.
 */
final class CancelLatency {
  private static final int MOST_CALLS = 3_000;
  private static final int WARMUPS = 20;
  private static final int LEAST_ROUNDS = 100;
  private static final long ENOUGH_NANOS = 3_000_000_000L;

  private static final ExecutorService OTHER = Executors.newSingleThreadExecutor();

  private final ExecutorService caller = Executors.newSingleThreadExecutor();
  private final Random random = new Random(42);
  private final int rounds;

  private CancelLatency(int rounds) {
    this.rounds = rounds;
  }

  /** One run of a case that is canceled. */
  private static final class Round implements EveryOperator.Delegate {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final EveryOperator.Case body;
    private final int calls;
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch isTime = new CountDownLatch(1);

    /** Of the caller: when the case has returned, and how many delegates had begun by then. */
    private long returned;

    private int begunInTime;

    Round(EveryOperator.Case body, int calls) {
      this.body = body;
      this.calls = calls;
    }

    @Override
    public int work(int number) {
      if (begun.incrementAndGet() == calls) {
        isTime.countDown();
      }
      return Work.heavy(number) == 0 ? -1 : number;
    }

    void run() {
      CancellationToken token = source.token();
      try {
        body.run(token, this);
        throw new IllegalStateException("has come to its end");
      } catch (OperationCanceledException e) {
        returned = System.nanoTime();
        begunInTime = begun.get();
        check(e.token() == token, "canceled by another token");
      } catch (Exception e) {
        throw new IllegalStateException("has failed", e);
      } finally {
        isTime.countDown();
      }
    }
  }

  /** Returns the nanoseconds from the request to the return. */
  private long round(EveryOperator.Case body) throws InterruptedException, ExecutionException {
    Round round = new Round(body, 1 + random.nextInt(MOST_CALLS));
    var ended = caller.submit(round::run);
    round.isTime.await();
    long start = System.nanoTime();
    round.source.cancel();
    ended.get();
    check(round.begun.get() == round.begunInTime, "a delegate began after the return");
    check(round.source.registrationCount() == 0, "something is registered still");
    return round.returned - start;
  }

  private void run(String name, EveryOperator.Case body)
      throws InterruptedException, ExecutionException {
    for (int i = 0; i < WARMUPS; i++) {
      round(body);
    }
    long[] nanos = new long[rounds];
    long end = System.nanoTime() + ENOUGH_NANOS;
    int count = 0;
    while (count < rounds && (count < LEAST_ROUNDS || System.nanoTime() - end < 0)) {
      nanos[count++] = round(body);
    }
    Arrays.sort(nanos, 0, count);
    print(name, "50 %", nanos[count / 2]);
    print(name, "99 %", nanos[(int) (count * 0.99)]);
    print(name, "worst", nanos[count - 1]);
  }

  /** Works in two loops written by hand, until the token is canceled. */
  private static void floor(CancellationToken token, EveryOperator.Delegate delegate) {
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> loop(token, delegate), OTHER);
    loop(token, delegate);
    other.join();
    token.throwIfCancellationRequested();
  }

  private static void loop(CancellationToken token, EveryOperator.Delegate delegate) {
    for (int number = 0; !token.isCancellationRequested(); number++) {
      delegate.work(number);
    }
  }

  private static void print(String name, String percentile, long nanos) {
    double micros = nanos / 1e3;
    Figures.print("CancelLatency", percentile, name, micros, micros, micros);
  }

  public static void main(String[] args) throws InterruptedException, ExecutionException {
    CancelLatency latency = new CancelLatency(Integer.parseInt(args[0]));
    latency.run("floor", CancelLatency::floor);
    for (Map.Entry<String, EveryOperator.Case> each : EveryOperator.cases().entrySet()) {
      if (args.length == 1 || each.getKey().startsWith(args[1])) {
        latency.run(each.getKey(), each.getValue());
      }
    }
    latency.caller.shutdown();
    OTHER.shutdown();
  }
}
