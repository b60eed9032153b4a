// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A callback that waits for a token's cancellation, and the handle that takes it off again.
 *
 * <p>{@link #unregister()} never waits; {@link #close()} does, for a callback that is running.
 * Registrations are compared by identity. A registration keeps neither its callback nor the state
 * given with it once they have run or been taken off.
 *
 * <p>All methods are safe to call from any thread at any time, within a callback too.
 *
 * @dotnet CancellationTokenRegistration
 * @since 1.0
 */
public final class CancellationTokenRegistration extends Node implements AutoCloseable {
  /*
   * Overview
   *
   * A registration is the node of the token's list. Its fate is decided under the token's lock:
   *
   *     pending --> taken     by the thread that runs the callbacks (class Cancellation)
   *     pending --> removed   by unregister
   *     pending --> DROPPED   by close or by a cancellation that skips it; unregister still says
   *                           true once, and makes it removed
   *
   *     "callback" is the user's while pending, null when taken or removed; "state" is then null too,
   *     or the thread that runs it (class PlainRun), or a Handover
   *
   * What "callback" is, and so how it is run, is told by "state": RUNNABLE, OnContext and Handover
   * are ours and mean a Runnable; anything else is the user's and goes to a Consumer, or to the
   * BiConsumer in a WithToken. No user can make an object of these classes.
   */

  /** In place of a state: the callback is a Runnable. */
  static final Object RUNNABLE = new Object();

  /** In place of a callback that will not run although nobody has unregistered it. */
  static final Object DROPPED = new Object();

  private static final CancellationTokenRegistration NONE =
      new CancellationTokenRegistration(CancellationToken.none(), null, null);

  // Guarded by the token's lock.
  @Nullable Object callback;
  @Nullable Object state;

  CancellationTokenRegistration(
      CancellationToken token, @Nullable Object callback, @Nullable Object state) {
    super(token);
    this.callback = callback;
    this.state = state;
  }

  /**
   * Returns the registration of nothing: what registering gives where nothing is kept. Its token is
   * {@link CancellationToken#none()}, there is nothing to unregister, and closing it does nothing.
   *
   * @return always the same registration
   * @dotnet default(CancellationTokenRegistration)
   * @since 1.0
   */
  public static CancellationTokenRegistration none() {
    return NONE;
  }

  /**
   * Returns the token that the callback was registered with, for as long as this exists.
   *
   * @return the token; {@link CancellationToken#none()} for {@link #none()}
   * @dotnet CancellationTokenRegistration.Token
   * @since 1.0
   */
  public CancellationToken token() {
    return token;
  }

  /**
   * Takes the callback off, if its turn has not come yet.
   *
   * <p>Never waits: when it returns false the callback may be running. Of a cancellation and this
   * call, exactly one gets the callback.
   *
   * @return whether this call has taken the callback off, so that it will never run; false if it
   *     runs, has run, or was taken off before
   * @dotnet CancellationTokenRegistration.Unregister()
   * @since 1.0
   */
  public boolean unregister() {
    if (this == NONE) {
      return false;
    }
    CancellationToken list = token;
    int s = list.lock();
    Object pending = callback;
    if (pending == null) {
      list.state = s;
      return false;
    }
    callback = null;
    state = null;
    if (pending != DROPPED) {
      Node next = newer;
      Node previous = older;
      if (next == null) {
        list.newest = previous;
      } else {
        next.older = previous;
        newer = null;
      }
      if (previous != null) {
        previous.newer = next;
        older = null;
      }
    }
    Object links = null;
    if (list.newest == null && (s & CancellationToken.LINKED) != 0) {
      links = list.ext instanceof Extras extras ? extras.links : list.ext;
    }
    try {
      list.unlock(s);
    } catch (StackOverflowError e) {
      list.state = s;
    }
    if (links != null) {
      Attachment.detach(links);
      if ((s & CancellationToken.REQUESTED) != 0) {
        Links.drop(list);
      }
    }
    return true;
  }

  /**
   * Takes the callback off or, if it is running, waits until it has ended; so once this has
   * returned it is not running and will not run.
   *
   * <p>Does not wait within a callback of the same token: the thread that runs them would wait for
   * itself. Beware of other circles: a callback must not wait for a thread that closes its
   * registration, nor must two callbacks, of two tokens canceled on two threads, close each
   * other's. Where that cannot be ruled out, {@link #unregister()} is the way.
   *
   * <p>Waits without regard to interruption, and keeps the interrupt. May be called again.
   *
   * @dotnet CancellationTokenRegistration.Dispose()
   * @since 1.0
   */
  @Override
  public void close() {
    if (!unregister()) {
      RunWaiter.awaitEnd(this);
    }
  }

  /**
   * Does what {@link #close()} does, but gives back a stage instead of waiting.
   *
   * @return a stage that completes when the callback is not running and will not run; complete
   *     already where {@code close()} would not wait. It completes normally also if the callback
   *     throws; dependents never run on the thread that runs the callbacks
   * @dotnet CancellationTokenRegistration.DisposeAsync()
   * @since 1.0
   */
  public CompletionStage<@Nullable Void> closeAsync() {
    return unregister() ? ReadOnlyStage.<@Nullable Void>completed(null) : RunWaiter.whenEnded(this);
  }

  /**
   * Registers a callback, or runs it at once if cancellation has been requested.
   *
   * <p>Between the push and its end other threads may register and unregister here and the parents
   * be canceled; the argument why the callback is not lost is in class {@link Attachment}.
   */
  static CancellationTokenRegistration add(
      CancellationToken token, Object callback, @Nullable Object state) {
    int s = token.state;
    if ((s & CancellationToken.LINKED) != 0 && token.isCancellationRequested()) {
      return runInline(token, callback, state);
    }
    CancellationTokenRegistration added = new CancellationTokenRegistration(token, callback, state);
    s = token.lock();
    if ((s & (CancellationToken.REQUESTED | CancellationToken.CLOSED)) != 0) {
      token.state = s;
      return (s & CancellationToken.REQUESTED) == 0 ? NONE : runInline(token, callback, state);
    }
    Node head = token.newest;
    if (head != null) {
      added.older = head;
      head.newer = added;
    }
    token.newest = added;
    try {
      token.unlock(s);
    } catch (StackOverflowError e) {
      token.state = s;
    }
    return (s & CancellationToken.LINKED) == 0 ? added : attach(added, callback, state);
  }

  private static CancellationTokenRegistration attach(
      CancellationTokenRegistration added, Object callback, @Nullable Object state) {
    boolean attached;
    try {
      attached = Attachment.attach(added.token);
    } catch (Throwable e) {
      added.unregister();
      throw e;
    }
    if (attached || !added.unregister()) {
      return added;
    }
    return added.token.isCancellationRequested()
        ? runInline(added.token, callback, state)
        : add(added.token, callback, state);
  }

  private static CancellationTokenRegistration runInline(
      CancellationToken token, Object callback, @Nullable Object state) {
    if (state instanceof Handover handover) {
      CancellationTokenRegistration handedOver =
          new CancellationTokenRegistration(token, null, handover);
      handover.handOver();
      return handedOver;
    }
    run(callback, state instanceof OnContext ? RUNNABLE : state, token);
    return NONE;
  }

  /**
   * Runs a callback that has been taken off the list. With a context or an executor it may not have
   * run, or not have ended, when this returns; whatever is thrown here is the callback's.
   */
  void runTaken(@Nullable Object taken, @Nullable Object given) {
    if (given instanceof OnContext on) {
      RunWaiter.send(this, on.context, (Runnable) requireNonNull(taken));
    } else if (given instanceof Handover handover) {
      handover.handOver();
    } else {
      run(taken, given, token);
    }
  }

  /** Runs a callback of the user's that needs neither context nor executor. */
  @SuppressWarnings("unchecked") // add() was given callback and state of matching types
  static void run(@Nullable Object callback, @Nullable Object state, CancellationToken token) {
    if (state == RUNNABLE) {
      ((Runnable) requireNonNull(callback)).run();
    } else if (callback instanceof WithToken<?> withToken) {
      ((WithToken<@Nullable Object>) withToken).callback.accept(state, token);
    } else {
      ((Consumer<@Nullable Object>) requireNonNull(callback)).accept(state);
    }
  }

  /** A callback that is given the token too. */
  static final class WithToken<S extends @Nullable Object> {
    final BiConsumer<? super S, ? super CancellationToken> callback;

    WithToken(BiConsumer<? super S, ? super CancellationToken> callback) {
      this.callback = callback;
    }
  }

  /** In place of a state: the callback is a Runnable to be sent to the context. */
  static final class OnContext {
    final SynchronizationContext context;

    OnContext(SynchronizationContext context) {
      this.context = context;
    }
  }
}
