// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

/** What a mutex promises: one owner, told if the one before has died. */
class MutexTest {
  private static final Duration NOW = Duration.ZERO;

  private final Mutex mutex = new Mutex();
  private final ManualResetEvent event = new ManualResetEvent(false);
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final WaitHandle ofToken = source.token().waitHandle();

  @Test
  void theTenLinesOfAUser() throws Exception {
    assertThat(WaitHandle.waitAny(ofToken, mutex)).isEqualTo(1);
    var other = TestThreads.start(() -> WaitHandle.waitAny(ofToken, mutex)).awaitBlocked();

    source.cancel();

    assertThat(other.join()).isZero();
    mutex.releaseMutex();
    assertFree();
  }

  @Test
  void theOwnerWaitsAgainAtOnceAndReleasesAsOften() throws Exception {
    mutex.waitOne();
    assertThat(mutex.waitOne(NOW)).isTrue();
    assertThat(WaitHandle.waitAny(event, mutex)).isEqualTo(1);
    assertThat(WaitHandle.waitAny(ofToken, mutex)).isEqualTo(1);
    event.set();
    assertThat(WaitHandle.waitAll(event, mutex)).isTrue();
    var other = TestThreads.start(this::takeAndRelease).awaitBlocked();

    for (int i = 0; i < 4; i++) {
      mutex.releaseMutex();
      other.awaitBlocked();
    }
    mutex.releaseMutex();

    assertThat(other.join()).isTrue();
    assertFree();
  }

  @Test
  void onlyTheOwnerReleasesAndNotOnceTooOften() throws Exception {
    assertNotOwned();
    mutex.waitOne();
    assertThat(catchThrowable(TestThreads.run(mutex::releaseMutex)::join))
        .isInstanceOf(IllegalMonitorStateException.class);

    mutex.releaseMutex();

    assertNotOwned();
    assertFree();
  }

  @Test
  void aMutexCanBeMadeOwned() throws Exception {
    Mutex owned = new Mutex(true);
    assertThat(TestThreads.start(() -> owned.waitOne(NOW)).join()).isFalse();

    owned.releaseMutex();

    assertThat(catchThrowable(owned::releaseMutex))
        .isInstanceOf(IllegalMonitorStateException.class);
    assertThat(owned.waitOne()).isTrue();
  }

  @Test
  void aReleaseMakesTheOneThatHasWaitedLongestTheOwner() throws Exception {
    mutex.waitOne();
    CountDownLatch goOn = new CountDownLatch(1);
    var first =
        TestThreads.start(
                () -> {
                  mutex.waitOne();
                  goOn.await();
                  mutex.releaseMutex();
                  return true;
                })
            .awaitBlocked();
    var second = TestThreads.start(this::takeAndRelease).awaitBlocked();

    mutex.releaseMutex();

    assertThat(mutex.waitOne(NOW)).isFalse();
    assertNotOwned();
    second.awaitBlocked();
    goOn.countDown();
    assertThat(first.join()).isTrue();
    assertThat(second.join()).isTrue();
    assertFree();
  }

  @Test
  void anOwnerThatWaitsForAllKeepsTheMutexMeanwhile() throws Exception {
    var all =
        TestThreads.start(
                () -> {
                  mutex.waitOne();
                  boolean both = WaitHandle.waitAll(event, mutex);
                  mutex.releaseMutex();
                  mutex.releaseMutex();
                  return both;
                })
            .awaitBlocked();
    assertThat(mutex.waitOne(NOW)).isFalse();

    event.set();

    assertThat(all.join()).isTrue();
    assertFree();
  }

  @Test
  void aWaitForAllBecomesTheOwnerOnlyWithTheOthers() throws Exception {
    mutex.waitOne();
    var all =
        TestThreads.start(
                () -> {
                  boolean both = WaitHandle.waitAll(mutex, event);
                  mutex.releaseMutex();
                  return both;
                })
            .awaitBlocked();

    mutex.releaseMutex();
    all.awaitBlocked();
    assertThat(takeAndRelease()).isTrue();
    event.set();

    assertThat(all.join()).isTrue();
    assertFree();
  }

  @Test
  void theNextOneIsToldOnceThatTheOwnerEndedAndOwnsTheMutex() throws Exception {
    abandon();

    assertAbandoned(catchThrowable(() -> mutex.waitOne()), -1, null);

    mutex.releaseMutex();
    assertNotOwned();
    assertThat(takeAndRelease()).isTrue();
  }

  @Test
  void aPollIsToldToo() throws Exception {
    abandon();

    assertAbandoned(catchThrowable(() -> mutex.waitOne(NOW)), -1, null);

    assertThat(mutex.waitOne(NOW)).isTrue();
    mutex.releaseMutex();
    mutex.releaseMutex();
    assertFree();
  }

