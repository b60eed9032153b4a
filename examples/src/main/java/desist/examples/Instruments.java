// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Eleven instruments take ten readings each, all at the same time. A reading of zero means that an
 * instrument is broken: it cancels everything, and no mean is computed.
 */
public final class Instruments {
  static final int COUNT = 11;
  static final int READINGS = 10;

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Instruments() {}

  public static void main(String[] args) throws Exception {
    Random random = new Random();
    IntSupplier sound = () -> 1 + random.nextInt(99);
    report(instruments(sound));
    System.out.println();

    List<Instrument> oneIsBroken = instruments(sound);
    oneIsBroken.set(6, new Instrument(7, IntStream.of(31, 12, 4, 0).iterator()::nextInt));
    report(oneIsBroken);
  }

  /**
   * Lets all instruments work at once and returns the mean of what they read.
   *
   * @throws OperationCanceledException if one of them is broken, which is then the cause
   */
  static double mean(List<Instrument> instruments, Duration pause)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(instruments.size());
    try (var source = new CancellationTokenSource()) {
      List<Callable<Integer>> work = new ArrayList<>();
      for (Instrument instrument : instruments) {
        work.add(() -> sum(instrument, pause, source));
      }
      List<Future<Integer>> sums = threads.invokeAll(work);

      source.token().throwIfCancellationRequested(); // no mean of half the readings
      double total = 0;
      for (Future<Integer> sum : sums) {
        total += sum.get();
      }
      return total / (instruments.size() * READINGS);
    } finally {
      threads.shutdown();
    }
  }

  private static int sum(Instrument instrument, Duration pause, CancellationTokenSource source)
      throws InterruptedException {
    int sum = 0;
    // snippet: read
    for (int i = 0; i < READINGS && !source.isCancellationRequested(); i++) {
      int reading = instrument.read();
      if (reading == 0) {
        source.cancelBecause(instrument.broken());
      }
      sum += reading;
      source.token().awaitCancellation(pause); // a pause that can be cut
    }
    // end
    return sum;
  }

  private static List<Instrument> instruments(IntSupplier readings) {
    List<Instrument> instruments = new ArrayList<>();
    for (int number = 1; number <= COUNT; number++) {
      instruments.add(new Instrument(number, readings));
    }
    return instruments;
  }

  private static void report(List<Instrument> instruments) throws Exception {
    String result;
    try {
      result = String.format("mean: %.1f", mean(instruments, PAUSE));
    } catch (OperationCanceledException e) {
      result = "no mean: " + e.getCause();
    }
    instruments.forEach(System.out::println);
    System.out.println(result);
  }

  /** An instrument, and the readings it has taken. Used by one thread at a time. */
  static final class Instrument {
    private final int number;
    private final IntSupplier source;
    private final List<Integer> readings = new ArrayList<>();

    Instrument(int number, IntSupplier source) {
      this.number = number;
      this.source = source;
    }

    int read() {
      int reading = source.getAsInt();
      readings.add(reading);
      return reading;
    }

    RuntimeException broken() {
      return new IllegalStateException("instrument " + number + " is broken");
    }

    List<Integer> readings() {
      return readings;
    }

    @Override
    public String toString() {
      return String.format("instrument %2d ", number)
          + readings.stream().map(r -> String.format("%4d", r)).collect(Collectors.joining());
    }
  }
}
