// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import static org.assertj.core.api.Assertions.fail;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The garbage collector, made to run. */
final class Garbage {
  private static final long LIMIT = TimeUnit.SECONDS.toNanos(10);

  private Garbage() {}

  /**
   * Runs the collector until the clock, which lets go of what was collected when it is next used,
   * has let go of the referent too; fails if that takes ten seconds.
   */
  static void awaitCollection(WeakReference<?> reference, FakeTimeProvider clock) {
    long start = System.nanoTime();
    while (reference.get() != null) {
      if (System.nanoTime() - start > LIMIT) {
        fail("still reachable: " + reference.get());
      }
      System.gc();
      clock.advance(Duration.ZERO);
    }
  }
}
