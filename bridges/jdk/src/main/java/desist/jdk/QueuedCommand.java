// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A command that nobody waits for: what it throws leaves the thread's run, as if it were plain.
 *
 * <p>A command that is a future itself is canceled where it is dropped, for those who wait for it.
 */
final class QueuedCommand extends QueuedTask<Object> {
  private @Nullable Future<?> future;

  /** Written and read by the thread that runs the command. */
  private @Nullable Throwable failure;

  private QueuedCommand(Runnable command, CancellationToken token) {
    super(stoppable(Executors.callable(command), token), token);
    future = command instanceof Future<?> itself ? itself : null;
  }

  /** Hands a command to the executor; throws if the token is canceled. */
  static void execute(Executor executor, Runnable command, CancellationToken token) {
    token.throwIfCancellationRequested();
    if (command instanceof AsynchronousCompletionTask) {
      executor.execute(new CompletionStep(command, token));
    } else {
      new QueuedCommand(command, token).start(executor);
    }
  }

  @Override
  public void run() {
    super.run();
    if (failure != null) {
      throw QueuedCommand.<RuntimeException>unchecked(failure);
    }
  }

  @Override
  protected void setException(Throwable e) {
    super.setException(e);
    failure = isCancelled() ? null : e;
  }

  @Override
  protected void done() {
    super.done();
    Future<?> dropped = future;
    future = null;
    if (dropped != null && isCancelled()) {
      try {
        dropped.cancel(false);
      } catch (Throwable e) { // by a callback of the user's; the other tasks are to be told as well
        Uncaught.tell(e);
      }
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X unchecked(Throwable e) throws X {
    throw (X) e;
  }

  /**
   * A step of a CompletableFuture. It must run, or the future would never complete; the token
   * interrupts it if it comes after the step has begun.
   */
  private record CompletionStep(Runnable command, CancellationToken token)
      implements Runnable, AsynchronousCompletionTask {
    @Override
    public void run() {
      boolean[] hasBegun = {false};
      try {
        Interruption.<@Nullable Void, RuntimeException>callAnyway(
            () -> {
              hasBegun[0] = true;
              command.run();
              return null;
            },
            token);
      } catch (OperationCanceledException | InterruptedException e) {
        if (!hasBegun[0]) {
          command.run();
        }
      }
    }
  }
}
