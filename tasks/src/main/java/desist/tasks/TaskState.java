// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.EventWaitHandle;
import desist.OperationCanceledException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The state of a task, and those who want to be told of its end. */
abstract sealed class TaskState permits Task {
  /*
   * Overview
   *
   * A task takes 32 bytes: a word of flags, its id, and three references.
   *
   * The status is read off the flags, the first of these that holds (method "status"):
   *
   *     FAULTED, CANCELED, RAN     it has ended
   *     PARENT_WAITS               its body has ended, an attached child has not
   *     INVOKED                    its body runs, or is passed over because its token is canceled
   *     STARTED                    its scheduler has it
   *     PROMISE or CONTINUATION    something else will end or start it
   *
   * "value" is the task's Job until the end, if it has a body; then its result, its Fault, or its
   * cancellation: the token, or the exception that the body threw to acknowledge it.
   *
   * Who may end the task is settled by one CAS: INVOKED for the one that runs the body (and for the
   * last child after it), RESERVED for one that ends it without: a promise kept, a cancellation
   * before the body began, a scheduler that refuses it. Each is refused where the other is set.
   *
   * Invariants:
   *
   *   1. A final flag is set once, by the thread that settled to end the task, and never cleared.
   *   2. "value" is written before the final flag is set, and not after. Whoever reads the flag, a
   *      volatile, may read the value.
   *   3. A hook is run once, after the final flag was set; or it is removed, and is not run.
   *   4. Between RESERVED and the final flag no user code runs, and nothing waits.
   *   5. With a final flag set, job, registration and children are dropped.
   *
   * Why no hook is lost: the one that ends the task sets the final flag, then puts TAKEN in the place
   * of the hooks, whether there are any or not, and takes out what it finds. A hook is added by a
   * CAS, or under the list's lock: it was there before, or finds that they are taken.
   *
   * The same goes for what comes late to the extras: it is put there, then one looks whether the hooks
   * are taken (hasEndedMeanwhile); the other takes the hooks, then looks at the extras. Each of these
   * is a volatile access. The final flag itself is a release, which is not enough for that.
   *
   * It is written without a CAS. A flag that another thread sets in between may be lost: those are
   * BOUND and PARENT_WAITS, which say nothing of a task that has ended. All others are set before, by
   * the thread that ends the task, or by those who have seen the end.
   *
   * "hooks" is null, the one hook there is, a HookList once there were two, or TAKEN from the end on.
   * A task that was made with its final flag keeps null.
   *
   * Not done: a continuation's list that is a stack, as in CompletableFuture. .NET's order is that of
   * registration, and one that is removed must leave nothing behind on a task that lives long.
   */

  /** The bits of TaskCreationOptions. */
  static final int OPTIONS = 0x5F;

  static final int PROMISE = 0x80;
  static final int CONTINUATION = 0x100;

  /** It was given to a scheduler by a call of start or runSynchronously, which may come once. */
  static final int BOUND = 0x8000;

  static final int STARTED = 0x1_0000;
  static final int INVOKED = 0x2_0000;
  static final int CLOSED = 0x4_0000;

  /** Its fault was thrown at its parent, by a wait in the parent's body. */
  static final int SEEN_BY_PARENT = 0x8_0000;

  static final int FAULTED = 0x20_0000;
  static final int CANCELED = 0x40_0000;
  static final int PARENT_WAITS = 0x80_0000;
  static final int RAN = 0x100_0000;
  static final int RESERVED = 0x400_0000;
  static final int ENDED = FAULTED | CANCELED | RAN;

  private static final Object TAKEN = new Object();
  private static final AtomicInteger IDS = new AtomicInteger();

