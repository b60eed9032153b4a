// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * Threads that block for a permit until it is released, and of which one may be canceled, in every
 * interleaving that is tried.
 *
 * <p>The scenarios are given, since most that are made up would block for ever. In these there is a
 * permit for each, so that one which were lost would leave a thread blocked, which Lincheck
 * reports; one which were doubled is found at the end. That is all that is checked: a wait is no
 * single step.
 */
public class BlockedWaitLincheckTest {
  private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final AtomicInteger released = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();

  public void await() throws InterruptedException {
    semaphore.await();
    taken.incrementAndGet();
  }

  public void awaitOrBeCanceled() throws InterruptedException {
    try {
      semaphore.await(source.token());
      taken.incrementAndGet();
    } catch (OperationCanceledException e) {
      // has taken nothing
    }
  }

  public void release() {
    semaphore.release();
    released.incrementAndGet();
  }

  public void releaseTwo() {
    semaphore.releaseMany(2);
    released.addAndGet(2);
  }

  public void cancel() {
    source.cancel();
  }

  public void noPermitIsLostOrDoubled() {
    if (semaphore.currentCount() != released.get() - taken.get()
        || source.registrationCount() != 0) {
      throw new IllegalStateException(
          released + " released, " + taken + " taken, " + semaphore + ", " + source);
    }
  }

  @Test
  void aPermitIsHandedOn() {
    check(actors("await", "release"), actors("await", "release"), actors("release"));
  }

  @Test
  void permitsReleasedOneByOneGoToWhoeverWaits() {
    check(actors("await"), actors("awaitOrBeCanceled"), actors("release", "cancel", "release"));
  }

  @Test
  void permitsReleasedAtOnceGoToWhoeverWaits() {
    check(actors("await"), actors("awaitOrBeCanceled"), actors("cancel", "releaseTwo"));
  }

  @Test
  void whatACanceledWaitLeavesGoesToTheNext() {
    check(actors("awaitOrBeCanceled", "release"), actors("await"), actors("release", "cancel"));
  }

  @SafeVarargs
  private static void check(List<Actor>... threads) {
    ExecutionScenario scenario =
        new ExecutionScenario(
            List.of(), List.of(threads), List.of(), actor("noPermitIsLostOrDoubled"));
    new ModelCheckingOptions()
        .iterations(0)
        .addCustomScenario(scenario)
        .invocationsPerIteration("long".equals(System.getProperty("desist.budget")) ? 100_000 : 300)
        .minimizeFailedScenario(false)
        .verifier(EpsilonVerifier.class)
        .check(BlockedWaitLincheckTest.class);
  }

  private static List<Actor> actors(String... names) {
    return Stream.of(names).map(BlockedWaitLincheckTest::actor).toList();
  }

  private static Actor actor(String name) {
    try {
      return new Actor(BlockedWaitLincheckTest.class.getMethod(name), List.of());
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
