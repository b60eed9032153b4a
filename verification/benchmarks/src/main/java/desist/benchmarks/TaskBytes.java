// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.benchmarks.Measured.check;

import com.sun.management.ThreadMXBean;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.tasks.Task;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinTask;
import kotlinx.coroutines.Deferred;
import org.jspecify.annotations.Nullable;

/**
 * How much does a task allocate from its start to its end, and how much heap does it take when it
 * has ended, for as long as somebody holds it?
 *
 * <p>A program and not a JMH benchmark, since the heap is what is measured. Prints the bytes for
 * each task of the variant that is its argument. Body and result are shared, and not counted; nor
 * is the reference by which each is held.
 */
final class TaskBytes {
  /** So many are started before they are waited for. */
  private static final int BATCH = 1000;

  private static final int ROUNDS = 4;
  private static final Integer RESULT = 42;
  private static final Callable<Integer> BODY = () -> RESULT;

  private final @Nullable Object[] held;
  private final CancellationToken token = new CancellationTokenSource().token();
  private final bolts.CancellationToken boltsToken = new bolts.CancellationTokenSource().getToken();

  private TaskBytes(int count) {
    this.held = new @Nullable Object[count];
  }

  private static Object start(String variant, CancellationToken token, bolts.CancellationToken of) {
    return switch (variant) {
      case "floor" -> new Least(RESULT);
      case "desist" -> Task.run(BODY, token);
      case "desistWithoutToken" -> Task.run(BODY);
      case "bareForkJoinTask" -> Pools.FORK_JOIN.submit(BODY);
      case "completableFuture" -> CompletableFuture.supplyAsync(() -> RESULT, Pools.FORK_JOIN);
      case "kotlinDeferred" -> Coroutines.async(BODY);
      case "bolts" -> bolts.Task.callInBackground(BODY, of);
      default -> throw new IllegalArgumentException("variant: " + variant);
    };
  }

  private static @Nullable Object join(@Nullable Object task) throws InterruptedException {
    if (task instanceof Least least) {
      return least.result;
    } else if (task instanceof Task<?> ours) {
      return ours.result();
    } else if (task instanceof ForkJoinTask<?> bare) {
      return bare.join();
    } else if (task instanceof CompletableFuture<?> future) {
      return future.join();
    } else if (task instanceof Deferred<?> deferred) {
      return deferred.isCompleted() ? deferred.getCompleted() : Coroutines.join(deferred);
    } else if (task instanceof bolts.Task<?> bolts) {
      bolts.waitForCompletion();
      return bolts.getResult();
    }
    throw new IllegalArgumentException("task: " + task);
  }

  /** The least: an object that holds the result. */
  private record Least(Integer result) {}

  private void run(String variant) throws InterruptedException {
    double kept = 0;
    double allocated = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Arrays.fill(held, null);
      long used = LiveTokens.used();
      long before = allocated();
      fill(variant);
      allocated = (allocated() - before) / (double) held.length;
      kept = (LiveTokens.used() - used) / (double) held.length;
    }
    check(kept > 1 && allocated > 1, kept + " bytes kept, " + allocated + " allocated");
    Figures.print("TaskBytes", "allocated", variant, allocated, allocated, allocated);
    Figures.print("TaskBytes", "kept", variant, kept, kept, kept);
  }

  private void fill(String variant) throws InterruptedException {
    for (int from = 0; from < held.length; from += BATCH) {
      int to = Math.min(from + BATCH, held.length);
      for (int i = from; i < to; i++) {
        held[i] = start(variant, token, boltsToken);
      }
      for (int i = from; i < to; i++) {
        check(join(held[i]) == RESULT, "another result");
      }
    }
  }

  /** What all threads together have allocated; none of them ends meanwhile. */
  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  public static void main(String[] args) throws InterruptedException {
    new TaskBytes(Integer.parseInt(args[1])).run(args[0]);
    System.exit(0); // Bolts' threads are no daemons
  }
}
