// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.ObjectDisposedException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A place where several participants wait for each other, phase by phase, and whose waits a token
 * can end.
 *
 * <p>A phase ends when each participant has signaled. Then the post-phase action runs, if there is
 * one, on the thread that has brought the end about; only after it are the others let through, all
 * of them, and the next phase begins. What the action throws reaches every participant of the phase
 * as a {@link BarrierPostPhaseException}.
 *
 * <p>A wait that ends otherwise, by its token, its time-out or an interrupt, takes its signal back.
 * Who gave up is a participant still: the phase ends when it has signaled again, or is removed.
 * Once all have signaled it is too late to give up: the wait ends with the phase.
 *
 * <p>All methods are safe to call from any thread. The action may read the numbers of its barrier;
 * all other calls from within it throw an {@link IllegalStateException}.
 *
 * <p>Memory consistency effects: actions in a thread before it signals <i>happen-before</i> the
 * post-phase action, and that <i>happens-before</i> actions that follow the wait of another
 * participant of the same phase.
 *
 * {@snippet lang = java:
 * Barrier step = new Barrier(workers, b -> board.swap());
 * // Each worker:
 * while (!board.isDone()) {
 *   board.compute(part);
 *   step.signalAndWait(token);
 * }
 * }
 *
 * @dotnet Barrier
 * @since 1.0
 */
public final class Barrier implements AutoCloseable {
  /*
   * Overview
   *
   * A phase is
   *
   *     OPEN   until as many have signaled as there are participants; who waits may take its signal
   *            back
   *     FULL   while the action runs, on the thread "acting"; there are no signals yet for the phase
   *            to come, and nobody gives up
   *
   * and then the next one is OPEN. Without an action a phase is never FULL.
   *
   * Invariants:
   *
   *   1. All is guarded by the queue's lock. The action runs without it.
   *   2. While a phase is OPEN "signaled" counts the participants in the queue, and is less than
   *      "participants" unless both are zero. A signal and its place come and go together.
   *   3. A phase becomes FULL, or ends, where the last signal is counted or the last participant
   *      without one removed. It ends once, by the same thread, which then serves all in the queue.
   *   4. Who joins while a phase is FULL counts as a participant at once, and waits in the queue for
   *      the next phase to be OPEN.
   *
   * Why no signal is lost: to give up is decided under the lock, where the phase is seen to be OPEN:
   * so a signal is either taken back before the last one comes, or counts. Why nobody is left
   * behind: whoever waits is in the queue of a phase, and the end of the phase empties it.
   *
   * Why nothing deadlocks: a token's callback takes the lock to give up, for a few assignments. A
   * thread waits for the action only where it is not the action's own.
   *
   * The failure of an action belongs to its phase, which each waiter remembers: the next phase may
   * be over before the last one is awake.
   *
   * Not done: signals by CAS, without the lock. A participant blocks and so pays for much more.
   */

  private static final int MOST_PARTICIPANTS = 32_767;

  private final @Nullable Consumer<? super Barrier> postPhaseAction;

  private final WaitQueue queue = new WaitQueue();

  // Guarded by the queue's lock.
  private int participants;
  private int signaled;
  private Phase phase = new Phase(0);
  private @Nullable Thread acting;

  /** Written under the lock. */
  private volatile boolean isClosed;

  /**
   * Makes a barrier without a post-phase action.
   *
   * @param participantCount how many participants there are, from 0 to 32,767
   * @throws IllegalArgumentException if {@code participantCount} is not in this range
   * @dotnet new Barrier(int)
   * @since 1.0
   */
  public Barrier(int participantCount) {
    this(participantCount, null);
  }

  /**
   * Makes a barrier.
   *
   * @param participantCount how many participants there are, from 0 to 32,767
   * @param postPhaseAction what to do at the end of each phase; null means nothing
   * @throws IllegalArgumentException if {@code participantCount} is not in this range
   * @dotnet new Barrier(int, Action&lt;Barrier&gt;)
   * @since 1.0
   */
  public Barrier(int participantCount, @Nullable Consumer<? super Barrier> postPhaseAction) {
    Counts.requireNotNegative(participantCount, "participantCount");
    if (participantCount > MOST_PARTICIPANTS) {
      throw new IllegalArgumentException(
          "participantCount is more than " + MOST_PARTICIPANTS + ": " + participantCount);
    }
    participants = participantCount;
    this.postPhaseAction = postPhaseAction;
  }

