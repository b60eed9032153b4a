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
 * <p>A program: after some thousand delegates at the most, at times as many as chance will have it,
 * another thread cancels, or the delegate itself does. Each case is warmed up first. Where what
 * comes before the operator takes long there are fewer rounds, two hundred at least. Prints for
 * each case the median, 99 % and the worst, in microseconds; fails if a delegate begins after the
 * return.
 *
 * <p>The floor is two loops that look at the token before each call. With two processors another
 * thread is one too many for the machine, so what the system takes to schedule them is in all that
 * it cancels. Where a delegate cancels there are as many threads as processors.
 */
final class CancelLatency {
  private static final int MOST_CALLS = 3_000;
  private static final long WARM_UP_NANOS = 2_000_000_000L;
  private static final int LEAST_ROUNDS = 200;
  private static final long ENOUGH_NANOS = 1_000_000_000L;

  /** Who cancels. */
  enum Canceler {
    ANOTHER_THREAD("another thread"),
    DELEGATE("a delegate");

    private final String words;

    Canceler(String words) {
      this.words = words;
    }

    /** Names a figure of what it cancels. */
    String params(String percentile) {
      return words + ", " + percentile;
    }
  }

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
    private final Canceler canceler;
    private final int calls;
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch isTime = new CountDownLatch(1);

    /** When the request was made; the case returns after that. */
    private volatile long requested;

    /** Of the caller: when the case has returned, and how many delegates had begun by then. */
    private long returned;

    private int begunInTime;

    Round(EveryOperator.Case body, Canceler canceler, int calls) {
      this.body = body;
      this.canceler = canceler;
      this.calls = calls;
    }

    @Override
    public int work(int number) {
      if (begun.incrementAndGet() == calls) {
        if (canceler == Canceler.DELEGATE) {
          cancel();
        }
        isTime.countDown();
      }
      return Work.heavy(number) == 0 ? -1 : number;
    }

    void cancel() {
      requested = System.nanoTime();
      source.cancel();
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
  private long round(EveryOperator.Case body, Canceler canceler)
      throws InterruptedException, ExecutionException {
    Round round = new Round(body, canceler, 1 + random.nextInt(MOST_CALLS));
    var ended = caller.submit(round::run);
    round.isTime.await();
    if (canceler == Canceler.ANOTHER_THREAD) {
      round.cancel();
    }
    ended.get();
    check(round.begun.get() == round.begunInTime, "a delegate began after the return");
    check(round.source.registrationCount() == 0, "something is registered still");
    return round.returned - round.requested;
  }

  private void run(String name, EveryOperator.Case body)
      throws InterruptedException, ExecutionException {
    warmUp(body);
    for (Canceler canceler : Canceler.values()) {
      run(name, body, canceler);
    }
  }

  /** Runs until the compiler, whose threads would be two too many, has little left to do. */
  private void warmUp(EveryOperator.Case body) throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + (rounds > 1 ? WARM_UP_NANOS : 0);
    do {
      for (Canceler canceler : Canceler.values()) {
        round(body, canceler);
      }
    } while (System.nanoTime() - end < 0);
  }

  private void run(String name, EveryOperator.Case body, Canceler canceler)
      throws InterruptedException, ExecutionException {
    long[] nanos = new long[rounds];
    long end = System.nanoTime() + ENOUGH_NANOS;
    int count = 0;
    while (count < rounds && (count < LEAST_ROUNDS || System.nanoTime() - end < 0)) {
      nanos[count++] = round(body, canceler);
    }
    Arrays.sort(nanos, 0, count);
    print(name, canceler.params("50 %"), nanos[count / 2]);
    print(name, canceler.params("99 %"), nanos[(int) (count * 0.99)]);
    print(name, canceler.params("worst"), nanos[count - 1]);
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

  private static void print(String name, String params, long nanos) {
    double micros = nanos / 1e3;
    Figures.print("CancelLatency", params, name, micros, micros, micros);
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
