// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An operation that is stopped by an interrupt of its thread, which is taken back at the end. */
final class Interrupt extends Operation {
  /*
   * Overview
   *
   *     none --give--> given --end--> settled
   *        \------------end------------/
   *
   * The interrupt is given after the operation has begun and before it ends, and end() waits for
   * whoever is giving it. The thread looks at its flag then and takes it back. Nothing of ours can
   * set the flag later, so it is as if it had never been given.
   *
   * Java has one flag, and does not tell who set it. What the thread's own affair is, and what ours,
   * is decided thus:
   *
   *   1. The flag was set when the interrupt was to be given ("wasSet"): another came first. It is
   *      given all the same, as the body may be about to clear the flag. What the body throws is
   *      that other's doing, and a flag that is still set stays, unless an InterruptedException tells
   *      of that other already.
   *   2. Else the first to be noticed is ours. If the body ends by an InterruptedException and the
   *      flag is set, there was one more, which is kept. If the body ends otherwise a flag that is
   *      set is ours, or put back by the body as is the custom, and is cleared. What comes while ours
   *      has not been noticed is the same flag, and cannot be told from it.
   *
   * Operations may be nested, each with a token of its own. One flag may then stand for two that were
   * given, and the inner one, which takes it, must not leave the outer one without: GIVEN counts, for
   * each thread, those that were given and not settled, so that whoever settles one sets the flag
   * again while there are others. The outer operation may then be interrupted twice by us, so that
   * here a second interrupt is not taken for another's. Only what is canceled ever gets into GIVEN.
   *
   * If the stack is too full for settle(), the operation is abandoned by whoever has called that, who
   * needs no stack to write a field; so it is if it cannot be given. What is abandoned does nothing
   * any more, though it may still be registered, and does not count, though it may still be in GIVEN.
   * Where the stack stays too full to clear a flag that is set, that stays.
   *
   * Invariants:
   *
   *   3. An interrupt is counted before it is given, and until it is settled, which happens on its
   *      thread after end() has waited for stop(). So GIVEN holds no thread that is at other things.
   *   4. The flag is cleared only by its own thread, and set again by it before anything else runs.
   */

  private static final ConcurrentHashMap<Target, Given> GIVEN = new ConcurrentHashMap<>();

  /** Whether any ever was, so that those in GIVEN have to be looked at. */
  static volatile boolean isAnyAbandoned;

  /** Far more than there is in any chain of causes that has an end. */
  private static final int MOST_CAUSES = 100;

  private final Thread thread;

  /** Set by who calls settle(), if that fails, and by stop(). */
  volatile boolean isAbandoned;

  // Written by who gives the interrupt, before end() returns.
  private boolean isGiven;
  private boolean wasSet;

  Interrupt(Thread thread) {
    this.thread = thread;
  }

  /**
   * Ends the operation and takes the interrupt back. Called once.
   *
   * @param thrown how the body has ended; null means by a result
   * @return whether it has ended so because of the interrupt
   */
  boolean settle(@Nullable Throwable thrown) {
    end();
    return isGiven && take(thrown) && isInterruption(thrown);
  }

  @Override
  boolean isStopped() {
    return isGiven;
  }

  /** Interrupts the thread, which is not waited for: this never blocks. */
  @Override
  void stop() {
    if (isAbandoned) {
      return;
    }
    Target target = new Target(thread);
    try {
      GIVEN.compute(target, (t, given) -> given == null ? Given.one(this) : given.plus(this));
      isGiven = true;
      wasSet = thread.isInterrupted() && requireNonNull(GIVEN.get(target)).isOne(); // not by us
      thread.interrupt();
    } catch (VirtualMachineError e) {
      isAbandoned = true;
      isAnyAbandoned = true;
      throw e;
    }
  }

  @Override
  void ended() {}

  /** Clears the flag, or leaves what is not ours; returns whether what was thrown may be ours. */
  private boolean take(@Nullable Throwable thrown) {
    boolean isSet = Thread.interrupted();
    Target target = new Target(thread);
    Given given = GIVEN.get(target);
    boolean isRepeated = given != null && given.isRepeated;
    boolean isAlone = GIVEN.computeIfPresent(target, (t, all) -> all.minus(this)) == null;
    boolean tells = thrown instanceof InterruptedException;
    boolean isKept = isSet && (wasSet ? !tells : tells && !isRepeated);
    if (isKept || !isAlone) {
      thread.interrupt();
    }
    return !wasSet;
  }

  /**
   * Whether this tells of an interrupt: InterruptedException and those of channels and streams, by
   * themselves or as a cause.
   */
  private static boolean isInterruption(@Nullable Throwable thrown) {
    if (thrown instanceof OperationCanceledException canceled
        && canceled.token() != CancellationToken.none()) {
      return false; // whose cause is a reason
    }
    Throwable cause = thrown;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      if (cause instanceof InterruptedException
          || cause instanceof ClosedByInterruptException
          || cause instanceof FileLockInterruptionException
          || (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException))
          || isClosedByInterrupt(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Whether this is how a socket on a virtual thread tells of an interrupt. */
  private static boolean isClosedByInterrupt(Throwable thrown) {
    return thrown instanceof SocketException && "Closed by interrupt".equals(thrown.getMessage());
  }

  /**
   * The interrupts of a thread that are given and not settled.
   *
   * @param interrupts all of them; read and changed within methods of GIVEN only, by one thread at
   *     a time
   * @param count how many they were
   * @param isRepeated whether another was settled meanwhile, so that the flag was set again
   */
  private record Given(Set<Interrupt> interrupts, int count, boolean isRepeated) {
    static Given one(Interrupt interrupt) {
      Given none = new Given(Collections.newSetFromMap(new IdentityHashMap<>(1)), 0, false);
      return none.plus(interrupt);
    }

    /** Whether there is one, beside which there has been no other. */
    boolean isOne() {
      return count == 1 && !isRepeated;
    }

    Given plus(Interrupt interrupt) {
      dropAbandoned();
      boolean isFirst = interrupts.isEmpty();
      interrupts.add(interrupt);
      return new Given(interrupts, interrupts.size(), isRepeated && !isFirst);
    }

    @Nullable Given minus(Interrupt interrupt) {
      dropAbandoned();
      interrupts.remove(interrupt);
      return interrupts.isEmpty() ? null : new Given(interrupts, interrupts.size(), true);
    }

    private void dropAbandoned() {
      if (isAnyAbandoned) {
        interrupts.removeIf(interrupt -> interrupt.isAbandoned);
      }
    }
  }

  /** A thread by its identity, whatever a subclass makes of equals. */
  private record Target(Thread thread) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Target target && target.thread == thread;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(thread);
    }
  }
}
