// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * A parent, its child and the child's: links come and go, and no callback is lost or run twice, no
 * source behind those above.
 */
@Param(name = "source", gen = IntGen.class, conf = "0:2")
@Param(name = "slot", gen = IntGen.class, conf = "0:1")
public class LinkedSourceLincheckTest extends Sources {
  public LinkedSourceLincheckTest() {
    super(3);
  }

  @Test
  void everyAnswerFitsTheModel() {
    check(LinkedSourceLincheckTest.class);
  }

  @Operation
  public String register(@Param(name = "source") int source, @Param(name = "slot") int slot) {
    return doRegister(source, slot);
  }

  @Operation
  public String unregister(@Param(name = "slot") int slot) {
    return doUnregister(slot);
  }

  @Operation
  public String cancel(@Param(name = "source") int source) {
    return doCancel(source);
  }

  @Operation
  public boolean isCancellationRequested(@Param(name = "source") int source) {
    return doIsCancellationRequested(source);
  }

  @Operation
  public String tryReset() {
    return doTryReset(0);
  }

  @Operation
  public void close(@Param(gen = IntGen.class, conf = "1:2") int source) {
    doClose(source);
  }
}
