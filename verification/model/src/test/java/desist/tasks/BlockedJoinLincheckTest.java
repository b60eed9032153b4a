// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * Threads that block until a task ends, and of which one may be canceled, in every interleaving
 * that is tried.
 *
 * <p>The scenarios are given, since most that are made up would block for ever. Here the task ends,
 * so that a wake-up which were lost would leave a thread blocked, which Lincheck reports. At the
 * end nothing hangs on the task or on the token.
 */
public class BlockedJoinLincheckTest {
  private final TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
  private final CancellationTokenSource source = new CancellationTokenSource();

  public void join() throws InterruptedException {
    promise.task().join();
  }

  public void joinOrBeCanceled() throws InterruptedException {
    try {
      promise.task().join(source.token());
    } catch (OperationCanceledException e) {
      // The task may go on.
    }
  }

  public void end() {
    promise.trySetResult(1);
  }

  public void cancel() {
    source.cancel();
  }

  public void nothingIsLeft() {
    if (promise.task().hookCount() != 0 || source.registrationCount() != 0) {
      throw new IllegalStateException(promise.task() + ", " + source);
    }
  }

  @Test
  void allThatWaitAreWoken() {
    check(actors("join"), actors("join"), actors("end"));
  }

  @Test
  void oneThatIsCanceledLeavesTheOthers() {
    check(actors("join"), actors("joinOrBeCanceled"), actors("cancel", "end"));
  }

  @Test
  void theEndOrTheCancellationEndsAWait() {
    check(actors("joinOrBeCanceled"), actors("cancel"), actors("end"));
  }

  @SafeVarargs
  private static void check(List<Actor>... threads) {
    ExecutionScenario scenario =
        new ExecutionScenario(List.of(), List.of(threads), List.of(), actor("nothingIsLeft"));
    new ModelCheckingOptions()
        .iterations(0)
        .addCustomScenario(scenario)
        .invocationsPerIteration("long".equals(System.getProperty("desist.budget")) ? 100_000 : 300)
        .minimizeFailedScenario(false)
        .verifier(EpsilonVerifier.class)
        .check(BlockedJoinLincheckTest.class);
  }

  private static List<Actor> actors(String... names) {
    return Stream.of(names).map(BlockedJoinLincheckTest::actor).toList();
  }

  private static Actor actor(String name) {
    try {
      return new Actor(BlockedJoinLincheckTest.class.getMethod(name), List.of());
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
