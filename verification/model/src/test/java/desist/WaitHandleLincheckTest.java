// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Events, and waits for one, any and all of them, are linearizable on real threads: waitAny takes
 * the lowest that is set at one moment and that alone, waitAll takes both at one moment or nothing.
 */
public class WaitHandleLincheckTest {
  private final ManualResetEvent manual = new ManualResetEvent(false);
  private final AutoResetEvent auto = new AutoResetEvent(false);
  private final AutoResetEvent other = new AutoResetEvent(false);
  private final WaitHandle[] any = {manual, auto, other};
  private final WaitHandle[] all = {auto, manual};

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

  @Operation
  public boolean waitAll() throws InterruptedException {
    return WaitHandle.waitAll(all, Duration.ZERO);
  }

  @Test
  void everyAnswerFitsSomeOrder() {
    new StressOptions()
        .iterations(30)
        .invocationsPerIteration(1_000)
        .threads(3)
        .actorsPerThread(2)
        .check(getClass());
  }
}
