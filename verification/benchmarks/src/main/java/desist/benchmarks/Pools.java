// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/** Where peers run what they start. */
final class Pools {
  /** The default pool of CompletableFuture makes a thread for each task where it has two cores. */
  static final ForkJoinPool FORK_JOIN = new ForkJoinPool(2);

  private Pools() {}

  /** A virtual thread for each task; from JDK 21 on. */
  static final class Virtual {
    static final ExecutorService THREADS = make();

    private Virtual() {}

    private static ExecutorService make() {
      try {
        return (ExecutorService)
            Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      } catch (ReflectiveOperationException e) {
        throw new UnsupportedOperationException("virtual threads", e);
      }
    }
  }
}
