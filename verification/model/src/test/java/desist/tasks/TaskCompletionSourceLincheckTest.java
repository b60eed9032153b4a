// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Ending a promise, looking at it and going on from it are each one step, in every interleaving
 * that is tried; so is canceling what goes on. No continuation is lost or runs twice, and nothing
 * is left on promise or token.
 */
public class TaskCompletionSourceLincheckTest {
  private static final boolean IS_LONG = "long".equals(System.getProperty("desist.budget"));

  private final TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final ConcurrentLinkedQueue<Next> continuations = new ConcurrentLinkedQueue<>();

  @Operation
  public boolean setResult() {
    return promise.trySetResult(1);
  }

  @Operation
  public boolean setCanceled() {
    return promise.trySetCanceled();
  }

  @Operation
  public String look() {
    return promise.task().status().toString();
  }

  @Operation
  public String goOn() {
    return goOn(CancellationToken.none());
  }

  @Operation
  public String goOnUnlessCanceled() {
    return goOn(source.token());
  }

  @Operation
  public boolean cancel() {
    return source.tryCancel();
  }

  private String goOn(CancellationToken token) {
    AtomicInteger runs = new AtomicInteger();
    Task<Integer> task =
        promise
            .task()
            .continueWith(
                ended -> runs.incrementAndGet(),
                token,
                TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    continuations.add(new Next(task, runs, token.canBeCanceled()));
    return task.isCompleted() ? task.status().toString() : "is to run";
  }

  /** Looks at the end, when no thread is in the midst of anything. */
  @Validate
  public void noContinuationIsLost() {
    boolean hasEnded = promise.task().isCompleted();
    boolean isCanceled = source.isCancellationRequested();
    for (Next each : continuations) {
      boolean mustHaveEnded = hasEnded || (each.hasToken && isCanceled);
      int runs = each.task.isCompletedSuccessfully() ? 1 : 0;
      if (each.task.isCompleted() != mustHaveEnded || each.runs.get() != runs) {
        throw new IllegalStateException(
            each.task + " ran " + each.runs + ", of " + promise.task() + ", " + source);
      }
    }
    long waiting = continuations.stream().filter(each -> !each.task.isCompleted()).count();
    long registered =
        continuations.stream().filter(each -> !each.task.isCompleted() && each.hasToken).count();
    if (promise.task().hookCount() != waiting || source.registrationCount() != registered) {
      throw new IllegalStateException("left behind: " + promise.task() + ", " + source);
    }
  }

  @Test
  void everyAnswerFitsSomeOrder() {
    new ModelCheckingOptions()
        .iterations(IS_LONG ? 200 : 5)
        .invocationsPerIteration(IS_LONG ? 5_000 : 100)
        .threads(3)
        .actorsPerThread(2)
        .check(getClass());
  }

  /** Scenarios so small that all their interleavings are soon tried. */
  @Test
  void theEndMeetsContinuations() {
    check(actors("setResult"), actors("goOn"));
    check(actors("goOn", "setResult"), actors("goOn"));
    check(actors("setResult", "look"), actors("setCanceled", "look"));
    check(actors("cancel"), actors("goOnUnlessCanceled"));
    check(actors("goOnUnlessCanceled", "cancel"), actors("setResult"));
    check(actors("cancel", "look"), actors("goOnUnlessCanceled"), actors("setResult"));
  }

  @SafeVarargs
  private static void check(List<Actor>... threads) {
    ExecutionScenario scenario =
        new ExecutionScenario(
            List.of(), List.of(threads), List.of(), actor("noContinuationIsLost"));
    new ModelCheckingOptions()
        .iterations(0)
        .addCustomScenario(scenario)
        .invocationsPerIteration(IS_LONG ? 100_000 : 1_000)
        .minimizeFailedScenario(false)
        .check(TaskCompletionSourceLincheckTest.class);
  }

  private static List<Actor> actors(String... names) {
    return Stream.of(names).map(TaskCompletionSourceLincheckTest::actor).toList();
  }

  private static Actor actor(String name) {
    try {
      return new Actor(TaskCompletionSourceLincheckTest.class.getMethod(name), List.of());
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Next {
    final Task<Integer> task;
    final AtomicInteger runs;
    final boolean hasToken;

    Next(Task<Integer> task, AtomicInteger runs, boolean hasToken) {
      this.task = task;
      this.runs = runs;
      this.hasToken = hasToken;
    }
  }
}
