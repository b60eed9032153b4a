// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who work that the work should stop. A {@link CancellationTokenSource} requests the
 * cancellation; whoever holds its token can poll it, wait for it or have a callback run, and cannot
 * request it.
 *
 * <p>There is one token for each source; tokens are compared by identity. A token stays usable
 * after its source is closed: it then keeps its answer for good.
 *
 * <p>All methods are safe to call from any thread at any time, within a callback too. None but
 * those that wait ever blocks, and no lock is held while a callback runs.
 *
 * <p>Memory consistency effects: actions in a thread before it requests cancellation
 * <i>happen-before</i> actions in another that follow its seeing the request, by polling, by
 * waiting or in a callback.
 *
 * @dotnet CancellationToken
 * @since 1.0
 */
public final class CancellationToken {
  /*
   * Overview
   *
   * A token holds all that a source, its token and its callbacks share; the source is the right to
   * change it. A poll is one volatile read of "state". A linked token reads its ancestors' states as
   * well (class Links), and so is never behind them.
   *
   * The state is a set of bits that are only ever added, save LOCKED, LINKED and BY_LINK:
   *
   *     LOCKED     a thread is changing the token
   *     REQUESTED  cancellation was requested; a poll says so
   *     RAISED     the same, in time for linked tokens to follow; lacks only where the source had
   *                been closed before
   *     CLAIMED    a thread has taken it upon itself to run the callbacks
   *     CLOSED     the source was closed
   *     LINKED     the token has parents that matter still
   *     BY_LINK    the callbacks are being run on behalf of a parent
   *
   *     live --> REQUESTED --> CLAIMED          each --> CLOSED
   *
   * A linked token rests in REQUESTED from when somebody notices that an ancestor was canceled
   * until its turn among that ancestor's callbacks comes. All other tokens take both steps at once.
   *
   * Invariants:
   *
   *   1. Every field is written by the thread that set LOCKED, and by it alone. Between setting it
   *      and its removal that thread only reads and writes fields: it calls nothing and allocates
   *      nothing, so that no error (of a full stack, of memory) and no user code comes between. The
   *      few calls that are made nevertheless stand in a try block that mends what they may leave.
   *   2. The list ("newest") grows only while neither REQUESTED nor CLOSED is set. A node leaves it
   *      once; whoever takes it off decides its fate.
   *   3. CLAIMED is set once, and only together with or after REQUESTED.
   *   4. While a linked token has a node in its list that is there to stay, its links are in the
   *      lists of all parents that are not requested, and so upwards (class Attachment).
   *
   * The lock is a bit because a monitor's cost would show in register and unregister, which take it
   * once each. Setting it is a CAS, removing it a release store: nobody else writes the state
   * meanwhile. Who finds it set backs off for longer and longer, which also lets a busy owner do
   * several operations in a row, and in the end parks for a while.
   *
   * Not done: no hash of lists for each thread, since the order of callbacks is one for the token.
   */

  static final int LOCKED = 1;
  static final int REQUESTED = 1 << 1;
  static final int RAISED = 1 << 2;
  static final int CLAIMED = 1 << 3;
  static final int CLOSED = 1 << 4;
  static final int LINKED = 1 << 5;
  static final int BY_LINK = 1 << 6;

  private static final VarHandle STATE =
      fieldVarHandle(
          MethodHandles.lookup(), "state", VarHandle.class, CancellationToken.class, int.class);

  private static final VarHandle EXT =
      fieldVarHandle(
          MethodHandles.lookup(), "ext", VarHandle.class, CancellationToken.class, Object.class);

  private static final CancellationToken NONE = new CancellationToken(CLOSED);
  private static final CancellationToken CANCELED =
      new CancellationToken(REQUESTED | RAISED | CLAIMED);

  volatile int state;

  /** The head of the list of callbacks and links. Guarded by the lock. */
  @Nullable Node newest;

  /**
   * The links to the parents, or the rarer parts with the links among them, or the callback that is
   * running: null, a {@link Link}, {@link Links}, {@link Extras} or a registration. Guarded by the
   * lock; polls read it without (acquire), after the state, which they read again if it has no
   * links.
   */
  @Nullable Object ext;

