// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignalGateTest {
  private final Gate gate = new Gate();

  @Test
  void theLastWordIsGivenAtOnceIfNothingPasses() {
    gate.close();

    assertThat(gate.lastWords).isEqualTo(1);
    assertThat(gate.enter()).isFalse();
  }

  @Test
  void theLastWordFollowsTheSignalThatPasses() {
    gate.enter();
    gate.close();
    assertThat(gate.lastWords).isZero();

    gate.leave();

    assertThat(gate.lastWords).isEqualTo(1);
  }

  @Test
  void theLastWordFollowsTheOuterOfTwoSignals() {
    gate.enter();
    gate.enter();
    gate.close();
    gate.leave();
    assertThat(gate.lastWords).isZero();

    gate.leave();

    assertThat(gate.lastWords).isEqualTo(1);
  }

  @Test
  void theLastWordIsGivenOnce() {
    gate.close();
    gate.close();

    assertThat(gate.tryEnd()).isFalse();
    assertThat(gate.lastWords).isEqualTo(1);
  }

  @Test
  void afterTheSendersOwnEndThereIsNoOther() {
    gate.enter();
    assertThat(gate.tryEnd()).isTrue();
    gate.close();
    gate.leave();

    assertThat(gate.lastWords).isZero();
    assertThat(gate.isOver()).isTrue();
  }

  @Test
  void anEndThatComesAfterTheLastWordWasTakenIsNone() {
    gate.enter();
    gate.close();

    assertThat(gate.tryEnd()).isFalse();
    gate.leave();
    assertThat(gate.lastWords).isEqualTo(1);
  }

  @Test
  void aSenderMayGoOnAfterItsReceiverWantsNoMore() {
    gate.tryEnd();

    assertThat(gate.enter()).isTrue();
    assertThat(gate.tryEnd()).isTrue();
    gate.leave();
    assertThat(gate.lastWords).isZero();
  }

  private static final class Gate extends SignalGate {
    int lastWords;

    @Override
    void last() {
      lastWords++;
    }
  }
}
