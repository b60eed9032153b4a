// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import static java.util.Objects.requireNonNull;

import desist.Timeout;
import desist.testing.FakeTimer.Alarm;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The timers of a fake clock, how far it was moved, and the lock of the whole clock. */
final class FakeTimers {
  /*
   * Overview
   *
   * "uptime" is how far the clock was moved in all. It only grows, and timers go by it.
   *
   * A timer that nobody can reach any more leaves the clock, as one of .NET does, when the clock is
   * next used.
   *
   * Invariants:
   *
   *   1. "pending" holds the alarms that will fire. An alarm's place in it (due, number) changes only
   *      while the alarm is out of it.
   *   2. At most one thread is between beginFiring() and the takeDue() that returns null: "firing".
   *   3. No callback runs under the lock, so a callback may use the clock at will.
   *
   * Why no due alarm is left behind: time is moved, or the alarm put in, under the lock and before
   * beginFiring(). Either that call finds "firing" false and looks for due alarms itself, or another
   * thread has yet to come back to takeDue(), which puts "firing" down only when, under the same
   * lock, it finds nothing due.
   */

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final ReferenceQueue<FakeTimer> abandoned = new ReferenceQueue<>();

  // Guarded by "lock", with all that is mutable in the alarms.
  private final TreeSet<Alarm> pending = new TreeSet<>(Alarm.FIRING_ORDER);
  private Duration uptime = Duration.ZERO;
  private long alarmsScheduled;
  private boolean firing;

  /** Makes a timer that is not pending yet. */
  FakeTimer create(Runnable callback) {
    return new FakeTimer(this, callback, abandoned);
  }

  /** Reads or changes the clock under the lock. */
  <T extends @Nullable Object> T locked(Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }

  /** Moves the clock under the lock, and then fires the timers that have become due. */
  <T> T moving(Supplier<T> body) {
    T result = locked(body);
    fireDue();
    return result;
  }

  /** Returns how far the clock was moved in all. Called under the lock. */
  Duration uptime() {
    return uptime;
  }

  /** Called under the lock, in what is moving the clock. */
  void move(Duration amount) {
    uptime = saturatedSum(uptime, amount);
  }

  /** Returns how many alarms will go off. */
  int count() {
    return locked(pending::size);
  }

  /** Waits until so many alarms will go off; returns whether that was so within the time. */
  boolean awaitCount(int count, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (pending.size() < count && nanos > 0) {
        nanos = grown.awaitNanos(nanos);
      }
      return pending.size() >= count;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the alarm go off that long after the present; false if its timer is closed. */
  boolean change(Alarm alarm, Duration dueTime, Duration period) {
    boolean open = locked(() -> !alarm.closed && reschedule(alarm, dueTime, period));
    if (open) {
      fireDue();
    }
    return open;
  }

  /** Takes the alarm out for good. */
  void close(Alarm alarm) {
    locked(() -> remove(alarm));
  }

  private boolean reschedule(Alarm alarm, Duration dueTime, Duration period) {
    pending.remove(alarm);
    alarm.number = 0; // a callback that is running is not the last word any more
    if (!dueTime.equals(Timeout.INFINITE)) {
      alarm.period = period;
      scheduleAt(alarm, dueTime.isNegative() ? uptime : saturatedSum(uptime, dueTime));
    }
    return true;
  }

  private void scheduleAt(Alarm alarm, Duration due) {
    alarm.due = due;
    alarm.number = ++alarmsScheduled;
    pending.add(alarm);
    grown.signalAll();
  }

  private boolean remove(Alarm alarm) {
    alarm.closed = true;
    return pending.remove(alarm);
  }

  /** Runs all due callbacks, unless someone is at it already, and throws what they threw. */
  private void fireDue() {
    if (!locked(this::beginFiring)) {
      return;
    }
    Throwable failure = null;
    for (Alarm due; (due = locked(this::takeDue)) != null; ) {
      try {
        due.callback.run();
      } catch (Throwable thrown) {
        failure = combine(failure, thrown);
      }
      Alarm fired = due;
      locked(() -> repeat(fired));
    }
    if (failure != null) {
      throw FakeTimers.<RuntimeException>asItIs(failure);
    }
  }

  private boolean beginFiring() {
    boolean begun = !firing;
    firing = true;
    return begun;
  }

  /** Takes out the alarm that is to go off next, or ends the firing and returns null. */
  private @Nullable Alarm takeDue() {
    for (Object alarm; (alarm = abandoned.poll()) != null; ) {
      remove((Alarm) alarm);
    }
    if (pending.isEmpty() || pending.first().due.compareTo(uptime) > 0) {
      firing = false;
      return null;
    }
    Alarm due = requireNonNull(pending.pollFirst());
    due.taken = due.number;
    due.takenAt = uptime;
    return due;
  }

  /** Puts in a periodic alarm that has gone off, unless its timer was changed or closed since. */
  private boolean repeat(Alarm alarm) {
    boolean again =
        !alarm.closed && alarm.number == alarm.taken && !alarm.period.equals(Timeout.INFINITE);
    if (again) {
      boolean moved = !uptime.equals(alarm.takenAt);
      scheduleAt(alarm, saturatedSum(moved ? uptime : alarm.due, alarm.period));
    }
    return again;
  }

  private static Duration saturatedSum(Duration a, Duration b) {
    try {
      return a.plus(b);
    } catch (ArithmeticException tooLong) {
      return Timeout.INFINITE;
    }
  }

  private static Throwable combine(@Nullable Throwable first, Throwable next) {
    if (first == null) {
      return next;
    }
    if (first != next) {
      first.addSuppressed(next);
    }
    return first;
  }

  /** Throws any throwable, checked ones that a callback has sneaked out included. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // erased: nothing is cast
  private static <T extends Throwable> T asItIs(Throwable failure) throws T {
    throw (T) failure;
  }
}
