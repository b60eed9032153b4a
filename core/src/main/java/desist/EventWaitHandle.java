// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.util.Objects.requireNonNull;

/**
 * An event that one thread sets and others wait for.
 *
 * <p>A wait on an {@linkplain EventResetMode#AUTO_RESET auto-reset} event resets it: each {@link
 * #set} lets one wait through, the one that has waited longest, and setting it again before that
 * changes nothing. A {@linkplain EventResetMode#MANUAL_RESET manual-reset} event lets all waits
 * through until it is {@linkplain #reset reset}; all threads that wait when it is set are let
 * through, also if it is reset at once.
 *
 * <p>Memory consistency effects: actions in a thread before it sets an event <i>happen-before</i>
 * actions in another that follow a wait which that let through.
 *
 * @dotnet EventWaitHandle
 * @since 1.0
 */
public sealed class EventWaitHandle extends QueuedWaitHandle
    permits ManualResetEvent, AutoResetEvent {

  /**
   * Makes an event.
   *
   * @param initialState whether it is set
   * @param mode whether a wait resets it
   * @throws NullPointerException if {@code mode} is null
   * @dotnet new EventWaitHandle(bool, EventResetMode)
   * @since 1.0
   */
  public EventWaitHandle(boolean initialState, EventResetMode mode) {
    super(
        (initialState ? SIGNALED : 0)
            | (requireNonNull(mode, "mode") == EventResetMode.AUTO_RESET ? TAKEN_OFF : 0));
  }

  /**
   * Sets the event, and lets through the waits that this allows.
   *
   * @return true
   * @throws ObjectDisposedException if this is closed
   * @dotnet EventWaitHandle.Set()
   * @since 1.0
   */
  public boolean set() {
    int s = state;
    if ((s & (LOCKED | CLOSED | QUEUED)) != 0 || !compareAndSetState(s, s | SIGNALED)) {
      setLocked();
    }
    return true;
  }

  /**
   * Resets the event, so that waits block.
   *
   * @return true
   * @throws ObjectDisposedException if this is closed
   * @dotnet EventWaitHandle.Reset()
   * @since 1.0
   */
  public boolean reset() {
    for (; ; ) {
      int s = state;
      ensureOpen(s);
      if ((s & LOCKED) != 0) {
        awaitUnlocked();
      } else if (compareAndSetState(s, s & ~SIGNALED)) {
        return true;
      }
    }
  }

  /**
   * Closes the event. Threads that wait on it wake with an {@link ObjectDisposedException}.
   *
   * @dotnet WaitHandle.Dispose(), Close()
   * @since 1.0
   */
  @Override
  public void close() {
    closeQueue();
  }

  /**
   * Returns the type with the state.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    int s = state;
    String condition = (s & CLOSED) != 0 ? "closed" : isSignaled(s) ? "set" : "unset";
    return getClass().getSimpleName() + "[" + condition + "]";
  }

  @Override
  final boolean tryTake() {
    for (; ; ) {
      int s = state;
      if ((s & (CLOSED | SIGNALED)) != SIGNALED) {
        ensureOpen(s);
        return false;
      }
      if ((s & TAKEN_OFF) == 0) {
        return true;
      }
      if ((s & LOCKED) != 0) {
        awaitUnlocked();
      } else if (compareAndSetState(s, s & ~SIGNALED)) {
        return true;
      }
    }
  }

  @Override
  final void signal() {
    set();
  }

  @Override
  final int taken(int s, Thread thread) {
    return (s & TAKEN_OFF) != 0 ? s & ~SIGNALED : s;
  }

  private void setLocked() {
    int before = lockToSignal();
    letThrough(before, (before & CLOSED) != 0 ? before : before | SIGNALED);
    ensureOpen(before);
  }
}
