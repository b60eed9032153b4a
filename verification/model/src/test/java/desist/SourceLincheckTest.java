// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** One source: every callback is run once by whom it should, or taken off, or dropped. */
@Param(name = "slot", gen = IntGen.class, conf = "0:1")
public class SourceLincheckTest extends Sources {
  public SourceLincheckTest() {
    super(1);
  }

  @Test
  void everyAnswerFitsTheModel() {
    check(SourceLincheckTest.class);
  }

  @Operation
  public String register(@Param(name = "slot") int slot) {
    return doRegister(0, slot);
  }

  @Operation
  public String unregister(@Param(name = "slot") int slot) {
    return doUnregister(slot);
  }

  @Operation
  public String closeRegistration(@Param(name = "slot") int slot) {
    return doCloseRegistration(slot);
  }

  @Operation
  public String cancel() {
    return doCancel(0);
  }

  @Operation
  public boolean isCancellationRequested() {
    return doIsCancellationRequested(0);
  }

  @Operation
  public String tryReset() {
    return doTryReset(0);
  }

  @Operation
  public void close() {
    doClose(0);
  }
}
