// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * A barrier is linearizable in every interleaving that is tried: who ends a phase and who takes his
 * signal back, in which phase newcomers first take part, and all numbers at one moment.
 *
 * <p>Participants wait for no time. Signals of one phase that wait for each other have no order in
 * which each could be done alone; their races are in the stress tests.
 */
public class BarrierLincheckTest {
  private final Barrier barrier = new Barrier(1);

  @Operation
  public String signal() throws InterruptedException {
    try {
      return barrier.signalAndWait(Duration.ZERO) ? "ended" : "taken back";
    } catch (IllegalStateException e) {
      return "refused";
    }
  }

  @Operation
  public long add() throws InterruptedException {
    return barrier.addParticipant();
  }

  @Operation
  public long addTwo() throws InterruptedException {
    return barrier.addParticipants(2);
  }

  @Operation
  public String remove() {
    try {
      barrier.removeParticipant();
      return "removed";
    } catch (IllegalArgumentException e) {
      return "nobody there";
    }
  }

  @Operation
  public long currentPhaseNumber() {
    return barrier.currentPhaseNumber();
  }

  @Operation
  public String all() {
    return barrier.toString();
  }

  @Test
  void everyAnswerFitsSomeOrder() {
    new ModelCheckingOptions()
        .iterations("long".equals(System.getProperty("desist.budget")) ? 100 : 10)
        .invocationsPerIteration(300)
        .threads(3)
        .actorsPerThread(2)
        .check(getClass());
  }
}
