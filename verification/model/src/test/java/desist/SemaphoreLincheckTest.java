// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * A semaphore, alone and beside an event and a token, is linearizable in every interleaving that is
 * tried: each release adds as much as it was asked for or nothing, each wait takes one or nothing.
 */
public class SemaphoreLincheckTest {
  private static final boolean LONG = "long".equals(System.getProperty("desist.budget"));

  private final Semaphore semaphore = new Semaphore(1, 3);
  private final AutoResetEvent event = new AutoResetEvent(false);
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final WaitHandle[] any = {event, semaphore, semaphore};
  private final WaitHandle[] withToken = {source.token().waitHandle(), semaphore};

  @Operation
  public String release(@Param(gen = IntGen.class, conf = "1:2") int count) {
    try {
      return String.valueOf(semaphore.releaseMany(count));
    } catch (SemaphoreFullException e) {
      return "full";
    }
  }

  @Operation
  public boolean waitOne() throws InterruptedException {
    return semaphore.waitOne(Duration.ZERO);
  }

  @Operation
  public int waitAny() throws InterruptedException {
    return WaitHandle.waitAny(any, Duration.ZERO);
  }

  @Operation
  public int waitWithToken() throws InterruptedException {
    return WaitHandle.waitAny(withToken, Duration.ZERO);
  }

  @Operation
  public void setEvent() {
    event.set();
  }

  @Operation
  public void cancel() {
    source.cancel();
  }

  @Test
  void everyAnswerFitsSomeOrder() {
    new ModelCheckingOptions()
        .iterations(LONG ? 100 : 10)
        .invocationsPerIteration(300)
        .threads(3)
        .actorsPerThread(2)
        .check(getClass());
  }
}
