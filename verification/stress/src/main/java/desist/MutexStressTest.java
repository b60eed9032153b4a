// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.LZZ_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Mutexes: one owner at a time, and none when all have released; and signalAndWait. */
public final class MutexStressTest {
  private static final Duration SHORT = Duration.ofNanos(500);

  private MutexStressTest() {}

  /** Two threads count under a mutex, one of them by a wait for all: no count is lost. */
  @JCStressTest
  @State
  @Outcome(id = "4, true", expect = ACCEPTABLE, desc = "one after the other")
  @Outcome(expect = FORBIDDEN, desc = "two owners at once, or one for good")
  public static class WaitVersusWaitAll {
    private final Mutex mutex = new Mutex();
    private final ManualResetEvent set = new ManualResetEvent(true);
    private int count;

    @Actor
    public void one() {
      for (int i = 0; i < 2; i++) {
        Uninterrupted.get(() -> mutex.waitOne());
        count++;
        mutex.releaseMutex();
      }
    }

    @Actor
    public void all() {
      for (int i = 0; i < 2; i++) {
        Uninterrupted.get(() -> WaitHandle.waitAll(set, mutex));
        count++;
        mutex.releaseMutex();
      }
    }

    @Arbiter
    public void rest(IZ_Result r) {
      r.r1 = count;
      r.r2 = isFree(mutex);
    }
  }

  /** The owner waits again and releases twice, while another waits: it owns only afterwards. */
  @JCStressTest
  @State
  @Outcome(id = "2, true", expect = ACCEPTABLE, desc = "one after the other")
  @Outcome(expect = FORBIDDEN, desc = "owned by two after the first release")
  public static class RecursionVersusWait {
    private final Mutex mutex = new Mutex();
    private int count;

    @Actor
    public void twice() {
      Uninterrupted.get(() -> mutex.waitOne());
      Uninterrupted.get(() -> mutex.waitOne());
      mutex.releaseMutex();
      count++;
      mutex.releaseMutex();
    }

    @Actor
    public void once() {
      Uninterrupted.get(() -> mutex.waitOne());
      count++;
      mutex.releaseMutex();
    }

    @Arbiter
    public void rest(IZ_Result r) {
      r.r1 = count;
      r.r2 = isFree(mutex);
    }
  }