  @Test
  void aWaitForAnyTellsWhichMutexWasAbandoned() throws Exception {
    for (WaitHandle[] handles :
        new WaitHandle[][] {{mutex}, {event, mutex}, {ofToken, mutex}, {event, mutex, mutex}}) {
      abandon();
      int index = handles.length == 1 ? 0 : 1;

      assertAbandoned(catchThrowable(() -> WaitHandle.waitAny(handles, NOW)), index, mutex);

      mutex.releaseMutex();
      assertFree();
    }
  }

  @Test
  void aWaitForAllHasTakenAllWhenItIsTold() throws Exception {
    abandon();
    AutoResetEvent auto = new AutoResetEvent(true);

    assertAbandoned(catchThrowable(() -> WaitHandle.waitAll(auto, mutex)), -1, null);

    assertThat(auto.waitOne(NOW)).isFalse();
    mutex.releaseMutex();
    assertFree();
  }

  @Test
  void aLowerIndexWinsAndLeavesTheAbandonedMutex() throws Exception {
    abandon();
    event.set();

    assertThat(WaitHandle.waitAny(event, mutex)).isZero();

    assertNotOwned();
    assertAbandoned(catchThrowable(() -> mutex.waitOne(NOW)), -1, null);
    mutex.releaseMutex();
  }

  @Test
  void anOwnerOfManyLevelsLeavesNoneOfThem() throws Exception {
    TestThreads.start(() -> mutex.waitOne() && mutex.waitOne() && mutex.waitOne()).join();

    assertAbandoned(catchThrowable(() -> mutex.waitOne(Duration.ofDays(1))), -1, null);

    mutex.releaseMutex();
    assertFree();
  }

  @Test
  void blockedWaitsNoticeThatTheOwnerEnds() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    var owner = ownerUntil(end);
    var first = TestThreads.start(() -> mutex.waitOne()).awaitBlocked();
    var second = TestThreads.start(() -> WaitHandle.waitAny(ofToken, event, mutex)).awaitBlocked();
    var third = TestThreads.start(() -> WaitHandle.waitAll(mutex)).awaitBlocked();

    end.countDown();
    owner.join();