  /**
   * Makes the token of a source. A plain store will do, and costs less: nobody else knows the token
   * before it is in the source's final field.
   */
  CancellationToken(int state) {
    STATE.set(this, state);
  }

  /**
   * Returns the token that is never canceled: what to pass when there is nothing to stop the work.
   *
   * @return always the same token
   * @dotnet CancellationToken.None
   * @since 1.0
   */
  public static CancellationToken none() {
    return NONE;
  }

  /**
   * Returns a token for which cancellation was requested from the start.
   *
   * @return always the same token
   * @dotnet new CancellationToken(true)
   * @since 1.0
   */
  public static CancellationToken canceled() {
    return CANCELED;
  }

  /**
   * Returns whether cancellation can ever be requested: true for all tokens but {@link #none()}.
   *
   * <p>Stays true when the source has been closed.
   *
   * @return whether this is a token of a source, or the canceled one
   * @dotnet CancellationToken.CanBeCanceled
   * @since 1.0
   */
  public boolean canBeCanceled() {
    return this != NONE;
  }

  /**
   * Returns whether cancellation has been requested, of this token's source or of one that it is
   * linked to.
   *
   * <p>Once true it stays true. The callbacks may still be running, or not have begun. Costs a
   * volatile read, and one more for each source that this one is linked to.
   *
   * @return whether cancellation has been requested
   * @dotnet CancellationToken.IsCancellationRequested
   * @since 1.0
   */
  public boolean isCancellationRequested() {
    int s = state;
    return (s & (REQUESTED | LINKED)) != 0 && ((s & REQUESTED) != 0 || Links.isRequested(this));
  }

  /**
   * Throws if cancellation has been requested, and does nothing otherwise.
   *
   * {@snippet lang = java:
   * for (Row row : rows) {
   *   token.throwIfCancellationRequested();
   *   process(row);
   * }
   * }
   *
   * @throws OperationCanceledException if cancellation has been requested: a new one at each call,
   *     with this token, and its {@linkplain #reason() reason} as the cause
   * @dotnet CancellationToken.ThrowIfCancellationRequested()
   * @since 1.0
   */
  public void throwIfCancellationRequested() {
    if (isCancellationRequested()) {
      throw new OperationCanceledException(this);
    }
  }

  /**
   * Blocks until cancellation is requested.
   *
   * <p>As {@link #awaitCancellation(Duration)} without a time-out; on {@link #none()} only an
   * interrupt ends it.
   *
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @dotnet CancellationToken.WaitHandle.WaitOne()
   * @since 1.0
   */
  public void awaitCancellation() throws InterruptedException {
    TokenWatch.await(this, Timeout.INFINITE);
  }

  /**
   * Blocks until cancellation is requested, but no longer than the timeout.
   *
   * <p>Returns at once if cancellation has been requested already. A thread that waits wakes before
   * the first callback runs. To react without holding a thread, {@linkplain #register(Runnable)
   * register a callback}. Closing the source does not end the wait.
   *
   * <p>An interrupt that is pending on entry is thrown before anything else is looked at. Of a
   * cancellation and an interrupt that come during the wait either may win; neither is lost.
   *
   * {@snippet lang = java:
   * while (!token.awaitCancellation(interval)) {
   *   publish(sample());
   * }
   * }
   *
   * @param timeout how long to wait; zero or less means not at all, {@link Timeout#INFINITE} for
   *     ever
   * @return whether cancellation was requested before the timeout elapsed
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code timeout} is null
   * @dotnet CancellationToken.WaitHandle.WaitOne(TimeSpan)
   * @since 1.0
   */
  public boolean awaitCancellation(Duration timeout) throws InterruptedException {
    return TokenWatch.await(this, requireNonNull(timeout, "timeout"));
  }

