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
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Ends a task as another ends, unless a time is over or a token is canceled before. */
final class WaitAsync<T extends @Nullable Object> extends Hook {
  /*
   * Overview
   *
   * The antecedent, the timer and the token race for "isOver", by CAS. The winner takes this off the
   * antecedent and ends the task, which drops the registration, then closes the timer. An end of the
   * antecedent that loses is not looked at, so that its fault stays unobserved.
   *
   * A timer may be a user's, and block or throw where it is closed. So whoever is to be told of the
   * end is told before: where this is a hook it waits for no loop of hooks to come round
   * (Current.callOut).
   *
   * Nothing is left behind: registration, timer and hook are set up in this order. The registration
   * is given to the task while only the token can end it, and a registration that has run is not on
   * the token. The timer is closed by Expiry although it is being made. A hook that is added when it
   * is over is taken off by the one who added it, who looks at "isOver" after; the winner sets that
   * first and looks for the hook after.
   */

  private static final VarHandle IS_OVER =
      fieldVarHandle(
          MethodHandles.lookup(), "isOver", VarHandle.class, WaitAsync.class, boolean.class);

  private final Task<T> inner;
  private final Task<T> task = Task.promise(0);
  private final CancellationToken token;
  private final Expiry expiry = new Expiry();

  private volatile boolean isOver;

  private WaitAsync(Task<T> inner, CancellationToken token) {
    super(inner);
    this.inner = inner;
    this.token = token;
  }

  /** Returns the task that waits; the inner one itself if there is nothing else to wait for. */
  static <T extends @Nullable Object> Task<T> of(
      Task<T> inner, Duration timeout, TimeProvider provider, CancellationToken token) {
    boolean isLimited = !timeout.equals(Timeout.INFINITE);
    if (inner.hasEnded() || (!isLimited && !token.canBeCanceled())) {
      return inner;
    } else if (token.isCancellationRequested()) {
      return Task.fromCanceled(token);
    } else if (timeout.isZero() || timeout.isNegative()) {
      return Task.fromException(timedOut(timeout));
    }
    WaitAsync<T> wait = new WaitAsync<>(inner, token);
    wait.begin(isLimited ? timeout : null, provider);
    return wait.task;
  }

  private void begin(@Nullable Duration timeout, TimeProvider provider) {
    StackRoom.ensure();
    task.register(token.registerWith(this, wait -> StackRoom.call(wait::cancel)));
    if (timeout != null) {
      try {
        expiry.start(provider, timeout, () -> expire(timeout));
      } catch (Throwable e) {
        cancel(); // which drops the registration
        throw e;
      }
    }
    if (!antecedent.addHook(this)) {
      run();
    } else if (isOver) {
      antecedent.removeHook(this);
    }
  }

  @Override
  public void run() {
    if (tryEnd()) {
      if (expiry.isStarted()) {
        Current.callOut(() -> task.trySetFromTask(inner));
        expiry.close();
      } else {
        task.trySetFromTask(inner);
      }
    }
  }

  private void expire(Duration timeout) {
    if (tryEnd()) {
      task.trySetFaults(List.of(timedOut(timeout)));
      expiry.close();
    }
  }

  private void cancel() {
    if (tryEnd()) {
      task.trySetCanceled(token, null);
      expiry.close();
    }
  }

  private boolean tryEnd() {
    if (isOver || !IS_OVER.compareAndSet(this, false, true)) {
      return false;
    }
    antecedent.removeHook(this);
    return true;
  }

  private static TimeoutException timedOut(Duration timeout) {
    return new TimeoutException("The task has not ended within " + timeout + ".");
  }
}