  /** The owner releases at about the time when a wait is over. */
  @JCStressTest
  @State
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "in time")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "too late, and not owned")
  @Outcome(expect = FORBIDDEN, desc = "owned by a wait that was over")
  public static class TimeoutVersusRelease {
    private final Mutex mutex = new Mutex();

    @Actor
    public void release() {
      Uninterrupted.get(() -> mutex.waitOne());
      mutex.releaseMutex();
    }

    @Actor
    public void waitOne(ZZ_Result r) {
      r.r1 = Uninterrupted.get(() -> mutex.waitOne(SHORT));
      if (r.r1) {
        mutex.releaseMutex();
      }
    }

    @Arbiter
    public void rest(ZZ_Result r) {
      r.r2 = isFree(mutex);
    }
  }

  /** A wait is interrupted and the mutex released: one of the two ends it, neither is lost. */
  @JCStressTest
  @State
  @Outcome(
      id = "through, true, true",
      expect = ACCEPTABLE,
      desc = "owned it, and the interrupt is pending")
  @Outcome(id = "interrupted, false, true", expect = ACCEPTABLE, desc = "did not own it")
  @Outcome(expect = FORBIDDEN, desc = "an interrupt lost, or owned for good")
  public static class InterruptVersusRelease {
    private final Mutex mutex = new Mutex();
    private volatile @Nullable Thread waiter;
    private volatile boolean isOwned;
    private volatile boolean isDone;

    @Actor
    public void interruptAndRelease() {
      Uninterrupted.get(() -> mutex.waitOne());
      isOwned = true;
      Thread thread;
      while ((thread = waiter) == null) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      mutex.releaseMutex();
      isDone = true;
    }

    @Actor
    public void waitOne(LZZ_Result r) {
      while (!isOwned) {
        Thread.onSpinWait();
      }
      waiter = Thread.currentThread();
      try {
        mutex.waitOne();
        mutex.releaseMutex();
        r.r1 = "through";
      } catch (InterruptedException e) {
        r.r1 = "interrupted";
      }
      while (!isDone) {
        Thread.onSpinWait();
      }
      r.r2 = Thread.interrupted();
    }

    @Arbiter
    public void rest(LZZ_Result r) {
      r.r3 = isFree(mutex);
    }
  }

  /** A mutex is closed by one that has owned it, while another takes it: the wait ends. */
  @JCStressTest
  @State
  @Outcome(id = "released, released", expect = ACCEPTABLE, desc = "closed after both")
  @Outcome(id = "released, closed", expect = ACCEPTABLE, desc = "closed under the other")
  @Outcome(expect = FORBIDDEN, desc = "anything else")
  public static class CloseVersusWait {
    private final Mutex mutex = new Mutex();

    @Actor
    public void close(LL_Result r) {
      r.r1 = takeAndRelease();
      mutex.close();
    }

    @Actor
    public void waitOne(LL_Result r) {
      r.r2 = takeAndRelease();
    }

    private String takeAndRelease() {
      try {
        Uninterrupted.get(() -> mutex.waitOne());
        mutex.releaseMutex();
        return "released";
      } catch (ObjectDisposedException e) {
        return "closed";
      }
    }
  }

  /** Two threads find that the owner has ended: the one that owns the mutex next is told. */
  @JCStressTest
  @State
  @Outcome(id = "told, owned", expect = ACCEPTABLE, desc = "the second came after the first")
  @Outcome(id = "owned, told", expect = ACCEPTABLE, desc = "the first came after the second")
  @Outcome(id = "told, nothing", expect = ACCEPTABLE, desc = "only the first owned it")
  @Outcome(id = "nothing, told", expect = ACCEPTABLE, desc = "only the second owned it")
  @Outcome(expect = FORBIDDEN, desc = "taken from its new owner, or told twice or not at all")
  public static class PollVersusPollOfAnAbandonedOne {
    private static final Thread ENDED = new Thread();

    static {
      ENDED.start();
      Uninterrupted.get(
          () -> {
            ENDED.join();
            return true;
          });
    }

    private final Mutex mutex = new Mutex();
    private String first = "";
    private String second = "";

    public PollVersusPollOfAnAbandonedOne() {
      mutex.unlock(mutex.taken(mutex.lock(), ENDED));
    }

    @Actor
    public void first() {
      first = poll();
    }

    @Actor
    public void second() {
      second = poll();
    }

    @Arbiter
    public void both(L_Result r) {
      r.r1 = first + ", " + second;
    }

    private String poll() {
      String fate;
      try {
        fate = Uninterrupted.get(() -> mutex.waitOne(Duration.ZERO)) ? "owned" : "nothing";
      } catch (AbandonedMutexException e) {
        fate = "told";
      }
      try {
        mutex.releaseMutex();
        return fate;
      } catch (IllegalMonitorStateException e) {
        return fate.equals("nothing") ? fate : "robbed";
      }
    }
  }

  /** Two threads that signal each other and wait for each other's signal both go on. */
  @JCStressTest
  @State
  @Outcome(id = "true, true, false", expect = ACCEPTABLE, desc = "each took the other's signal")
  @Outcome(expect = FORBIDDEN, desc = "a signal made up")
  public static class SignalAndWaitCrosswise {
    private final Semaphore there = new Semaphore(0, 1);
    private final AutoResetEvent back = new AutoResetEvent(false);

    @Actor
    public void first(ZZZ_Result r) {
      r.r1 = Uninterrupted.get(() -> WaitHandle.signalAndWait(there, back));
    }

    @Actor
    public void second(ZZZ_Result r) {
      r.r2 = Uninterrupted.get(() -> WaitHandle.signalAndWait(back, there));
    }

    @Arbiter
    public void rest(ZZZ_Result r) {
      r.r3 =
          Uninterrupted.get(() -> there.waitOne(Duration.ZERO))
              || Uninterrupted.get(() -> back.waitOne(Duration.ZERO));
    }
  }

  /** Whether no other thread owns it. */
  private static boolean isFree(Mutex mutex) {
    boolean isFree = Uninterrupted.get(() -> mutex.waitOne(Duration.ZERO));
    if (isFree) {
      mutex.releaseMutex();
    }
    return isFree;
  }
}
