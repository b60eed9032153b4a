// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import desist.CancellationTokenSource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.GraphLayout;

/** Bytes of a countdown with compressed oops, and bytes allocated. */
final class CountdownEventFootprintTest {
  private static final int QUEUE = 24;

  @Test
  void anEventTakesThirtyTwoBytesBesideItsQueue() {
    CountdownEvent event = new CountdownEvent(3);

    assertThat(ClassLayout.parseInstance(event).instanceSize()).isEqualTo(32);
    assertThat(GraphLayout.parseInstance(event).totalSize()).isEqualTo(32 + QUEUE);
  }

  @Test
  void aWaitThatEndedLeavesNothingBehind() throws Exception {
    CountdownEvent event = new CountdownEvent(3);
    CancellationTokenSource source = new CancellationTokenSource();

    event.await(Duration.ofNanos(1_000), source.token());

    assertThat(GraphLayout.parseInstance(event).totalSize()).isEqualTo(32 + QUEUE);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void signalsAndWaitsThatNeedNotBlockAllocateNothing() throws Exception {
    CountdownEvent event = new CountdownEvent(Integer.MAX_VALUE);
    CountdownEvent set = new CountdownEvent(0);
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int times = 10_000;

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      event.signal();
      set.await(source.token());
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated / times).as("bytes each time").isZero();
  }
}
