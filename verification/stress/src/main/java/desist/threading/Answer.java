// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What an actor was told by the call it made, in words. */
final class Answer {
  private static final long LIMIT_SECONDS = 10;

  private Answer() {}

  /** Returns "through" or "not through" of a wait, or why it threw. */
  static String to(Callable<Boolean> wait) {
    return inWords(() -> wait.call() ? "through" : "not through");
  }

  /** Returns what the call returns, or why it threw. */
  static String inWords(Callable<String> call) {
    try {
      return call.call();
    } catch (InterruptedException e) {
      return "interrupted";
    } catch (OperationCanceledException e) {
      return "canceled";
    } catch (ObjectDisposedException e) {
      return "closed";
    } catch (IllegalStateException e) {
      return "refused";
    } catch (Exception e) {
      return e.toString();
    }
  }

  /** Waits for the end of a stage, which comes a moment after that of the wait it stands for. */
  static String of(CompletionStage<?> stage) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    stage.whenComplete((result, e) -> answer.complete(to(() -> resultOf(result, e))));
    return answer.completeOnTimeout("pending", LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  private static boolean resultOf(@Nullable Object result, @Nullable Throwable e) {
    if (e instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    return e == null && !Boolean.FALSE.equals(result);
  }
}
