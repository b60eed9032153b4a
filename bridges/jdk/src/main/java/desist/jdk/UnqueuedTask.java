// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A task that others hand over, hidden in one of their own, or do not hand over after all.
 *
 * <p>As nobody tells it when that is refused or given up, it is registered on its token only while
 * somebody waits; else whoever asks for it looks at the token.
 */
final class UnqueuedTask<T extends @Nullable Object> extends QueuedTask<T> {
  UnqueuedTask(Callable<T> body, CancellationToken token) {
    super(stoppable(body, token), token);
  }

  @Override
  public boolean isDone() {
    if (token.isCancellationRequested()) {
      cancelQueued();
    }
    return super.isDone();
  }

  @Override
  public boolean isCancelled() {
    return isDone() && super.isCancelled();
  }

  @Override
  void awaitEnd(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
    CancellationTokenRegistration waiting = token.registerWith(this, QueuedTask::cancelQueued);
    try {
      super.awaitEnd(nanos);
    } finally {
      waiting.unregister();
    }
  }
}