  /**
   * Registers a callback to be run when cancellation is requested.
   *
   * <p>It runs once: on the thread that requests the cancellation, before {@code cancel} returns,
   * after all callbacks that were registered later. If cancellation has been requested already it
   * runs at once, on this thread, before this method returns, and an exception that it throws
   * leaves this method. On a token that can never be canceled, or whose source was closed without
   * being canceled, nothing is kept and nothing will run.
   *
   * <p>If this races with the request, the callback is run by one of the two threads, and has run
   * by the time both calls have returned.
   *
   * {@snippet lang = java:
   * try (var registration = token.register(statement::cancel)) {
   *   return statement.executeQuery();
   * }
   * }
   *
   * @param callback what to run
   * @return the handle that takes the callback off again; {@link
   *     CancellationTokenRegistration#none()} if it was run here or will never run
   * @throws NullPointerException if {@code callback} is null
   * @dotnet CancellationToken.Register(Action), UnsafeRegister
   * @since 1.0
   */
  public CancellationTokenRegistration register(Runnable callback) {
    requireNonNull(callback, "callback");
    return CancellationTokenRegistration.add(
        this, callback, CancellationTokenRegistration.RUNNABLE);
  }

  /**
   * Registers a callback to be run through a synchronization context.
   *
   * <p>As {@link #register(Runnable)}, but that the thread that requests the cancellation has the
   * callback run by {@link SynchronizationContext#send}, in its place among the others, and waits
   * for that. If cancellation has been requested already the callback runs at once on this thread,
   * without the context.
   *
   * @param callback what to run
   * @param context where to run it; null means as if none had been given
   * @return the handle that takes the callback off again
   * @throws NullPointerException if {@code callback} is null
   * @dotnet CancellationToken.Register(Action, true)
   * @since 1.0
   */
  public CancellationTokenRegistration register(
      Runnable callback, @Nullable SynchronizationContext context) {
    requireNonNull(callback, "callback");
    return CancellationTokenRegistration.add(
        this,
        callback,
        context == null
            ? CancellationTokenRegistration.RUNNABLE
            : new CancellationTokenRegistration.OnContext(context));
  }

  /**
   * Registers a callback to be run by an executor.
   *
   * <p>When its turn among the other callbacks comes it is handed to the executor, and the thread
   * that requests the cancellation goes on without waiting for it. From then on it cannot be
   * unregistered; {@link CancellationTokenRegistration#close()} waits until it has run. If the
   * executor refuses it, that counts as the callback's exception; what it throws when it runs is
   * the executor's affair. If cancellation has been requested already it is handed over at once.
   *
   * @param callback what to run
   * @param executor who runs it
   * @return the handle that takes the callback off again
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public CancellationTokenRegistration register(Runnable callback, Executor executor) {
    requireNonNull(callback, "callback");
    requireNonNull(executor, "executor");
    return CancellationTokenRegistration.add(this, callback, new Handover(callback, executor));
  }

  /**
   * Registers a callback with the state that it works on, so that it need not capture any.
   *
   * <p>Otherwise as {@link #register(Runnable)}.
   *
   * @param <S> the type of the state
   * @param state what to pass to the callback; may be null where {@code S} says so
   * @param callback what to run
   * @return the handle that takes the callback off again
   * @throws NullPointerException if {@code callback} is null
   * @dotnet CancellationToken.Register(Action&lt;object&gt;, object)
   * @since 1.0
   */
  public <S extends @Nullable Object> CancellationTokenRegistration registerWith(
      S state, Consumer<? super S> callback) {
    requireNonNull(callback, "callback");
    return CancellationTokenRegistration.add(this, callback, state);
  }

  /**
   * Registers a callback with the state that it works on; it is given this token besides.
   *
   * <p>Otherwise as {@link #register(Runnable)}.
   *
   * @param <S> the type of the state
   * @param state what to pass to the callback; may be null where {@code S} says so
   * @param callback what to run
   * @return the handle that takes the callback off again
   * @throws NullPointerException if {@code callback} is null
   * @dotnet CancellationToken.Register(Action&lt;object, CancellationToken&gt;, object)
   * @since 1.0
   */
  public <S extends @Nullable Object> CancellationTokenRegistration registerWithToken(
      S state, BiConsumer<? super S, ? super CancellationToken> callback) {
    requireNonNull(callback, "callback");
    return CancellationTokenRegistration.add(
        this, new CancellationTokenRegistration.WithToken<>(callback), state);
  }

