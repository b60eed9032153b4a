// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.util.Objects.requireNonNull;

import desist.AggregateException;
import desist.CancellationTokenRegistration;
import desist.EventWaitHandle;
import desist.ManualResetEvent;
import desist.ObjectDisposedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What few tasks have: a registration, a parent, children, a state, a wait handle. */
final class Extras {
  /*
   * Overview
   *
   * A parent ends after its children. "unfinished" counts the parent's own body as one, and each
   * attached child that has not ended; whoever takes it to zero ends the parent. It is raised by the
   * thread that runs the parent's body alone, so it cannot leave zero again.
   *
   * A child that has faulted is kept until the parent ends, in the order in which children ended.
   * What counts is whether its fault was thrown at the parent until then.
   *
   * "order" tells which of two tasks ended first, of those whose order somebody wants to know: 0 until
   * then, ORDER_WANTED, and a number from the task's end on.
   */

  private static final long ORDER_WANTED = -1;
  private static final AtomicLong LAST_ORDER = new AtomicLong();

  private static final VarHandle UNFINISHED =
      fieldVarHandle(
          MethodHandles.lookup(), "unfinished", VarHandle.class, Extras.class, int.class);
  private static final VarHandle FAULTED =
      fieldVarHandle(
          MethodHandles.lookup(), "faulted", VarHandle.class, Extras.class, Faulted.class);
  private static final VarHandle ORDER =
      fieldVarHandle(MethodHandles.lookup(), "order", VarHandle.class, Extras.class, long.class);
  private static final VarHandle HANDLE =
      fieldVarHandle(
          MethodHandles.lookup(), "handle", VarHandle.class, Extras.class, EventWaitHandle.class);

  /** In the place of a handle: these extras are dropped. */
  private static final EventWaitHandle RETIRED = new ManualResetEvent(true);

  // Written before the task is shown to others, or before it is given to a scheduler.
  @Nullable Object asyncState;
  @Nullable Task<?> parent;
  @Nullable CancellationTokenRegistration registration;

  /** The scheduler of a task that has ended, if a user wrote it. */
  @Nullable TaskScheduler scheduler;

  // How the body ended; written by its thread before it takes its one off "unfinished".
  int how;
  @Nullable Object outcome;

  private volatile int unfinished;
  private volatile @Nullable Faulted faulted;
  private volatile @Nullable EventWaitHandle handle;
  private volatile long order;

  /** Adds a child; called in the body. */
  void addChild() {
    if (unfinished == 0) {
      unfinished = 2;
    } else {
      UNFINISHED.getAndAdd(this, 1);
    }
  }

  boolean hasHadChildren() {
    return unfinished != 0;
  }

  /** Counts the body or a child as ended; returns whether it was the last. */
  boolean release() {
    return (int) UNFINISHED.getAndAdd(this, -1) == 1;
  }

  /** Keeps a child that has faulted, before it is counted as ended. */
  void addFaulted(Task<?> child) {
    Faulted top;
    do {
      top = faulted;
    } while (!FAULTED.compareAndSet(this, top, new Faulted(child, top)));
  }

  /** Returns what the body and the children have faulted with, if any has. */
  @Nullable Fault withFaultsOfChildren() {
    List<Throwable> ofChildren = new ArrayList<>();
    for (Faulted next = faulted; next != null; next = next.before) {
      Extras below = next.child.extras();
      if (below != null) {
        below.parent = null;
      }
      if (!next.child.has(TaskState.SEEN_BY_PARENT)) {
        ofChildren.add(new AggregateException(next.child.faults()));
      }
    }
    faulted = null;
    if (ofChildren.isEmpty()) {
      return null;
    }
    Collections.reverse(ofChildren);
    if (outcome instanceof Fault own) {
      List<Throwable> all = new ArrayList<>(own.exceptions());
      all.addAll(ofChildren);
      return new Fault(all);
    }
    return new Fault(ofChildren);
  }

  /** Has the end of the task be given a number. */
  void wantOrder() {
    ORDER.compareAndSet(this, 0L, ORDER_WANTED);
  }

  /** Gives the end of the task its number, if one is wanted; called by the one who ends it. */
  void giveOrder() {
    if (order == ORDER_WANTED) {
      order = LAST_ORDER.incrementAndGet();
    }
  }

  /** Returns the number of the task's end; not positive if it has none yet. */
  long order() {
    return order;
  }

  /** Returns the number of the latest end that has one. */
  static long lastOrder() {
    return LAST_ORDER.get();
  }

  /** Returns the wait handle; null if this is retired, and another one has to be asked. */
  @Nullable EventWaitHandle handle(TaskState task) {
    EventWaitHandle known = handle;
    if (known == null) {
      EventWaitHandle made = new ManualResetEvent(task.hasEnded());
      known = HANDLE.compareAndSet(this, null, made) ? made : requireNonNull(handle);
      if (task.hasEndedMeanwhile()) {
        setUnlessClosed(known);
      }
    }
    return known == RETIRED ? null : known;
  }

  /** Drops what a task that has ended does not need, and sets its handle. */
  void end() {
    giveOrder(); // wanted only just now, if it has none
    CancellationTokenRegistration registered = registration;
    if (registered != null) {
      registration = null;
      registered.unregister();
    }
    outcome = null;
    EventWaitHandle made = handle;
    if (made != null) {
      setUnlessClosed(made);
    }
  }

  void closeHandle() {
    EventWaitHandle made = handle;
    if (made != null && made != RETIRED) {
      made.close();
    }
  }

  private static void setUnlessClosed(EventWaitHandle handle) {
    try {
      handle.set();
    } catch (ObjectDisposedException e) {
      // Whoever took the handle has closed it.
    }
  }

  /** Retires this, if a task that has ended needs nothing here; then no handle is made any more. */
  boolean tryRetire() {
    return asyncState == null
        && scheduler == null
        && parent == null
        && order == 0
        && HANDLE.compareAndSet(this, null, RETIRED);
  }

  /** A child that has faulted, and the one that did before. */
  private record Faulted(Task<?> child, @Nullable Faulted before) {}
}