  private static final VarHandle STATE =
      fieldVarHandle(MethodHandles.lookup(), "state", VarHandle.class, TaskState.class, int.class);
  private static final VarHandle ID =
      fieldVarHandle(MethodHandles.lookup(), "id", VarHandle.class, TaskState.class, int.class);
  private static final VarHandle HOOKS =
      fieldVarHandle(
          MethodHandles.lookup(), "hooks", VarHandle.class, TaskState.class, Object.class);
  private static final VarHandle EXTRAS =
      fieldVarHandle(
          MethodHandles.lookup(), "extras", VarHandle.class, TaskState.class, Extras.class);

  volatile int state;
  private volatile int id;

  /** See invariant 2. */
  @Nullable Object value;

  private volatile @Nullable Object hooks;
  private volatile @Nullable Extras extras;

  TaskState(int flags) {
    STATE.setRelease(this, flags); // no fence: nobody else knows the task
  }

  // ---- What it is ----

  final boolean has(int flags) {
    return (state & flags) != 0;
  }

  final boolean hasEnded() {
    return (state & ENDED) != 0;
  }

  /** Whether the task has ended, for one who has just left something with it; see the overview. */
  final boolean hasEndedMeanwhile() {
    return hooks == TAKEN || hasEnded();
  }

  static TaskStatus status(int s) {
    if ((s & FAULTED) != 0) {
      return TaskStatus.FAULTED;
    } else if ((s & CANCELED) != 0) {
      return TaskStatus.CANCELED;
    } else if ((s & RAN) != 0) {
      return TaskStatus.RAN_TO_COMPLETION;
    } else if ((s & PARENT_WAITS) != 0) {
      return TaskStatus.WAITING_FOR_CHILDREN_TO_COMPLETE;
    } else if ((s & INVOKED) != 0) {
      return TaskStatus.RUNNING;
    } else if ((s & STARTED) != 0) {
      return TaskStatus.WAITING_TO_RUN;
    } else if ((s & (PROMISE | CONTINUATION)) != 0) {
      return TaskStatus.WAITING_FOR_ACTIVATION;
    }
    return TaskStatus.CREATED;
  }

  /** Returns the id, made when it is first asked for. */
  final int idOnDemand() {
    int known = id;
    if (known != 0) {
      return known;
    }
    int next = IDS.incrementAndGet();
    while (next == 0) {
      next = IDS.incrementAndGet();
    }
    return ID.compareAndSet(this, 0, next) ? next : id;
  }

  /** Returns what is left to run; null once the task has ended, and for a promise. */
  final @Nullable Job job() {
    return value instanceof Job job ? job : null;
  }

  /** Returns the exceptions of a task that has faulted. */
  final Fault fault() {
    return (Fault) requireNonNull(value);
  }

  /** Returns the exceptions of a task that has faulted, which counts as having looked at them. */
  final List<Throwable> faults() {
    try {
      return fault().exceptions();
    } finally {
      Reference.reachabilityFence(this); // it is not found unlooked at while somebody looks
    }
  }

  /** Returns the exception that a body has acknowledged its cancellation by, if one has. */
  final @Nullable OperationCanceledException acknowledgement() {
    return has(CANCELED) && value instanceof OperationCanceledException thrown ? thrown : null;
  }

  /** Returns the token by which the task was canceled, or can be. */
  final CancellationToken cancellationToken() {
    Object v = value;
    if (v instanceof Job job) {
      return job.token;
    } else if (has(CANCELED) && v instanceof CancellationToken token) {
      return token;
    } else if (has(CANCELED) && v instanceof OperationCanceledException thrown) {
      return thrown.token();
    }
    return CancellationToken.none();
  }

  /** Returns the wait handle, which is made when it is first asked for. */
  final EventWaitHandle handleOnDemand() {
    EventWaitHandle handle;
    do {
      handle = extrasOnDemand().handle(this);
    } while (handle == null); // these are about to be dropped
    return handle;
  }

  final @Nullable Extras extras() {
    return extras;
  }

  final Extras extrasOnDemand() {
    Extras known = extras;
    if (known == null) {
      Extras made = new Extras();
      known = EXTRAS.compareAndSet(this, null, made) ? made : extras;
    }
    return known == null ? extrasOnDemand() : known; // it was dropped meanwhile
  }

