// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HostClassTest {
  @Test
  void loopsInAStaticInitializerEnd() throws Exception {
    assertThat(TestThreads.start(() -> Initialized.SUM.get()).join())
        .isEqualTo(Initialized.LOOPS * (100 * 99 / 2));
  }

  /** Its initializer calls loops with a lambda of its own: enough of them to meet a helper. */
  private static final class Initialized {
    static final int LOOPS = 2000;
    static final AtomicLong SUM = new AtomicLong();

    static {
      for (int loop = 0; loop < LOOPS; loop++) {
        Parallel.forRange(0, 100, i -> SUM.addAndGet(i));
      }
    }
  }

  @Test
  void anObjectThatIsNoLambdaIsNotWaitedFor() {
    HostClass.awaitInitialized(new Object());
    HostClass.awaitInitialized((Runnable) () -> {});
  }
}
