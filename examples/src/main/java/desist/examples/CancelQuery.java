// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.linq.ParallelEnumerable;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A query is canceled while it runs: first because it has the token, then because its delegate
 * throws for the token as well, and last by the delegate alone.
 */
public final class CancelQuery {
  private static final int COUNT = 100_000_000;
  private static final Duration CLICK = Duration.ofMillis(300);

  private CancelQuery() {}

  public static void main(String[] args) {
    tell("the token stops the query", CancelQuery::multiplesOfThree);
    tell("a delegate throws for the token", CancelQuery::rootsWithToken);
    tell("the query was not given the token", CancelQuery::rootsWithoutToken);
  }

  private static int[] multiplesOfThree(CancellationToken token) {
    // snippet: query
    return ParallelEnumerable.range(1, COUNT)
        .withCancellation(token) // operators look at the token themselves
        .where(n -> isMultipleOf(3, n))
        .orderDescending()
        .toArray();
    // end
  }

  private static double[] rootsWithToken(CancellationToken token) {
    return ParallelEnumerable.range(1, COUNT)
        .withCancellation(token)
        .selectToDouble(n -> root(n, token))
        .toArray();
  }

  private static double[] rootsWithoutToken(CancellationToken token) {
    return ParallelEnumerable.range(1, COUNT).selectToDouble(n -> root(n, token)).toArray();
  }

  /** Prints how the query ends, whose token is canceled after a while. */
  private static void tell(String title, Consumer<CancellationToken> query) {
    System.out.println(title);
    try (var source = new CancellationTokenSource()) {
      source.cancelAfter(CLICK);
      query.accept(source.token());
      System.out.println("  has ended before");
    } catch (OperationCanceledException e) {
      System.out.println("  OperationCanceledException: " + e.getMessage());
    } catch (AggregateException e) {
      System.out.println("  AggregateException: " + e.getMessage());
    }
  }

  /** Tells it the slow way, so that there is time to cancel. */
  private static boolean isMultipleOf(int divisor, int n) {
    for (int i = 0; i < 100; i++) {
      Thread.onSpinWait();
    }
    return n % divisor == 0;
  }

  /** Works for some milliseconds, and looks at the token after each. */
  private static double root(int n, CancellationToken token) {
    for (int i = 0; i < 5; i++) {
      workForAMillisecond();
      token.throwIfCancellationRequested();
    }
    return Math.sqrt(n);
  }

  private static void workForAMillisecond() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < 1_000_000) {
      Thread.onSpinWait();
    }
  }
}
