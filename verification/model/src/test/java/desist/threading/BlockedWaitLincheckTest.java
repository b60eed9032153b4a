// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Threads that block for a permit, and of which some are canceled, in every interleaving that is
 * tried. Whoever waits has released before, so that a permit which were lost would leave a thread
 * blocked for ever, which Lincheck finds; and one which were doubled would be left at the end.
 */
public class BlockedWaitLincheckTest {
  private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final AtomicInteger canceled = new AtomicInteger();

  @Operation
  public void releaseAndAwait() throws InterruptedException {
    semaphore.release();
    semaphore.await();
  }

  @Operation
  public String releaseAndAwaitOrBeCanceled() throws InterruptedException {
    semaphore.release();
    try {
      semaphore.await(source.token());
      return "has it";
    } catch (OperationCanceledException e) {
      canceled.incrementAndGet();
      return "canceled";
    }
  }

  @Operation
  public void cancel() {
    source.cancel();
  }

  /** Looks at the end, when nobody waits: those who were canceled have taken nothing. */
  @Validate
  public void noPermitIsLostOrDoubled() {
    if (semaphore.currentCount() != canceled.get() || source.registrationCount() != 0) {
      throw new IllegalStateException(
          semaphore + ", " + canceled + " canceled, " + source.registrationCount() + " registered");
    }
  }

  @Test
  void everyAnswerFitsSomeOrder() {
    boolean isLong = "long".equals(System.getProperty("desist.budget"));
    new ModelCheckingOptions()
        .iterations(isLong ? 200 : 12)
        .invocationsPerIteration(isLong ? 5_000 : 300)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(0)
        .check(getClass());
  }
}
