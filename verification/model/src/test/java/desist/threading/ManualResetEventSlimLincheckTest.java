// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import desist.ObjectDisposedException;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Setting, resetting, looking and closing are each one step, in every interleaving that is tried,
 * whether or not a handle is made meanwhile, which then says the same.
 */
public class ManualResetEventSlimLincheckTest {
  private final ManualResetEventSlim event = new ManualResetEventSlim();

  @Operation
  public void set() {
    event.set();
  }

  @Operation
  public String reset() {
    try {
      event.reset();
      return "reset";
    } catch (ObjectDisposedException e) {
      return "closed";
    }
  }

  @Operation
  public String look() throws InterruptedException {
    try {
      return event.await(Duration.ZERO) ? "set" : "unset";
    } catch (ObjectDisposedException e) {
      return "closed";
    }
  }

  @Operation
  public void makeHandle() {
    try {
      event.waitHandle();
    } catch (ObjectDisposedException e) {
      // A closed event has no handle.
    }
  }

  @Operation
  public void close() {
    event.close();
  }

  /** Looks at the end, when no thread is in the midst of anything. */
  @Validate
  public void theHandleFollows() throws InterruptedException {
    try {
      boolean isSet = event.waitHandle().waitOne(Duration.ZERO);
      if (isSet != event.isSet()) {
        throw new IllegalStateException("handle set: " + isSet + ", but " + event);
      }
    } catch (ObjectDisposedException e) {
      // A closed event has no handle.
    }
  }

  @Test
  void everyAnswerFitsSomeOrder() {
    boolean isLong = "long".equals(System.getProperty("desist.budget"));
    new ModelCheckingOptions()
        .iterations(isLong ? 200 : 5)
        .invocationsPerIteration(isLong ? 5_000 : 100)
        .threads(3)
        .actorsPerThread(2)
        .check(getClass());
  }
}
