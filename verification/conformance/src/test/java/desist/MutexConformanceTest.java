// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.onOtherThread;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Mutexes, and owners that end without releasing them: sync/mutex. */
final class MutexConformanceTest extends Conformance {
  private static final Duration POLL = Duration.ZERO;
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  private final ManualResetEvent never = new ManualResetEvent(false);

  @Probe("sync/mutex/abandoned-waitone")
  void abandonedWaitone(Out o) throws Exception {
    Mutex mutex = abandoned();
    wait(o, "waitone", mutex, () -> mutex.waitOne(TWO_SECONDS));
    o.attempt("owned all the same", mutex::releaseMutex);
    o.attemptValue("not abandoned any more", () -> mutex.waitOne(POLL));
  }

  @Probe("sync/mutex/abandoned-waitany")
  void abandonedWaitany(Out o) throws Exception {
    Mutex mutex = abandoned();
    WaitHandle[] handles = {never, mutex};
    wait(o, "waitany", mutex, () -> WaitHandle.waitAny(handles, TWO_SECONDS));
    o.attempt("owned", mutex::releaseMutex);
  }

  @Probe("sync/mutex/abandoned-waitall")
  void abandonedWaitall(Out o) throws Exception {
    Mutex mutex = abandoned();
    AutoResetEvent set = new AutoResetEvent(true);
    WaitHandle[] handles = {set, mutex};
    wait(o, "waitall", mutex, () -> WaitHandle.waitAll(handles, TWO_SECONDS));
    o.say("event was taken", !set.waitOne(POLL));
    o.attempt("mutex is owned", mutex::releaseMutex);
  }

  @Probe("sync/mutex/abandoned-beaten-by-lower-index")
  void abandonedBeatenByLowerIndex(Out o) {
    Mutex mutex = abandoned();
    WaitHandle[] handles = {new ManualResetEvent(true), mutex};
    o.attemptValue("set handle first", () -> WaitHandle.waitAny(handles, POLL));
    o.attempt("not taken", mutex::releaseMutex);
  }

  @Probe("sync/mutex/waitany-owns")
  void waitanyOwns(Out o) throws Exception {
    Mutex mutex = new Mutex();
    o.say("index", WaitHandle.waitAny(never, mutex));
    o.attempt("release", mutex::releaseMutex);
    o.attempt("again", mutex::releaseMutex);
  }

  @Probe("sync/mutex/abandoned-exception-ctor")
  void abandonedExceptionCtor(Out o) {
    AbandonedMutexException plain = new AbandonedMutexException();
    o.say("default", plain.mutexIndex() + spelled(plain.mutex() == null));
    Mutex mutex = new Mutex();
    AbandonedMutexException given = new AbandonedMutexException(3, mutex);
    o.say("given", given.mutexIndex() + spelled(given.mutex() == mutex));
    AbandonedMutexException other = new AbandonedMutexException(4, never);
    o.say("not a mutex", other.mutexIndex() + spelled(other.mutex() == null));
  }

  /** A mutex whose owner has ended without releasing it. */
  private static Mutex abandoned() {
    Mutex mutex = new Mutex();
    onOtherThread(mutex::waitOne);
    return mutex;
  }

  /** Waits, and says what comes of it: the result, or what the exception tells of the mutex. */
  private static void wait(Out o, String name, Mutex mutex, Callable<?> wait) throws Exception {
    try {
      o.say(name, wait.call());
    } catch (AbandonedMutexException e) {
      String which = e.mutex() == null ? "null" : e.mutex() == mutex ? "same" : "other";
      o.say("abandoned index=" + e.mutexIndex() + " mutex=" + which);
    }
  }

  /** As C# spells it where it becomes a part of a text. */
  private static String spelled(boolean value) {
    return value ? " True" : " False";
  }
}
