// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * A countdown is linearizable in every interleaving that is tried: the count, who is told that it
 * came to zero, and who is told that nothing can be added any more.
 */
public class CountdownEventLincheckTest {
  private final CountdownEvent event = new CountdownEvent(2);

  @Operation
  public String signal() {
    return signal(1);
  }

  @Operation
  public String signalTwo() {
    return signal(2);
  }

  @Operation
  public boolean tryAddCount() {
    return event.tryAddCount();
  }

  @Operation
  public void reset() {
    event.reset();
  }

  @Operation
  public void resetToOne() {
    event.reset(1);
  }

  @Operation
  public int currentCount() {
    return event.currentCount();
  }

  @Operation
  public int initialCount() {
    return event.initialCount();
  }

  @Operation
  public boolean poll() throws InterruptedException {
    return event.await(Duration.ZERO);
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

  private String signal(int count) {
    try {
      return event.signalMany(count) ? "set" : "not set";
    } catch (IllegalStateException e) {
      return "refused";
    }
  }
}
