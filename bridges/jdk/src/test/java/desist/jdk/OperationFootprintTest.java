// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

/** Bytes of an operation that is not canceled, with compressed oops. */
class OperationFootprintTest {
  private static final int CALLS = 10_000;

  @Test
  void anInterruptTakesTwentyFourBytesAndARegistration() {
    CancellationTokenSource source = new CancellationTokenSource();
    Interrupt interrupt = new Interrupt(Thread.currentThread());

    interrupt.begin(source.token());

    assertThat(ClassLayout.parseInstance(interrupt).instanceSize()).isEqualTo(24);
    assertThat(source.registrationCount()).isEqualTo(1);
  }

  @Test
  void aCallWithATokenThatCannotBeCanceledAllocatesNothing() throws Exception {
    assertThat(allocatedByCalls(CancellationToken.none())).isLessThan(CALLS);
  }

  @Test
  void aCallWithALiveTokenAllocatesAnInterruptAndARegistration() throws Exception {
    long bytes = allocatedByCalls(new CancellationTokenSource().token());

    assertThat(bytes / CALLS).isLessThanOrEqualTo(24 + 32);
  }

  private static long allocatedByCalls(CancellationToken token) throws Exception {
    call(token);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    call(token);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void call(CancellationToken token) throws Exception {
    for (int i = 0; i < CALLS; i++) {
      Interruption.run(() -> {}, token);
    }
  }
}
