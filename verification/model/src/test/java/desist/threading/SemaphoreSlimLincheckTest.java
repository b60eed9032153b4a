// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import desist.ObjectDisposedException;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Taking, releasing, counting and closing are each one step, in every interleaving that is tried,
 * whether or not a handle is made meanwhile, which then tells whether a permit is free.
 */
public class SemaphoreSlimLincheckTest {
  private static final int CLOSED = -1;

  private final SemaphoreSlim semaphore = new SemaphoreSlim(1);

  @Operation
  public int take() throws InterruptedException {
    try {
      return semaphore.await(Duration.ZERO) ? 1 : 0;
    } catch (ObjectDisposedException e) {
      return CLOSED;
    }
  }

  @Operation
  public int release() {
    return orClosed(semaphore::release);
  }

  @Operation
  public int releaseTwo() {
    return orClosed(() -> semaphore.releaseMany(2));
  }

  @Operation
  public int currentCount() {
    return semaphore.currentCount();
  }

  @Operation
  public void makeHandle() {
    orClosed(() -> semaphore.availableWaitHandle().hashCode());
  }

  @Operation
  public void close() {
    semaphore.close();
  }

  /** Looks at the end, when no thread is in the midst of anything. */
  @Validate
  public void theHandleFollows() throws InterruptedException {
    try {
      boolean isSet = semaphore.availableWaitHandle().waitOne(Duration.ZERO);
      if (isSet != semaphore.currentCount() > 0) {
        throw new IllegalStateException("handle set: " + isSet + ", but " + semaphore);
      }
    } catch (ObjectDisposedException e) {
      // A closed semaphore has no handle.
    }
  }

  @Test
  void everyAnswerFitsSomeOrder() {
    boolean isLong = "long".equals(System.getProperty("desist.budget"));
    new ModelCheckingOptions()
        .iterations(isLong ? 200 : 5)
        .invocationsPerIteration(isLong ? 5_000 : 200)
        .threads(3)
        .actorsPerThread(2)
        .check(getClass());
  }

  private static int orClosed(IntSupplier operation) {
    try {
      return operation.getAsInt();
    } catch (ObjectDisposedException e) {
      return CLOSED;
    }
  }
}