  // ---- Who may end it ----

  /** Sets these flags, unless one of the others is set. */
  final boolean trySet(int flags, int unless) {
    for (int s = state; (s & unless) == 0; s = state) {
      if (STATE.compareAndSet(this, s, s | flags)) {
        return true;
      }
    }
    return false;
  }

  final void set(int flags) {
    STATE.getAndBitwiseOr(this, flags);
  }

  /** Takes the right to start the task. */
  final boolean tryStart() {
    return trySet(STARTED, STARTED | RESERVED | ENDED);
  }

  /** Takes the right to start the task and that to run its body. */
  final boolean tryStartAndInvoke() {
    return trySet(STARTED | INVOKED, STARTED | INVOKED | RESERVED | ENDED);
  }

  /** Takes the right to run the body, or to end the task in its place. */
  final boolean tryInvoke() {
    return trySet(INVOKED, INVOKED | RESERVED | ENDED);
  }

  /** Takes the right to end the task without its body, unless one of these flags is set. */
  final boolean tryReserve(int unless) {
    return trySet(RESERVED, unless | RESERVED | ENDED);
  }

  /** Returns once whoever took the right to end a promise has done so (invariant 4). */
  final void awaitEnd() {
    for (int spins = 0; !hasEnded(); spins++) {
      if (spins < 100) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  // ---- Its end ----

  /** Ends the task after its body, or has its last child end it; returns the hooks to run. */
  final @Nullable Hook endBody(int how, @Nullable Object outcome) {
    Extras e = extras;
    if (e == null || !e.hasHadChildren()) {
      return withThoseOfParents(settle(how, outcome));
    }
    e.how = how;
    e.outcome = outcome;
    if (e.release()) {
      return withThoseOfParents(settleWithChildren(e));
    }
    trySet(PARENT_WAITS, ENDED);
    return null;
  }

  /** Ends the task; the caller has taken the right to. Runs its hooks. */
  final void end(int how, @Nullable Object outcome) {
    Hook all = withThoseOfParents(settle(how, outcome));
    if (all != null) {
      Current.get().run(all);
    }
  }

  /**
   * Ends the parent, if that waited for this task alone, and its parent and so on; returns the
   * hooks of those before these. (No recursion: generations may be many.)
   */
  private @Nullable Hook withThoseOfParents(@Nullable Hook own) {
    Hook all = own;
    for (TaskState next = nextToEnd(); next != null; next = next.nextToEnd()) {
      Extras e = next.extras;
      if (e != null) {
        all = Hook.join(next.settleWithChildren(e), all);
      }
    }
    return all;
  }

  private @Nullable Hook settleWithChildren(Extras e) {
    Fault fault = e.withFaultsOfChildren();
    return fault != null ? settle(FAULTED, fault) : settle(e.how, e.outcome);
  }

  /** Sets the final flag; returns the task's own hooks. */
  private @Nullable Hook settle(int how, @Nullable Object outcome) {
    Job job = job();
    if (how == FAULTED && outcome instanceof Fault fault) {
      fault.watch(this);
    }
    if (job != null && job.scheduler != null && !job.scheduler.isOurs()) {
      extrasOnDemand().scheduler = job.scheduler; // it may ask for the task again
    }
    Extras e = extras;
    if (e != null) {
      e.giveOrder(); // before anybody sees the end
    }
    value = outcome;
    STATE.setRelease(this, state | how);
    Hook own = takeHooks();
    e = extras; // they may have come meanwhile, and whoever made them looks at the hooks after
    if (e != null) {
      e.end();
      dropUnneeded(e);
    }
    return own;
  }

  /** Tells the parent of the end; returns it if this was the last that it waited for. */
  private @Nullable TaskState nextToEnd() {
    Extras e = extras;
    Task<?> parent = e == null ? null : e.parent;
    if (e == null || parent == null) {
      return null;
    }
    Extras above = parent.extras();
    if (above == null) {
      return null;
    }
    if (has(FAULTED)) {
      above.addFaulted((Task<?>) this);
    } else {
      e.parent = null;
      dropUnneeded(e);
    }
    return above.release() ? parent : null;
  }

  private void dropUnneeded(Extras e) {
    if (e.tryRetire()) {
      extras = null;
    }
  }

  // ---- In which order tasks ended ----

  /**
   * Has the end of the task be given a number, by which it can be compared with others.
   *
   * @return false if it has ended already
   */
  final boolean keepOrder() {
    if (hasEnded()) {
      return false;
    }
    extrasOnDemand().wantOrder();
    return !hasEndedMeanwhile();
  }

  /** Returns the number of the end of a task that has ended and was asked in time to keep it. */
  final long order() {
    Extras e = requireNonNull(extras);
    long order;
    while ((order = e.order()) <= 0) {
      Thread.yield(); // the one who ended it is about to give it
    }
    return order;
  }

  // ---- Hooks ----

  /**
   * Adds a hook, which is run when the task ends.
   *
   * @return false if the task has ended: the hook is not run
   */
  final boolean addHook(Hook hook) {
    while (!hasEnded()) {
      Object h = hooks;
      if (h == null) {
        if (HOOKS.compareAndSet(this, null, hook)) {
          return true;
        }
      } else if (h instanceof HookList list) {
        return list.add(hook);
      } else if (h instanceof Hook one) {
        HookList list = new HookList();
        if (HOOKS.compareAndSet(this, one, list)) {
          list.open(one); // which is linked by nobody else
        }
      } else {
        return false; // taken
      }
    }
    return false;
  }

  /**
   * Takes a hook off, in constant time.
   *
   * @return whether it was there, and so is not run
   */
  final boolean removeHook(Hook hook) {
    Object h = hooks;
    if (h == hook) {
      if (HOOKS.compareAndSet(this, hook, null)) {
        return true;
      }
      h = hooks;
    }
    return h instanceof HookList list && list.remove(hook);
  }

  /** Returns how many hooks there are; for tests. */
  final int hookCount() {
    Object h = hooks;
    if (h instanceof HookList list) {
      return list.size();
    }
    return h instanceof Hook ? 1 : 0;
  }

  private @Nullable Hook takeHooks() {
    Object h = HOOKS.getAndSet(this, TAKEN);
    return h instanceof HookList list ? list.take() : (Hook) h;
  }

  // ---- Cancellation before the body begins ----

  /** Heeds the job's token: ends the task now, or has the token do so. */
  final void heed(CancellationToken token) {
    if (token.isCancellationRequested()) {
      withdraw();
    } else {
      register(token.registerWith(this, task -> StackRoom.call(task::withdraw)));
    }
  }

  /** Keeps a registration until the end. */
  final void register(CancellationTokenRegistration registration) {
    if (registration != CancellationTokenRegistration.none()) {
      Extras e = extrasOnDemand();
      e.registration = registration;
      if (hasEndedMeanwhile()) { // by that token
        e.end();
        dropUnneeded(e);
      }
    }
  }

  /**
   * For the token's callback: ends the task if its body has not begun and its scheduler lets it go.
   */
  final void withdraw() {
    Job job = job();
    TaskSchedulerException failure = null;
    boolean isStarted = has(STARTED);
    boolean isTakenBack = false;
    if (isStarted && job != null && job.scheduler != null) {
      try {
        isTakenBack = job.scheduler.tryDequeue((Task<?>) this);
      } catch (Throwable e) {
        failure = new TaskSchedulerException(e);
      }
    }
    if (isTakenBack ? tryReserve(INVOKED) : !isStarted && tryReserve(STARTED | INVOKED)) {
      end(CANCELED, cancellationToken());
    }
    if (failure != null) {
      throw failure;
    }
  }
}
