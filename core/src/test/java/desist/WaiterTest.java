// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationTokenSource.createLinkedTokenSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

/** Who is let through by what, in which order, and what is left behind. */
class WaiterTest {
  private static final Duration NOW = Duration.ZERO;

  private final AutoResetEvent left = new AutoResetEvent(false);
  private final AutoResetEvent right = new AutoResetEvent(false);
  private final ManualResetEvent gate = new ManualResetEvent(false);
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final WaitHandle ofToken = source.token().waitHandle();

  @Test
  void aWaitForAllIsPassedOverUntilTheOtherHandleIsSetToo() throws Exception {
    var both = TestThreads.start(() -> WaitHandle.waitAll(left, right)).awaitBlocked();
    var one = TestThreads.start(() -> left.waitOne()).awaitBlocked();

    left.set();
    assertThat(one.join()).isTrue();
    both.awaitBlocked();
    left.set();
    right.set();

    assertThat(both.join()).isTrue();
    assertUnset(left, right);
  }

  @Test
  void aWaitForAllThatHasWaitedLongestIsServedFirst() throws Exception {
    right.set();
    var both = TestThreads.start(() -> WaitHandle.waitAll(left, right)).awaitBlocked();
    var one = TestThreads.start(() -> left.waitOne()).awaitBlocked();

    left.set();
    assertThat(both.join()).isTrue();
    one.awaitBlocked();
    assertUnset(right);
    left.set();

    assertThat(one.join()).isTrue();
  }

  @Test
  void oneSetOfAManualEventServesSeveralWaitsForAllAsFarAsTheOthersGo() throws Exception {
    left.set();
    var first = TestThreads.start(() -> WaitHandle.waitAll(gate, left)).awaitBlocked();
    var second = TestThreads.start(() -> WaitHandle.waitAll(left, gate)).awaitBlocked();

    gate.set();
    assertThat(first.join()).isTrue();
    second.awaitBlocked();
    left.set();

    assertThat(second.join()).isTrue();
    assertUnset(left);
  }

  @Test
  void aWaitForAllTakesNothingWhenItsTimeIsOverOrItIsInterrupted() throws Exception {
    left.set();
    assertThat(WaitHandle.waitAll(new WaitHandle[] {left, right}, Duration.ofNanos(1))).isFalse();
    var both = TestThreads.start(() -> WaitHandle.waitAll(left, right)).awaitBlocked();

    both.thread().interrupt();

    assertThat(catchThrowable(both::join)).isInstanceOf(InterruptedException.class);
    assertThat(left.waitOne(NOW)).isTrue();
    right.set();
    assertThat(right.waitOne(NOW)).isTrue();
    assertUnset(left, right);
  }

  @Test
  void aWaitForAllIsLetThroughByATokenAlsoIfTheEventIsResetAtOnce() throws Exception {
    gate.set();
    var both = TestThreads.start(() -> WaitHandle.waitAll(gate, ofToken)).awaitBlocked();

    source.cancel();
    gate.reset();

    assertThat(both.join()).isTrue();
  }

  @Test
  void aTokenThatIsRequestedComesBeforeAnEventBehindItAndTheEventStaysSet() throws Exception {
    left.set();
    source.cancel();

    assertThat(WaitHandle.waitAny(gate, ofToken, left)).isEqualTo(1);
    assertThat(WaitHandle.waitAny(left, ofToken)).isZero();
    assertUnset(left);
  }

  @Test
  void aWaitEndsWithTheRequestOfAnAncestorAndOutlivesTheCloseOfAnother() throws Exception {
    CancellationTokenSource closed = new CancellationTokenSource();
    CancellationTokenSource child = createLinkedTokenSource(source.token(), closed.token());
    WaitHandle handle = createLinkedTokenSource(child.token()).token().waitHandle();
    var waiting = TestThreads.start(() -> handle.waitOne()).awaitBlocked();

    closed.close();
    waiting.awaitBlocked();
    source.cancel();

    assertThat(waiting.join()).isTrue();
  }

  @Test
  void aWaitForAllWakesWhenOneOfItsTokensIsClosed() throws Exception {
    var both = TestThreads.start(() -> WaitHandle.waitAll(gate, ofToken)).awaitBlocked();

    source.close();

    assertThat(catchThrowable(both::join)).isInstanceOf(ObjectDisposedException.class);
    assertThat(gate.state).isZero();
  }

  @Test
  void theExceptionTellsWhatWasClosed() {
    left.close();

    assertThat(catchThrowable(() -> WaitHandle.waitAny(gate, left)))
        .isInstanceOfSatisfying(
            ObjectDisposedException.class,
            e -> assertThat(e.objectName()).isEqualTo("AutoResetEvent"));
  }

  @Test
  void theSameHandleTwiceIsTakenOnceAndLeavesNothing() throws Exception {
    var waiting = TestThreads.start(() -> WaitHandle.waitAny(left, right, left)).awaitBlocked();

    left.set();

    assertThat(waiting.join()).isZero();
    assertUnset(left, right);
  }

  @Test
  void anInterruptComesBeforeAClosedHandleAndAfterABadArgument() {
    left.close();
    Thread.currentThread().interrupt();
    assertThat(catchThrowable(() -> WaitHandle.waitAny(left, null)))
        .isInstanceOf(NullPointerException.class);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();

    assertThat(catchThrowable(() -> left.waitOne(NOW))).isInstanceOf(InterruptedException.class);
    assertThat(catchThrowable(() -> left.waitOne(NOW))).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void manyWhoWaitForOneAreLetThroughAtOnce() throws Exception {
    List<TestThreads.Running<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(TestThreads.start(() -> gate.waitOne()));
    }
    for (TestThreads.Running<Boolean> each : waiting) {
      each.awaitBlocked();
    }

    gate.set();
    gate.reset();

    for (TestThreads.Running<Boolean> each : waiting) {
      assertThat(each.join()).isTrue();
    }
    assertThat(gate.state).isZero();
  }

  @Test
  void aPoolWhoseOnlyWorkerWaitsRunsWhatItWaitsFor() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      var waiting = pool.submit(() -> left.waitOne());
      pool.submit(() -> left.set());

      assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aTimedWaitNeverEndsEarly() throws Exception {
    Duration timeout = Duration.ofMillis(20);
    long start = System.nanoTime();

    assertThat(WaitHandle.waitAny(new WaitHandle[] {left, ofToken}, timeout))
        .isEqualTo(WaitHandle.WAIT_TIMEOUT);

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(timeout.toNanos());
  }

  @Test
  void anEventTakesThirtyTwoBytes() {
    assertThat(ClassLayout.parseInstance(left).instanceSize()).isEqualTo(32);
  }

  private static void assertUnset(AutoResetEvent... events) {
    for (AutoResetEvent event : events) {
      assertThat(event.state).isEqualTo(QueuedWaitHandle.TAKEN_OFF);
    }
  }
}