  /**
   * Returns how many participants there are; may be asked of a closed barrier.
   *
   * @return how many signals end a phase
   * @dotnet Barrier.ParticipantCount
   * @since 1.0
   */
  public int participantCount() {
    queue.lock();
    try {
      return participants;
    } finally {
      queue.isLocked = false;
    }
  }

  /**
   * Returns how many participants have not signaled yet in the current phase; may be asked of a
   * closed barrier. The post-phase action sees the number of the phase to come.
   *
   * @return how many signals are missing
   * @dotnet Barrier.ParticipantsRemaining
   * @since 1.0
   */
  public int participantsRemaining() {
    queue.lock();
    try {
      return participants - signaled;
    } finally {
      queue.isLocked = false;
    }
  }

  /**
   * Returns the number of the current phase; may be asked of a closed barrier. It grows when the
   * post-phase action has ended.
   *
   * @return how many phases have ended
   * @dotnet Barrier.CurrentPhaseNumber
   * @since 1.0
   */
  public long currentPhaseNumber() {
    queue.lock();
    try {
      return phase.number;
    } finally {
      queue.isLocked = false;
    }
  }

  /**
   * Adds a participant, which takes part from the current phase on; from the next one if the
   * post-phase action runs, for whose end this waits.
   *
   * @return the number of the first phase in which it takes part
   * @throws IllegalStateException if this is called from within the post-phase action, or there are
   *     as many participants as there can be
   * @throws InterruptedException if the thread is interrupted, before or while it waits; then the
   *     participant was not added
   * @throws ObjectDisposedException if this is closed
   * @dotnet Barrier.AddParticipant()
   * @since 1.0
   */
  public long addParticipant() throws InterruptedException {
    long first = add(1);
    if (first < 0) {
      throw new IllegalStateException(
          "There are " + MOST_PARTICIPANTS + " participants, and there can be no more.");
    }
    return first;
  }

  /**
   * Adds several participants, which take part from the current phase on; from the next one if the
   * post-phase action runs, for whose end this waits.
   *
   * @param participantCount how many to add
   * @return the number of the first phase in which they take part
   * @throws IllegalArgumentException if {@code participantCount} is not positive, or there would be
   *     more than 32,767
   * @throws IllegalStateException if this is called from within the post-phase action
   * @throws InterruptedException if the thread is interrupted, before or while it waits; then no
   *     participant was added
   * @throws ObjectDisposedException if this is closed
   * @dotnet Barrier.AddParticipants(int)
   * @since 1.0
   */
  public long addParticipants(int participantCount) throws InterruptedException {
    Counts.requirePositive(participantCount, "participantCount");
    long first = add(participantCount);
    if (first < 0) {
      throw new IllegalArgumentException(
          "participantCount would make more than "
              + MOST_PARTICIPANTS
              + " participants: "
              + participantCount);
    }
    return first;
  }

  /**
   * Removes a participant, one that has not signaled. If all others have, that ends the phase: the
   * post-phase action runs on this thread.
   *
   * @throws BarrierPostPhaseException if the action threw; the participant was removed
   * @throws IllegalArgumentException if there is no participant
   * @throws IllegalStateException if this is called from within the post-phase action
   * @throws ObjectDisposedException if this is closed
   * @dotnet Barrier.RemoveParticipant()
   * @since 1.0
   */
  public void removeParticipant() {
    removeParticipants(1);
  }

  /**
   * Removes several participants, none of which has signaled. If all others have, that ends the
   * phase: the post-phase action runs on this thread. To remove all participants ends no phase.
   *
   * @param participantCount how many to remove
   * @throws BarrierPostPhaseException if the action threw; the participants were removed
   * @throws IllegalArgumentException if {@code participantCount} is not positive, or there are
   *     fewer
   * @throws IllegalStateException if fewer have not signaled yet, or this is called from within the
   *     post-phase action
   * @throws ObjectDisposedException if this is closed, which is looked at first
   * @dotnet Barrier.RemoveParticipants(int)
   * @since 1.0
   */
  public void removeParticipants(int participantCount) {
    ensureOpen();
    Counts.requirePositive(participantCount, "participantCount");
    Phase ending;
    Phase next;
    queue.lock();
    try {
      ensureOpen();
      ensureNotInAction();
      int left = participants - participantCount;
      if (left < 0) {
        throw new IllegalArgumentException(
            "Of " + participants + " participants " + participantCount + " cannot be removed.");
      }
      if (left < signaled) {
        throw new IllegalStateException(
            (participants - signaled)
                + " have not signaled; "
                + participantCount
                + " cannot be removed.");
      }
      if (left > signaled || signaled == 0) {
        participants = left;
        return;
      }
      ending = phase;
      next = fill();
      participants = left;
    } finally {
      queue.isLocked = false;
    }
    end(ending, next);
  }

