// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Events, and waits for one and for any of them, are linearizable in every interleaving that is
 * tried: waitAny takes the lowest that is set at one moment, and that alone.
 */
public class WaitAnyLincheckTest {
  private final ManualResetEvent manual = new ManualResetEvent(false);
  private final AutoResetEvent auto = new AutoResetEvent(false);
  private final AutoResetEvent other = new AutoResetEvent(false);
  private final WaitHandle[] any = {manual, auto, other};

  @Operation
  public boolean setManual() {
    return manual.set();
  }

  @Operation
  public boolean resetManual() {
    return manual.reset();
  }

  @Operation
  public boolean setAuto() {
    return auto.set();
  }

  @Operation
  public boolean setOther() {
    return other.set();
  }

  @Operation
  public boolean waitManual() throws InterruptedException {
    return manual.waitOne(Duration.ZERO);
  }

  @Operation
  public boolean waitAuto() throws InterruptedException {
    return auto.waitOne(Duration.ZERO);
  }

  @Operation
  public int waitAny() throws InterruptedException {
    return WaitHandle.waitAny(any, Duration.ZERO);
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
