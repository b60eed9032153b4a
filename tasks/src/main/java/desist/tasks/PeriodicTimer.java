// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.TimeProvider;
import desist.Timeout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ticks that are waited for one after another.
 *
 * <p>Each tick ends one wait. A tick that comes while nobody waits is kept for the next wait;
 * several are kept as one. There is one wait at a time.
 *
 * {@snippet lang = java:
 * try (var timer = new PeriodicTimer(Duration.ofSeconds(1))) {
 *   while (timer.waitForNextTickAsync(token).await()) {
 *     publish(sample());
 *   }
 * }
 * }
 *
 * <p>All methods are safe to call from any thread. Synchronous continuations of a wait run in the
 * thread that ends it: in the provider's timer callback, or within {@link #close()} or the
 * cancellation of the token. A timer that is not closed ticks on, although nobody refers to it.
 *
 * @dotnet PeriodicTimer
 * @since 1.0
 */
public final class PeriodicTimer implements AutoCloseable {
  private final Ticks ticks = new Ticks();
  private final TimeProvider.Timer timer;

  private volatile Duration period;

  /**
   * Makes a timer on the system's clock, which ticks first when one period has passed.
   *
   * @param period the time between two ticks; {@link Timeout#INFINITE} for no ticks until it is
   *     {@linkplain #setPeriod changed}
   * @throws IllegalArgumentException if {@code period} is not positive
   * @throws NullPointerException if {@code period} is null
   * @dotnet new PeriodicTimer(TimeSpan)
   * @since 1.0
   */
  public PeriodicTimer(Duration period) {
    this(period, TimeProvider.system());
  }

  /**
   * Makes a timer, which ticks first when one period has passed.
   *
   * @param period the time between two ticks; {@link Timeout#INFINITE} for no ticks until it is
   *     {@linkplain #setPeriod changed}
   * @param timeProvider the clock
   * @throws IllegalArgumentException if {@code period} is not positive
   * @throws NullPointerException if an argument is null
   * @dotnet new PeriodicTimer(TimeSpan, TimeProvider)
   * @since 1.0
   */
  public PeriodicTimer(Duration period, TimeProvider timeProvider) {
    this.period = check(period);
    timer =
        requireNonNull(timeProvider, "timeProvider")
            .createTimer(() -> StackRoom.call(ticks::tick), period, period);
  }

  private static Duration check(Duration period) {
    if (requireNonNull(period, "period").isNegative() || period.isZero()) {
      throw new IllegalArgumentException("period must be positive: " + period);
    }
    return period;
  }

  /**
   * Returns the time between two ticks.
   *
   * @return the period
   * @dotnet PeriodicTimer.Period
   * @since 1.0
   */
  public Duration period() {
    return period;
  }

  /**
   * Sets the time to the next tick, from now, and between those after it.
   *
   * @param period the time between two ticks; {@link Timeout#INFINITE} for no more ticks
   * @throws IllegalArgumentException if {@code period} is not positive
   * @throws ObjectDisposedException if this timer is closed
   * @throws NullPointerException if {@code period} is null
   * @dotnet PeriodicTimer.Period
   * @since 1.0
   */
  public void setPeriod(Duration period) {
    check(period);
    if (ticks.isClosed() || !timer.change(period, period)) {
      throw new ObjectDisposedException("PeriodicTimer");
    }
    this.period = period;
  }

  /**
   * Waits for the next tick, or for the end.
   *
   * @return a task whose result is true at a tick, and false when this timer is closed; ended
   *     already if a tick was kept
   * @throws IllegalStateException if another wait has not ended
   * @dotnet PeriodicTimer.WaitForNextTickAsync(CancellationToken)
   * @since 1.0
   */
  public Task<Boolean> waitForNextTickAsync() {
    return waitForNextTickAsync(CancellationToken.none());
  }

  /**
   * Waits for the next tick, for the end, or until the token is canceled.
   *
   * <p>A canceled wait takes no tick, and the timer ticks on. A token that is canceled already goes
   * before a tick that was kept, and before the end.
   *
   * @param token cancels the task
   * @return a task whose result is true at a tick, and false when this timer is closed; ended
   *     already if a tick was kept
   * @throws IllegalStateException if another wait has not ended
   * @throws NullPointerException if {@code token} is null
   * @dotnet PeriodicTimer.WaitForNextTickAsync(CancellationToken)
   * @since 1.0
   */
  public Task<Boolean> waitForNextTickAsync(CancellationToken token) {
    return ticks.next(requireNonNull(token, "token"));
  }