  /**
   * Signals, and waits until all participants have, and the phase has ended.
   *
   * @throws BarrierPostPhaseException if the post-phase action threw
   * @throws IllegalStateException if there are no participants, if all have signaled and the
   *     post-phase action runs, or if this is called from within that
   * @throws InterruptedException if the thread is interrupted, before or while it waits; the signal
   *     is taken back
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet Barrier.SignalAndWait()
   * @since 1.0
   */
  public void signalAndWait() throws InterruptedException {
    signalAndWait(Durations.FOREVER, CancellationToken.none());
  }

  /**
   * Signals, and waits until all participants have, and the phase has ended, or the token is
   * canceled.
   *
   * @param token what ends the wait
   * @throws BarrierPostPhaseException if the post-phase action threw
   * @throws IllegalStateException if there are no participants, if all have signaled and the
   *     post-phase action runs, or if this is called from within that
   * @throws InterruptedException if the thread is interrupted, before or while it waits; the signal
   *     is taken back
   * @throws NullPointerException if {@code token} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @throws desist.OperationCanceledException if the token is canceled, before or while the thread
   *     waits; the signal is taken back
   * @dotnet Barrier.SignalAndWait(CancellationToken)
   * @since 1.0
   */
  public void signalAndWait(CancellationToken token) throws InterruptedException {
    signalAndWait(Durations.FOREVER, token);
  }

  /**
   * Signals, and waits until all participants have, and the phase has ended, but no longer than the
   * time-out. How long the post-phase action runs does not count.
   *
   * @param timeout how long to wait; zero or less means not at all
   * @return whether the phase has ended; if not, the signal is taken back
   * @throws BarrierPostPhaseException if the post-phase action threw
   * @throws IllegalStateException if there are no participants, if all have signaled and the
   *     post-phase action runs, or if this is called from within that
   * @throws InterruptedException if the thread is interrupted, before or while it waits; the signal
   *     is taken back
   * @throws NullPointerException if {@code timeout} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet Barrier.SignalAndWait(TimeSpan), SignalAndWait(int)
   * @since 1.0
   */
  public boolean signalAndWait(Duration timeout) throws InterruptedException {
    return signalAndWait(Durations.toNanos(timeout), CancellationToken.none());
  }

  /**
   * Signals, and waits until all participants have, and the phase has ended, or the token is
   * canceled, but no longer than the time-out. How long the post-phase action runs does not count.
   *
   * @param timeout how long to wait; zero or less means not at all
   * @param token what ends the wait
   * @return whether the phase has ended; if not, the signal is taken back
   * @throws BarrierPostPhaseException if the post-phase action threw
   * @throws IllegalStateException if there are no participants, if all have signaled and the
   *     post-phase action runs, or if this is called from within that
   * @throws InterruptedException if the thread is interrupted, before or while it waits; the signal
   *     is taken back
   * @throws NullPointerException if {@code timeout} or {@code token} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @throws desist.OperationCanceledException if the token is canceled, before or while the thread
   *     waits; the signal is taken back
   * @dotnet Barrier.SignalAndWait(TimeSpan, CancellationToken), SignalAndWait(int,
   *     CancellationToken)
   * @since 1.0
   */
  public boolean signalAndWait(Duration timeout, CancellationToken token)
      throws InterruptedException {
    return signalAndWait(Durations.toNanos(timeout), token);
  }

  /**
   * Closes the barrier. Participants that wait for others wake with an {@link
   * ObjectDisposedException}; a phase in which all have signaled ends as it would have. The numbers
   * can still be read, and stay as they are. May be called again.
   *
   * @throws IllegalStateException if this is called from within the post-phase action
   * @dotnet Barrier.Dispose()
   * @since 1.0
   */
  @Override
  public void close() {
    Ended ended = new Ended();
    queue.lock();
    try {
      ensureNotInAction();
      isClosed = true;
      if (acting == null) {
        queue.endAll(Waiter.ENDED, ended);
      }
    } finally {
      queue.isLocked = false;
      ended.wake();
    }
  }

