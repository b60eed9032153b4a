// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/** A thread of the default scheduler. */
final class PoolThread extends ForkJoinWorkerThread {
  final Current current = new Current();

  /** How much it has run, for {@link Job#takeInFromOutside()}; written by itself alone. */
  int turns;

  @SuppressWarnings("this-escape") // setters of Thread
  PoolThread(ForkJoinPool pool, int number) {
    super(pool);
    setName("desist-pool-" + number);
    setDaemon(true);
    setContextClassLoader(ClassLoader.getSystemClassLoader());
  }
}
