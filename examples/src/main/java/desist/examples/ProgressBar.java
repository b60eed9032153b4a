// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.linq.ParallelEnumerable;
import desist.tasks.PeriodicTimer;
import desist.tasks.Task;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Counts primes on all processors, under a progress bar, until a key is pressed. */
public final class ProgressBar {
  private static final int NUMBERS = 5_000_000;
  private static final int WIDTH = 50;
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final int numbers;

  /** Counts the numbers that were looked at, and the primes among them. */
  private final LongAdder looked = new LongAdder();

  private final LongAdder primes = new LongAdder();

  ProgressBar(int numbers) {
    this.numbers = numbers;
  }

  public static void main(String[] args) throws Exception {
    ProgressBar search = new ProgressBar(NUMBERS);
    try (var source = new CancellationTokenSource();
        var timer = new PeriodicTimer(PERIOD)) {
      long[] pressed = new long[1];
      Keys.onPress(
          key -> {
            pressed[0] = System.nanoTime();
            source.tryCancel();
          });
      Task<?> bar = Task.runAction(() -> search.drawWith(timer));
      boolean isDone = search.run(source.token());
      long ended = System.nanoTime();
      timer.close(); // the bar is drawn no more
      bar.join();
      search.draw();
      System.out.println();
      System.out.println(search.report());
      if (!isDone) {
        System.out.printf(
            Locale.ROOT, "stopped %.1f ms after the key%n", (ended - pressed[0]) / 1e6);
      }
    }
  }

  /** Returns whether all numbers were looked at, or false if the token has stopped it. */
  boolean run(CancellationToken token) {
    // snippet: progress
    try {
      ParallelEnumerable.range(0, numbers)
          .withCancellation(token)
          .where(this::isPrime) // counts each number that it looks at
          .forAll(prime -> primes.increment());
      return true;
    } catch (OperationCanceledException e) {
      return false; // nothing of the query runs any longer: the counts stand
    }
    // end
  }

  /** Tells how far the search has come. */
  String report() {
    return String.format(
        Locale.ROOT,
        "looked at %,d of %,d numbers, of which %,d are prime",
        looked.sum(),
        numbers,
        primes.sum());
  }

  private void drawWith(PeriodicTimer timer) throws InterruptedException {
    while (timer.waitForNextTickAsync().await()) {
      draw();
    }
  }

  private void draw() {
    int done = (int) (looked.sum() * WIDTH / numbers);
    System.out.printf(
        "\r[%s%s] %d %%", "=".repeat(done), " ".repeat(WIDTH - done), looked.sum() * 100 / numbers);
    System.out.flush();
  }

  private boolean isPrime(int n) {
    looked.increment();
    for (int i = 2; i <= n / i; i++) {
      if (n % i == 0) {
        return false;
      }
    }
    return n > 1;
  }
}