  /**
   * Returns the type with the phase and who remains.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    queue.lock();
    try {
      return "Barrier[phase "
          + phase.number
          + ", "
          + (participants - signaled)
          + " of "
          + participants
          + " remaining"
          + (isClosed ? ", closed]" : "]");
    } finally {
      queue.isLocked = false;
    }
  }

  /** Adds participants, and returns their first phase; less than zero if they are too many. */
  private long add(int count) throws InterruptedException {
    ThreadWaiter.throwIfInterrupted();
    Newcomer newcomer;
    long first;
    queue.lock();
    try {
      ensureOpen();
      ensureNotInAction();
      if (count > MOST_PARTICIPANTS - participants) {
        return -1;
      }
      if (acting == null) {
        participants += count;
        return phase.number;
      }
      newcomer = new Newcomer(count);
      queue.add(newcomer, 0);
      participants += count;
      first = phase.number + 1;
    } finally {
      queue.isLocked = false;
    }
    newcomer.await(CancellationToken.none(), Durations.FOREVER);
    return first;
  }

  private boolean signalAndWait(long nanos, CancellationToken token) throws InterruptedException {
    requireNonNull(token, "token");
    ThreadWaiter.throwIfInterrupted();
    ensureOpen();
    token.throwIfCancellationRequested();
    Participant participant = new Participant();
    Phase current;
    Phase next = null;
    queue.lock();
    try {
      ensureOpen();
      ensureNotInAction();
      if (participants == 0) {
        throw new IllegalStateException("There are no participants.");
      }
      if (acting != null) {
        throw new IllegalStateException("All participants have signaled.");
      }
      current = phase;
      if (signaled + 1 == participants) {
        next = fill();
      } else if (nanos > 0) {
        queue.add(participant, 0);
        signaled++;
      } else {
        return false; // a signal that would be taken back at once
      }
    } finally {
      queue.isLocked = false;
    }
    if (next == null) {
      boolean hasEnded = participant.awaitServed(token, nanos);
      if (hasEnded) {
        current.throwIfFailed();
      }
      return hasEnded;
    }
    end(current, next);
    return true;
  }

  /**
   * Takes the last signal of the phase, under the lock; whoever does that then ends the phase.
   *
   * @return the phase to come
   */
  private Phase fill() {
    Phase next = new Phase(phase.number + 1);
    signaled = 0;
    if (postPhaseAction == null) {
      begin(next);
    } else {
      acting = Thread.currentThread();
    }
    return next;
  }

  /** Ends a phase that this thread has filled, holding no lock. */
  private void end(Phase full, Phase next) {
    if (postPhaseAction != null) {
      try {
        postPhaseAction.accept(this);
      } catch (Throwable e) {
        full.failure = e;
      }
      queue.lock();
      try {
        acting = null;
        begin(next);
      } finally {
        queue.isLocked = false;
        full.ended.wake();
      }
    } else {
      full.ended.wake();
    }
    full.throwIfFailed();
  }

  /** Begins the next phase, under the lock, with nobody in the queue. */
  private void begin(Phase next) {
    queue.endAll(0, phase.ended);
    phase = next;
  }

  private void ensureOpen() {
    if (isClosed) {
      throw new ObjectDisposedException("Barrier");
    }
  }

  private void ensureNotInAction() {
    if (acting == Thread.currentThread()) {
      throw new IllegalStateException("The post-phase action can only read its barrier.");
    }
  }

  private static final class Phase {
    final long number;

    /** Those who wait for the end of the phase, when it has come. */
    final Ended ended = new Ended();

    /** Written before the phase ends. */
    @Nullable Throwable failure;

    Phase(long number) {
      this.number = number;
    }

    void throwIfFailed() {
      if (failure != null) {
        throw new BarrierPostPhaseException(failure);
      }
    }
  }

  /** Has signaled, and takes that back if it gives up. */
  private final class Participant extends ThreadWaiter {
    Participant() {
      super(Barrier.this);
    }

    @Override
    boolean giveUp(int outcome) {
      queue.lock();
      try {
        if (acting != null || !end(outcome)) {
          return false;
        }
        signaled--;
        leaveLocked();
        return true;
      } finally {
        queue.isLocked = false;
      }
    }
  }

  /** Adds participants while the action runs, and takes that back if it gives up. */
  private final class Newcomer extends ThreadWaiter {
    private final int count;

    Newcomer(int count) {
      super(Barrier.this);
      this.count = count;
    }

    @Override
    boolean giveUp(int outcome) {
      queue.lock();
      try {
        if (participants < count || !end(outcome)) {
          return false; // they have been removed, or the next phase has begun
        }
        participants -= count;
        leaveLocked();
        return true;
      } finally {
        queue.isLocked = false;
      }
    }
  }
}
