// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.Timeout;
import desist.WaitHandle;
import desist.threading.TestThreads.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CountdownEventTest {
  private final CountdownEvent event = new CountdownEvent(3);
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void theSignalThatBringsTheCountToZeroSetsTheEvent() throws Exception {
    assertThat(event.signal()).isFalse();
    assertThat(event.currentCount()).isEqualTo(2);
    assertThat(event.isSet()).isFalse();
    assertThat(event.await(Duration.ZERO)).isFalse();

    assertThat(event.signalMany(2)).isTrue();

    assertThat(event.currentCount()).isZero();
    assertThat(event.initialCount()).isEqualTo(3);
    assertThat(event.isSet()).isTrue();
    event.await();
    event.await(source.token());
    assertThat(event.await(Duration.ofSeconds(-1))).isTrue();
    assertThat(event.await(Duration.ZERO, source.token())).isTrue();
  }

  @Test
  void anEventWithNothingToCountIsSetFromTheStart() throws Exception {
    CountdownEvent set = new CountdownEvent(0);

    assertThat(set.isSet()).isTrue();
    set.await();
    assertThatThrownBy(set::signal).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSignalTooManyChangesNothing() {
    assertThatThrownBy(() -> event.signalMany(4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The count is 3, too low for 4.");
    assertThat(event.currentCount()).isEqualTo(3);

    event.signalMany(3);

    assertThatThrownBy(event::signal).isInstanceOf(IllegalStateException.class);
    assertThat(event.currentCount()).isZero();
  }

  @Test
  void theCountIsRaisedUntilItIsZero() {
    event.addCount();
    event.addCount(2);
    assertThat(event.tryAddCount()).isTrue();
    assertThat(event.tryAddCount(3)).isTrue();
    assertThat(event.currentCount()).isEqualTo(10);
    assertThat(event.initialCount()).isEqualTo(3);

    event.signalMany(10);

    assertThat(event.tryAddCount()).isFalse();
    assertThat(event.tryAddCount(2)).isFalse();
    assertThatThrownBy(event::addCount).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> event.addCount(2)).isInstanceOf(IllegalStateException.class);
    assertThat(event.isSet()).isTrue();
  }

  @Test
  void theCountDoesNotOverflow() {
    event.addCount(Integer.MAX_VALUE - 3);

    assertThatThrownBy(event::tryAddCount).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> event.addCount(Integer.MAX_VALUE))
        .isInstanceOf(IllegalStateException.class);
    assertThat(event.currentCount()).isEqualTo(Integer.MAX_VALUE);
    assertThat(event.signalMany(Integer.MAX_VALUE)).isTrue();
  }

  @Test
  void countsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new CountdownEvent(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("initialCount is negative: -1");
    assertThatThrownBy(() -> event.signalMany(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("signalCount is not positive: 0");
    assertThatThrownBy(() -> event.addCount(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> event.tryAddCount(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> event.reset(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count is negative: -1");
    assertThat(event.currentCount()).isEqualTo(3);
  }

  @Test
  void resetGoesBackToTheCountThatWasGivenLast() {
    event.signalMany(3);

    event.reset();
    assertThat(event.currentCount()).isEqualTo(3);

    event.reset(5);
    event.signalMany(2);
    event.reset();
    assertThat(event.currentCount()).isEqualTo(5);
    assertThat(event.initialCount()).isEqualTo(5);
  }

  @Test
  void theLastSignalLetsThroughAllWhoWaitAlsoIfTheEventIsResetAtOnce() throws Exception {
    List<Running<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(TestThreads.start(() -> event.await(Timeout.INFINITE, source.token())));
    }
    for (Running<Boolean> thread : waiting) {
      thread.awaitBlocked();
    }

    event.signalMany(3);
    event.reset();

    for (Running<Boolean> thread : waiting) {
      assertThat(thread.join()).isTrue();
    }
    assertThat(event.currentCount()).isEqualTo(3);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void resetWakesNobodyUnlessTheCountIsZeroThen() throws Exception {
    Running<Void> waiting = wait(CancellationToken.none()).awaitBlocked();

    event.reset();
    event.reset(1);
    waiting.awaitBlocked();

    event.reset(0);
    waiting.join();
    assertThat(event.initialCount()).isZero();
  }

  @Test
  void aCanceledWaitSaysByWhichTokenAndWhyAndTakesNothing() throws Exception {
    Exception reason = new Exception("stop");
    Running<Void> canceled = wait(source.token()).awaitBlocked();
    Running<Void> waiting = wait(CancellationToken.none()).awaitBlocked();

    source.cancelBecause(reason);

    assertThatThrownBy(canceled::join)
        .isInstanceOfSatisfying(
            OperationCanceledException.class,
            e -> {
              assertThat(e.token()).isSameAs(source.token());
              assertThat(e.getCause()).isSameAs(reason);
            });
    assertThat(event.currentCount()).isEqualTo(3);
    assertThat(source.registrationCount()).isZero();
    event.signalMany(3);
    waiting.join();
  }

  @Test
  void timeEndsAWaitAndNotBefore() throws Exception {
    long start = System.nanoTime();

    assertThat(event.await(Duration.ofMillis(20), source.token())).isFalse();

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void anInterruptEndsAWaitAndLeavesTheCountAsItIs() throws Exception {
    Running<Void> waiting = wait(source.token()).awaitBlocked();

    waiting.thread().interrupt();

    assertThatThrownBy(waiting::join).isInstanceOf(InterruptedException.class);
    assertThat(event.currentCount()).isEqualTo(3);
    event.signalMany(3);
    event.await(source.token());
  }

  @Test
  void whatIsWrongIsToldInOrder() throws Exception {
    CountdownEvent closed = new CountdownEvent(0);
    closed.close();
    source.cancel();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> closed.await((CancellationToken) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("token");
    assertThatThrownBy(() -> closed.await((Duration) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("timeout");
    assertThatThrownBy(() -> closed.await(source.token())).isInstanceOf(InterruptedException.class);
    assertThatThrownBy(() -> closed.await(source.token()))
        .isInstanceOf(ObjectDisposedException.class);
    event.signalMany(3);
    assertThatThrownBy(() -> event.await(source.token()))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void closingWakesWhoWaits() throws Exception {
    Running<Void> waiting = wait(source.token()).awaitBlocked();

    event.close();
    event.close();

    assertThatThrownBy(waiting::join).isInstanceOf(ObjectDisposedException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aClosedEventCanBeAskedAndNothingElse() {
    event.signal();
    event.close();

    assertThat(event.currentCount()).isEqualTo(2);
    assertThat(event.initialCount()).isEqualTo(3);
    assertThat(event.isSet()).isFalse();
    assertThat(event).hasToString("CountdownEvent[2, closed]");
    assertThatThrownBy(event::signal).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(() -> event.signalMany(2)).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(event::addCount).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(event::tryAddCount).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(event::reset).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(() -> event.reset(-1)).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(event::waitHandle).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(event::await).isInstanceOf(ObjectDisposedException.class);
    assertThat(event.currentCount()).isEqualTo(2);
  }

  @Test
  void theHandleFollowsTheEvent() throws Exception {
    WaitHandle handle = event.waitHandle();
    assertThat(event.waitHandle()).isSameAs(handle);
    assertThat(handle.waitOne(Duration.ZERO)).isFalse();

    event.signalMany(2);
    event.addCount();
    event.signalMany(2);
    assertThat(WaitHandle.waitAny(source.token().waitHandle(), handle)).isEqualTo(1);

    event.reset();
    assertThat(handle.waitOne(Duration.ZERO)).isFalse();

    event.reset(0);
    assertThat(handle.waitOne(Duration.ZERO)).isTrue();

    event.close();
    assertThatThrownBy(handle::waitOne).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void theHandleOfASetEventIsSet() throws Exception {
    event.signalMany(3);

    assertThat(event.waitHandle().waitOne(Duration.ZERO)).isTrue();
  }

  @Test
  void manyThreadsCountDownTogether() throws Exception {
    int threads = 4;
    int each = 10_000;
    event.reset(threads * each);
    List<Running<Integer>> signaling = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      signaling.add(TestThreads.start(() -> signal(each)));
    }
    event.await();

    int last = 0;
    for (Running<Integer> thread : signaling) {
      last += thread.join();
    }
    assertThat(last).as("signals that have set it").isEqualTo(1);
    assertThat(event.currentCount()).isZero();
  }

  /** Signals that often, and adds what it takes back at once; returns how often that set it. */
  private int signal(int times) {
    int set = 0;
    for (int i = 0; i < times; i++) {
      event.addCount();
      event.signal();
      set += event.signal() ? 1 : 0;
    }
    return set;
  }

  private Running<Void> wait(CancellationToken token) {
    return TestThreads.start(
        () -> {
          event.await(token);
          return null;
        });
  }
}
