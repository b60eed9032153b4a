// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the steps of many probes need: questions whose answers are printed as .NET prints them. */
final class Steps {
  static final Duration LONG = Duration.ofSeconds(10);

  private Steps() {}

  /** Whether the handle is set now. */
  static boolean isSet(WaitHandle handle) {
    return isSetWithin(handle, Duration.ZERO);
  }

  /** Whether the handle is set before the time is over. */
  static boolean isSetWithin(WaitHandle handle, Duration time) {
    try {
      return handle.waitOne(time);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a handle", e);
    }
  }

  /** Whether the latch opens before the usual limit. */
  static boolean opens(CountDownLatch latch) throws InterruptedException {
    return latch.await(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  /** Whether this comes true before the usual limit. */
  static boolean comes(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > LONG.toNanos()) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  /** A callback that throws this. */
  static Runnable throwing(RuntimeException e) {
    return () -> {
      throw e;
    };
  }

  /**
   * Waits until a delay that begins now has fired. Whatever was due before it has then fired, too,
   * unless it was switched off.
   */
  static void awaitDelay(Duration delay) throws InterruptedException {
    new CancellationTokenSource(delay).token().awaitCancellation();
  }

  /** Whether this is a daemon thread of ours, .NET's "pool thread", and not the timer's. */
  static boolean onThreadOfOurs() {
    Thread thread = Thread.currentThread();
    return thread.isDaemon()
        && thread.getName().startsWith("desist-")
        && !thread.getName().equals("desist-timer");
  }

  /** Whether the stage has ended, in whichever way. */
  static boolean isCompleted(CompletionStage<?> stage) {
    return stage.toCompletableFuture().isDone();
  }

  /** Whether the stage has ended well. */
  static boolean isDone(CompletionStage<?> stage) {
    return status(stage).equals("RanToCompletion");
  }

  /** Whether the stage ends before the usual limit. */
  static boolean ends(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | CancellationException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a stage", e);
    }
  }

  /** The status of a stage, in .NET's words for a task's. */
  static String status(CompletionStage<?> stage) {
    CompletableFuture<?> future = stage.toCompletableFuture();
    if (!future.isDone()) {
      return "WaitingForActivation";
    }
    if (!future.isCompletedExceptionally()) {
      return "RanToCompletion";
    }
    return future.isCancelled() ? "Canceled" : "Faulted";
  }

  /** Waits for the stage and throws its exception, if it has one. */
  static void join(CompletionStage<?> stage) throws Exception {
    if (!ends(stage)) {
      throw new AssertionError("The stage does not end");
    }
    Throwable exception = exceptionOf(stage);
    if (exception instanceof Exception) {
      throw (Exception) exception;
    } else if (exception != null) {
      throw new AssertionError(exception);
    }
  }

  /** The exception of a stage that has ended, as {@code whenComplete} is given it; or null. */
  static @Nullable Throwable exceptionOf(CompletionStage<?> stage) {
    CompletableFuture<Throwable> exception = new CompletableFuture<>();
    stage.whenComplete((result, thrown) -> exception.complete(thrown));
    return exception.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** How the body throws, and whether the message names the parameter. */
  static String named(String parameter, Body body) {
    try {
      body.run();
      return "nothing";
    } catch (Exception e) {
      boolean names =
          Pattern.compile("\\b" + parameter + "\\b").matcher(String.valueOf(e.getMessage())).find();
      return Out.nameOf(e) + " " + (names ? parameter : "");
    }
  }
}
