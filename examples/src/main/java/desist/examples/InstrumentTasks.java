// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.tasks.Task;
import desist.tasks.TaskCanceledException;
import desist.tasks.TaskFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * Eleven instruments take ten readings each, as tasks of one factory with one token. A reading of
 * zero cancels; then the task that computes the mean never runs, and asking for the mean throws.
 */
public final class InstrumentTasks {
  private static final int COUNT = 11;
  private static final int READINGS = 10;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private InstrumentTasks() {}

  public static void main(String[] args) throws InterruptedException {
    Random random = new Random();
    List<IntSupplier> instruments = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      instruments.add(() -> 1 + random.nextInt(100));
    }
    report(instruments);

    instruments.set(6, IntStream.of(31, 12, 4, 0).iterator()::nextInt);
    report(instruments);
  }

  private static void report(List<IntSupplier> instruments) throws InterruptedException {
    try {
      var source = new CancellationTokenSource(); // not closed: instruments may still read
      System.out.printf("the mean is %.1f%n", mean(instruments, PAUSE, source));
    } catch (AggregateException e) {
      for (Throwable failure : e.innerExceptions()) {
        System.out.println("unable to compute the mean: " + describe(failure));
      }
    }
  }

  private static String describe(Throwable failure) {
    return failure instanceof TaskCanceledException
        ? failure.getMessage() + " Because: " + failure.getCause()
        : failure.toString();
  }

  /**
   * Returns the mean of what all instruments read.
   *
   * @throws AggregateException with a {@link TaskCanceledException}, if one of them reads zero
   */
  static double mean(List<IntSupplier> instruments, Duration pause, CancellationTokenSource source)
      throws InterruptedException {
    // snippet: factory
    TaskFactory factory = new TaskFactory(source.token());
    List<Task<int[]>> readings = new ArrayList<>();
    for (IntSupplier instrument : instruments) {
      readings.add(factory.startNew(() -> read(instrument, pause, source)));
    }
    Task<Double> mean = factory.continueWhenAll(readings, InstrumentTasks::meanOf);
    return mean.result(); // throws, if the token was canceled
    // end
  }

  private static int[] read(IntSupplier instrument, Duration pause, CancellationTokenSource source)
      throws InterruptedException {
    CancellationToken token = source.token();
    int[] readings = new int[READINGS];
    for (int i = 0; i < READINGS; i++) {
      token.throwIfCancellationRequested();
      readings[i] = instrument.getAsInt();
      if (readings[i] == 0) {
        source.cancelBecause(new IllegalStateException("a reading of zero"));
      }
      token.awaitCancellation(pause); // a pause that can be cut
    }
    return readings;
  }

  private static double meanOf(List<Task<int[]>> readings) {
    System.out.println("computing the mean");
    return readings.stream().flatMapToInt(r -> IntStream.of(r.resultNow())).average().orElseThrow();
  }
}