  /**
   * Ends the ticks: a wait under way, and every one that comes, has the result false. A tick that
   * was kept is lost. May be called again.
   *
   * @dotnet PeriodicTimer.Dispose()
   * @since 1.0
   */
  @Override
  public void close() {
    StackRoom.ensure();
    Wait pending = ticks.close();
    try {
      timer.close();
    } finally {
      if (pending != null) {
        pending.end(false);
      }
    }
  }

  /**
   * Returns the type with the period.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return "PeriodicTimer[" + (ticks.isClosed() ? "closed" : period) + "]";
  }

  /** What ticks and waits meet at. */
  private static final class Ticks {
    /*
     * Overview
     *
     * One field says it all: IDLE, TICKED (a tick is kept), the Wait that is under way, or CLOSED.
     *
     *     IDLE --tick--> TICKED --wait--> IDLE
     *     IDLE --wait--> Wait --tick, cancel--> IDLE
     *     any --close--> CLOSED
     *
     * Invariants:
     *
     *   1. Whoever takes a Wait out of the field by a CAS ends its task; nobody else does.
     *   2. A tick is kept, taken by one wait, or follows one that is kept. A canceled wait has taken
     *      none.
     *   3. A wait that has ended has no registration on its token.
     *
     * Why no registration is left: the registrar writes it to the Wait, then looks whether the Wait
     * is still in the field; whoever ends the Wait takes it out of the field, then looks for the
     * registration. All of these are volatile, so one of the two sees the other.
     *
     * Nothing waits, and there is no lock: the provider's timer, the token's callbacks and
     * continuations are called with nothing held.
     */

    private static final Object IDLE = new Object();
    private static final Object TICKED = new Object();
    private static final Object CLOSED = new Object();

    private static final VarHandle STATE =
        fieldVarHandle(MethodHandles.lookup(), "state", VarHandle.class, Ticks.class, Object.class);

    private volatile Object state = IDLE;

    boolean isClosed() {
      return state == CLOSED;
    }

    void tick() {
      for (Object s = state; s != TICKED && s != CLOSED; s = state) {
        if (STATE.compareAndSet(this, s, s == IDLE ? TICKED : IDLE)) {
          if (s instanceof Wait wait) {
            wait.end(true);
          }
          return;
        }
      }
    }

    Task<Boolean> next(CancellationToken token) {
      for (; ; ) {
        Object s = state;
        if (s instanceof Wait) {
          throw new IllegalStateException("Another wait has not ended.");
        } else if (token.isCancellationRequested()) {
          return Task.fromCanceled(token);
        } else if (s == CLOSED) {
          return Task.fromResult(false);
        } else if (s == TICKED) {
          if (STATE.compareAndSet(this, TICKED, IDLE)) {
            return Task.fromResult(true);
          }
        } else {
          Wait wait = new Wait(this, token);
          if (STATE.compareAndSet(this, IDLE, wait)) {
            wait.heedToken();
            return wait.task;
          }
        }
      }
    }

    boolean isPending(Wait wait) {
      return state == wait;
    }

    boolean tryCancel(Wait wait) {
      return STATE.compareAndSet(this, wait, IDLE);
    }

    /** Returns the wait that is under way, for the caller to end. */
    @Nullable Wait close() {
      return STATE.getAndSet(this, CLOSED) instanceof Wait wait ? wait : null;
    }
  }

  /** A wait for a tick. */
  private static final class Wait {
    final Task<Boolean> task = Task.promise(0);

    private final Ticks ticks;
    private final CancellationToken token;

    private volatile CancellationTokenRegistration registration =
        CancellationTokenRegistration.none();

    Wait(Ticks ticks, CancellationToken token) {
      this.ticks = ticks;
      this.token = token;
    }

    void heedToken() {
      registration = token.registerWith(this, wait -> StackRoom.call(wait::cancel));
      if (!ticks.isPending(this)) {
        registration.unregister(); // it ended meanwhile
      }
    }

    private void cancel() {
      if (ticks.tryCancel(this)) {
        task.trySetCanceled(token, new OperationCanceledException(token));
      }
    }

    void end(boolean isTick) {
      registration.unregister();
      task.trySetResult(isTick);
    }
  }
}