  /**
   * Returns a handle that is signaled once cancellation is requested, for use in {@link
   * WaitHandle#waitAny} and its kin.
   *
   * <p>The handle belongs to the token: it cannot be closed. Threads that wait on it wake with an
   * {@link ObjectDisposedException} when the source is closed before cancellation is requested.
   * Closing it later changes nothing.
   *
   * @return always the same handle
   * @throws ObjectDisposedException if the source was closed before cancellation was requested
   * @dotnet CancellationToken.WaitHandle
   * @since 1.0
   */
  public WaitHandle waitHandle() {
    TokenWaitHandle made = new TokenWaitHandle(this);
    made.ensureOpen();
    Extras extras = extras();
    int s = lock();
    WaitHandle handle = extras.handle;
    if (handle == null) {
      handle = made;
      extras.handle = made;
    }
    state = s;
    return handle;
  }

  /**
   * Returns why cancellation was requested.
   *
   * <p>That is what was passed to {@link CancellationTokenSource#cancelBecause}; a {@link
   * java.util.concurrent.TimeoutException} if a delay has passed; the parent's reason if a source
   * that this one is linked to was the cause. If several coincide the one that was noticed first
   * stays, also if it gave no reason.
   *
   * @return the reason; null if none was given, or if cancellation has not been requested
   * @dotnet none
   * @since 1.0
   */
  public @Nullable Throwable reason() {
    return isCancellationRequested() ? Delay.reasonOf(this) : null;
  }

  /**
   * Returns the time that is left until a delay requests cancellation: the nearest deadline among
   * the source's own and those of all sources that it is linked to, each by its own clock.
   *
   * <p>A call that takes a time-out of its own can be given this one.
   *
   * @return the time left; zero if the deadline has passed or cancellation has been requested;
   *     empty if there is no deadline
   * @dotnet none
   * @since 1.0
   */
  public Optional<Duration> remaining() {
    return Delay.remaining(this);
  }

  /**
   * Returns the type with what {@link #reason()} and {@link #remaining()} would say.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return "CancellationToken[" + describe() + "]";
  }

  String describe() {
    if (this == NONE) {
      return "none";
    }
    if (isCancellationRequested()) {
      Throwable reason = reason();
      return reason == null ? "cancellation requested" : "cancellation requested: " + reason;
    }
    String condition = isClosed() ? "closed" : "live";
    return remaining().map(left -> condition + ", " + left + " left").orElse(condition);
  }

  /** Returns whether the source has been closed. */
  boolean isClosed() {
    return this != NONE && (state & CLOSED) != 0;
  }

  /** Returns the links to the parents: null, a {@link Link} or {@link Links}. */
  @Nullable Object links() {
    Object e = (Object) EXT.getAcquire(this);
    if (e instanceof Extras extras) {
      return extras.links;
    }
    return e instanceof CancellationTokenRegistration ? null : e;
  }

  /** How often {@link CancellationTokenSource#tryReset} has succeeded. */
  int resets() {
    return ext instanceof Extras extras ? extras.resets : 0;
  }

  /** Returns the rarer parts, which it makes if they are not there yet. */
  Extras extras() {
    for (; ; ) {
      Object seen = ext;
      if (seen instanceof Extras extras) {
        return extras;
      }
      Extras made = Extras.of(seen);
      int s = lock(); // its CAS also puts the making of the parts before the write that shows them
      boolean unchanged = ext == seen;
      if (unchanged) {
        if (seen instanceof CancellationTokenRegistration running) {
          made.runner = (Thread) running.state;
        }
        ext = made;
      }
      state = s;
      if (unchanged) {
        return made;
      }
    }
  }

  /**
   * Locks the token and returns its state, without {@link #LOCKED}. The caller unlocks it by a
   * store to {@link #state}, and until then only reads and writes fields (invariant 1).
   */
  int lock() {
    int s = state;
    if ((s & LOCKED) == 0 && STATE.compareAndSet(this, s, s | LOCKED)) {
      return s;
    }
    return lockContended();
  }

  /**
   * Unlocks as a store to {@link #state} does, but without its fence. As this is a call it may find
   * the stack full, and then the caller unlocks by a store.
   */
  void unlock(int s) {
    STATE.setRelease(this, s);
  }

  private int lockContended() {
    for (int attempt = 0; ; attempt++) {
      int s = state;
      if ((s & LOCKED) == 0 && STATE.compareAndSet(this, s, s | LOCKED)) {
        return s;
      }
      Backoff.pause(attempt, this);
    }
  }
}
