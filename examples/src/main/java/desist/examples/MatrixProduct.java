// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.tasks.Parallel;
import desist.tasks.ParallelOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two matrices are multiplied row by row, on all processors, for as long as there is time. The
 * first pair is small and is done; the second is not.
 */
public final class MatrixProduct {
  private static final Duration TIME = Duration.ofSeconds(1);

  private MatrixProduct() {}

  public static void main(String[] args) {
    multiply(100);
    multiply(3_000);
  }

  private static void multiply(int size) {
    AtomicInteger done = new AtomicInteger();
    // snippet: multiply
    try (var source = new CancellationTokenSource(TIME)) {
      var options = new ParallelOptions().withCancellationToken(source.token());
      Parallel.forRange(
          0,
          size,
          options,
          row -> {
            multiplyRow(row, size);
            done.incrementAndGet();
          });
      System.out.println(size + " rows are done");
    } catch (OperationCanceledException e) {
      System.out.println("stopped: " + e.getCause());
    }
    // end
    System.out.println(
        done.get() == size ? "nothing is missing" : "some of " + size + " are missing");
  }

  /** A row of the product of two matrices whose elements are made up as they are needed. */
  private static void multiplyRow(int row, int size) {
    double[] product = new double[size];
    for (int column = 0; column < size; column++) {
      double sum = 0;
      for (int k = 0; k < size; k++) {
        sum += element(row, k) * element(k, column);
      }
      product[column] = sum;
    }
  }

  private static double element(int row, int column) {
    return 1.0 / (1 + row + column);
  }
}