    // Each of them ends without releasing, and so leaves it to the next.
    assertAbandoned(catchThrowable(first::join), -1, null);
    assertAbandoned(catchThrowable(second::join), 2, mutex);
    assertAbandoned(catchThrowable(third::join), -1, null);
    assertAbandoned(catchThrowable(() -> mutex.waitOne()), -1, null);
    mutex.releaseMutex();
    assertFree();
  }

  @Test
  void aWaitForAllThatLacksAnotherHandleDoesNotHideThatTheOwnerEnds() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    var owner = ownerUntil(end);
    var all = TestThreads.start(() -> WaitHandle.waitAll(mutex, event)).awaitBlocked();
    var one = TestThreads.start(() -> mutex.waitOne()).awaitBlocked();

    end.countDown();
    owner.join();

    assertAbandoned(catchThrowable(one::join), -1, null);
    all.awaitBlocked();
    event.set();
    assertAbandoned(catchThrowable(all::join), -1, null);
  }

  @Test
  void aNewcomerDoesNotOvertakeThoseWhoWaitForAMutexWhoseOwnerEnded() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    var owner = ownerUntil(end);
    CountDownLatch release = new CountDownLatch(1);
    var waiting =
        TestThreads.start(
                () -> {
                  Throwable thrown = catchThrowable(() -> mutex.waitOne());
                  release.await();
                  mutex.releaseMutex();
                  return thrown;
                })
            .awaitBlocked();

    end.countDown();
    owner.join();
    owner.thread().join();

    assertThat(mutex.waitOne(NOW)).isFalse();
    release.countDown();
    assertAbandoned(waiting.join(), -1, null);
    assertFree();
  }

  @Test
  void virtualThreadsOwnAndAbandonAsOthersDo() throws Exception {
    Method start =
        Stream.of(Thread.class.getMethods())
            .filter(method -> method.getName().equals("startVirtualThread"))
            .findAny()
            .orElse(null);
    assumeTrue(start != null, "no virtual threads on this JDK");
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch owned = new CountDownLatch(1);
    FutureTask<Boolean> own =
        new FutureTask<>(
            () -> {
              mutex.waitOne();
              owned.countDown();
              return end.await(1, TimeUnit.DAYS);
            });
    FutureTask<Boolean> wait = new FutureTask<>(() -> mutex.waitOne());
    start.invoke(null, own);
    owned.await();
    Thread waiting = (Thread) start.invoke(null, wait);
    TestThreads.await("waits", () -> waiting.getState() == Thread.State.WAITING);

    end.countDown();

    assertThat(own.get()).isTrue();
    assertThat(catchThrowable(() -> wait.get(10, TimeUnit.SECONDS)))
        .hasCauseInstanceOf(AbandonedMutexException.class);
  }

  @Test
  void theWatchEndsWhenNobodyWaits() throws Exception {
    mutex.waitOne();
    var waiting = TestThreads.start(this::takeAndRelease).awaitBlocked();
    TestThreads.await("is watched", () -> (mutex.state & QueuedWaitHandle.WATCHED) != 0);

    mutex.releaseMutex();

    assertThat(waiting.join()).isTrue();
    TestThreads.await("is not watched", () -> mutex.state == QueuedWaitHandle.SIGNALED);
  }

  @Test
  void closeWakesWhoWaitsAndRefusesTheRest() throws Exception {
    mutex.waitOne();
    var one = TestThreads.start(() -> mutex.waitOne()).awaitBlocked();
    var all = TestThreads.start(() -> WaitHandle.waitAll(event, mutex)).awaitBlocked();

    mutex.close();
    mutex.close();

    assertThat(catchThrowable(one::join)).isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(all::join)).isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(() -> mutex.waitOne(NOW)))
        .isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(() -> WaitHandle.waitAny(mutex, event)))
        .isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(mutex::releaseMutex))
        .isInstanceOfSatisfying(
            ObjectDisposedException.class, e -> assertThat(e.objectName()).isEqualTo("Mutex"));
  }

  @Test
  void anAbandonedMutexThatIsClosedIsClosed() throws Exception {
    abandon();

    mutex.close();

    assertThat(catchThrowable(mutex::waitOne)).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void anInterruptedWaitDoesNotOwn() throws Exception {
    mutex.waitOne();
    var waiting = TestThreads.start(() -> mutex.waitOne()).awaitBlocked();

    waiting.thread().interrupt();

    assertThat(catchThrowable(waiting::join)).isInstanceOf(InterruptedException.class);
    mutex.releaseMutex();
    assertFree();
  }

  @Test
  void anInterruptComesBeforeAnAbandonedMutex() throws Exception {
    abandon();
    Thread.currentThread().interrupt();

    assertThat(catchThrowable(mutex::waitOne)).isInstanceOf(InterruptedException.class);

    assertNotOwned();
    assertAbandoned(catchThrowable(mutex::waitOne), -1, null);
  }

  @Test
  void theExceptionTellsWhatItIsGiven() throws Exception {
    Exception cause = new Exception();

    assertAbandoned(new AbandonedMutexException(), -1, null);
    assertThat(new AbandonedMutexException()).hasMessageContaining("abandoned mutex");
    assertThat(new AbandonedMutexException("why")).hasMessage("why");
    assertThat(new AbandonedMutexException("why", cause)).hasMessage("why").hasCause(cause);
    assertAbandoned(new AbandonedMutexException(3, mutex), 3, mutex);
    assertAbandoned(new AbandonedMutexException("why", 4, event), 4, null);
    AbandonedMutexException full = new AbandonedMutexException("why", cause, 5, mutex);
    assertThat(full).hasMessage("why").hasCause(cause);
    assertAbandoned(copy(full), 5, null);
  }

  @Test
  void aMutexTakesFortyBytes() {
    assertThat(ClassLayout.parseInstance(mutex).instanceSize()).isEqualTo(40);
  }

  /** Has a thread end that owns the mutex. */
  private void abandon() throws Exception {
    var owner = TestThreads.start(() -> mutex.waitOne());
    assertThat(owner.join()).isTrue();
    owner.thread().join();
  }

  /** Starts a thread that owns the mutex and ends without releasing it. */
  private TestThreads.Running<Boolean> ownerUntil(CountDownLatch end) {
    return TestThreads.start(
            () -> {
              mutex.waitOne();
              return end.await(1, TimeUnit.DAYS);
            })
        .awaitBlocked();
  }

  private boolean takeAndRelease() throws InterruptedException {
    boolean taken = mutex.waitOne();
    mutex.releaseMutex();
    return taken;
  }

  private void assertNotOwned() {
    assertThat(catchThrowable(mutex::releaseMutex))
        .isInstanceOf(IllegalMonitorStateException.class);
  }

  private void assertFree() throws Exception {
    boolean taken =
        TestThreads.start(
                () -> {
                  boolean took = mutex.waitOne(NOW);
                  mutex.releaseMutex();
                  return took;
                })
            .join();
    assertThat(taken).isTrue();
  }

  private static void assertAbandoned(Throwable thrown, int index, Mutex mutex) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            AbandonedMutexException.class,
            e -> {
              assertThat(e.mutexIndex()).isEqualTo(index);
              assertThat(e.mutex()).isSameAs(mutex);
            });
  }

  private static Throwable copy(Throwable thrown) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(thrown);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Throwable) in.readObject();
    }
  }

  @Test
  void itSaysWhoOwnsIt() {
    Mutex mutex = new Mutex(true);

    assertThat(mutex).hasToString("Mutex[owned by " + Thread.currentThread().getName() + "]");
    mutex.releaseMutex();
    assertThat(mutex).hasToString("Mutex[free]");
    mutex.close();
    assertThat(mutex).hasToString("Mutex[free, closed]");
  }
}
