// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.TimeProvider;
import desist.Timeout;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A wait without a thread: it ends by completing a stage. */
final class StageWaiter<T extends @Nullable Object> extends Waiter {
  /*
   * Overview
   *
   * Whoever ends the wait takes back its registration, its timer and its places, and has the stage
   * completed in the background. These two fields are written by the thread that begins the wait,
   * which then looks at the outcome, and are read by the thread that has set the outcome. Both are
   * volatile, so at least one of the two sees what it has to take back; that it is taken back twice
   * does no harm.
   *
   * If memory or stack runs out where the stage is to be completed in the background, it is completed
   * by who ended the wait: what was handed over would be lost otherwise, and so would those behind it
   * who were served by the same call. If there is no room for that either, the error tells, and the
   * stage stays as it is.
   */

  private final ReadOnlyStage<T> stage = new ReadOnlyStage<>();
  private final CancellationToken token;
  private final T whenServed;
  private final T whenTimedOut;
  private final String objectName;

  private volatile @Nullable CancellationTokenRegistration registration;
  private volatile TimeProvider.@Nullable Timer timer;

  StageWaiter(CancellationToken token, T whenServed, T whenTimedOut, String objectName) {
    this.token = token;
    this.whenServed = whenServed;
    this.whenTimedOut = whenTimedOut;
    this.objectName = objectName;
  }

  /** Begins to heed token and time-out, having entered the queue; returns the stage. */
  CompletionStage<T> begin(long nanos) {
    try {
      if (nanos != Durations.FOREVER) {
        timer =
            TimeProvider.system()
                .createTimer(() -> giveUp(TIMED_OUT), Duration.ofNanos(nanos), Timeout.INFINITE);
      }
      registration = token.register(this);
    } catch (Throwable e) {
      if (end(ENDED)) {
        leave();
        throw e;
      } // else it is too late to fail: what was handed over would be lost
    }
    if (outcome != WAITING) {
      leave();
    }
    return stage;
  }

  /** The token's callback. */
  @Override
  public void run() {
    giveUp(CANCELED);
  }

  @Override
  void wake() {
    try {
      leave();
      Background.run(this::complete);
    } catch (Throwable e) {
      complete();
    }
  }

  private void giveUp(int outcome) {
    if (end(outcome)) {
      wake();
    }
  }

  private void leave() {
    CancellationTokenRegistration registered = registration;
    if (registered != null) {
      registered.unregister();
    }
    TimeProvider.Timer timing = timer;
    if (timing != null) {
      timing.close();
    }
    leaveQueues();
  }

  private void complete() {
    switch (outcome) {
      case TIMED_OUT -> stage.finish(whenTimedOut);
      case CANCELED -> stage.fail(new OperationCanceledException(token));
      case ENDED -> stage.fail(new ObjectDisposedException(objectName));
      default -> stage.finish(whenServed);
    }
  }
}
