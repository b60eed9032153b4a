// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import desist.CancellationToken;
import desist.TimeProvider;
import desist.Timeout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends a task when a time is over, or a token is canceled before. */
final class Delay {
  /*
   * Overview
   *
   * Timer and token race for "isOver", by CAS; the winner ends the task, which drops the
   * registration, then closes the timer, which may be a user's that blocks. If it is the token, the
   * task's continuations are kept out of the call that cancels: they go to the pool.
   *
   * Nothing is left behind: the registration is given to the task before there is a timer, so only
   * the token can end the task until then, and a registration that has run is not on the token.
   */

  private static final VarHandle IS_OVER =
      fieldVarHandle(MethodHandles.lookup(), "isOver", VarHandle.class, Delay.class, boolean.class);

  private final Task<@Nullable Void> task = Task.promise(0);
  private final CancellationToken token;
  private final Expiry expiry = new Expiry();

  private volatile boolean isOver;

  private Delay(CancellationToken token) {
    this.token = token;
  }

  static Task<@Nullable Void> of(
      Duration duration, TimeProvider provider, CancellationToken token) {
    if (token.isCancellationRequested()) {
      return Task.fromCanceled(token);
    } else if (duration.isZero() || duration.isNegative()) {
      return Task.completedTask();
    }
    Delay delay = new Delay(token);
    delay.begin(duration, provider);
    return delay.task;
  }

  private void begin(Duration duration, TimeProvider provider) {
    StackRoom.ensure();
    task.register(token.registerWith(this, delay -> StackRoom.call(delay::cancel)));
    if (duration.equals(Timeout.INFINITE)) {
      return;
    }
    try {
      expiry.start(provider, duration, this::expire);
    } catch (Throwable e) {
      cancel(); // which drops the registration
      throw e;
    }
  }

  private void expire() {
    if (tryEnd()) {
      task.trySetResult(null);
      expiry.close();
    }
  }

  private void cancel() {
    if (tryEnd()) {
      task.set(Options.RUN_CONTINUATIONS_ASYNCHRONOUSLY);
      task.trySetCanceled(token, null);
      expiry.close();
    }
  }

  private boolean tryEnd() {
    return !isOver && IS_OVER.compareAndSet(this, false, true);
  }
}
