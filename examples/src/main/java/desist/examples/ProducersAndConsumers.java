// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.threading.BlockingCollection;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Bakers put rolls on a counter that has room for five, and sellers take them off. Any key sends
 * the bakers home. The sellers sell what is left, and then there is no more for them to wait for.
 */
public final class ProducersAndConsumers {
  private static final int BAKERS = 3;
  private static final int SELLERS = 2;

  private final BlockingCollection<String> counter = new BlockingCollection<>(5);
  private final Duration pause;

  ProducersAndConsumers(Duration pause) {
    this.pause = pause;
  }

  public static void main(String[] args) throws Exception {
    try (var source = new CancellationTokenSource(Duration.ofSeconds(20))) {
      Keys.onPress(key -> source.tryCancel());
      Sales sales = new ProducersAndConsumers(Duration.ofMillis(100)).work(source.token());
      System.out.printf("%nbaked %d, sold %d%n", sales.baked(), sales.sold());
    }
  }

  /** Has all of them work until the token is canceled and the counter is empty. */
  Sales work(CancellationToken token) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> bakers = start(threads, BAKERS, () -> bake(token));
      List<Future<Integer>> sellers = start(threads, SELLERS, this::sell);
      int baked = sum(bakers);
      counter.completeAdding();
      return new Sales(baked, sum(sellers));
    } finally {
      threads.shutdownNow();
    }
  }

  private int bake(CancellationToken token) throws InterruptedException {
    int baked = 0;
    // snippet: bake
    try {
      while (true) {
        counter.add("o", token); // waits for room
        baked++;
      }
    } catch (OperationCanceledException e) {
      return baked; // the roll that found no room is not on the counter
    }
    // end
  }

  private int sell() {
    int sold = 0;
    for (String roll : counter.getConsumingEnumerable()) { // ends with the last roll
      sold++;
      System.out.print(roll);
      System.out.flush();
      LockSupport.parkNanos(pause.toNanos()); // so that there is something to see
    }
    return sold;
  }

  private static List<Future<Integer>> start(
      ExecutorService threads, int workers, Callable<Integer> work) {
    return Collections.nCopies(workers, work).stream().map(threads::submit).toList();
  }

  private static int sum(List<Future<Integer>> results)
      throws InterruptedException, ExecutionException {
    int sum = 0;
    for (Future<Integer> result : results) {
      sum += result.get();
    }
    return sum;
  }

  /** How many rolls came to the counter, and how many went. */
  record Sales(int baked, int sold) {}
}
