// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.GraphLayout;

/** Bytes of a barrier with compressed oops. */
final class BarrierFootprintTest {
  private static final int QUEUE = 24;
  private static final int PHASE = 32 + 24;

  @Test
  void aBarrierTakesFortyBytesBesideItsQueueAndItsPhase() {
    Barrier barrier = new Barrier(3);

    assertThat(ClassLayout.parseInstance(barrier).instanceSize()).isEqualTo(40);
    assertThat(GraphLayout.parseInstance(barrier).totalSize()).isEqualTo(40 + QUEUE + PHASE);
  }

  @Test
  void neitherPhasesNorWaitsThatEndedLeaveAnythingBehind() throws Exception {
    Barrier barrier = new Barrier(1);
    CancellationTokenSource source = new CancellationTokenSource();

    barrier.signalAndWait(source.token());
    barrier.addParticipant();
    barrier.signalAndWait(Duration.ofNanos(1_000), source.token());

    assertThat(GraphLayout.parseInstance(barrier).totalSize()).isEqualTo(40 + QUEUE + PHASE);
    assertThat(source.registrationCount()).isZero();
  }
}
