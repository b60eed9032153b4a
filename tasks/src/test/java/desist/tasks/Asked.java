// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often loops ask for help, which never comes. */
final class Asked {
  private final AtomicInteger count = new AtomicInteger();
  private final ParallelOptions options =
      new ParallelOptions().withTaskScheduler(work -> count.incrementAndGet());

  ParallelOptions options() {
    return options;
  }

  int count() {
    return count.get();
  }
}
