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

final class ManualResetEventSlimTest {
  private final ManualResetEventSlim event = new ManualResetEventSlim();
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void aSetEventLetsThroughAnyNumberOfWaitsUntilItIsReset() throws Exception {
    event.set();

    event.await();
    event.await(source.token());
    assertThat(event.await(Duration.ZERO)).isTrue();
    assertThat(event.isSet()).isTrue();

    event.reset();

    assertThat(event.isSet()).isFalse();
    assertThat(event.await(Duration.ZERO)).isFalse();
    assertThat(event.await(Duration.ofSeconds(-1), source.token())).isFalse();
  }

  @Test
  void setLetsThroughAllWhoWaitAlsoIfItIsResetAtOnce() throws Exception {
    List<Running<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(TestThreads.start(() -> event.await(Timeout.INFINITE, source.token())));
    }
    for (Running<Boolean> thread : waiting) {
      thread.awaitBlocked();
    }

    event.set();
    event.reset();

    for (Running<Boolean> thread : waiting) {
      assertThat(thread.join()).isTrue();
    }
    assertThat(event.isSet()).isFalse();
  }

  @Test
  void aCanceledWaitSaysByWhichTokenAndWhy() throws Exception {
    Exception reason = new Exception("stop");
    Running<Void> waiting = wait(source.token()).awaitBlocked();

    source.cancelBecause(reason);

    assertThatThrownBy(waiting::join)
        .isInstanceOfSatisfying(
            OperationCanceledException.class,
            e -> {
              assertThat(e.token()).isSameAs(source.token());
              assertThat(e.getCause()).isSameAs(reason);
            });
    assertThat(event.isSet()).isFalse();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void onlyTheWaitWhoseTokenIsCanceledEnds() throws Exception {
    CancellationTokenSource other = new CancellationTokenSource();
    Running<Void> canceled = wait(source.token()).awaitBlocked();
    Running<Void> waiting = wait(other.token()).awaitBlocked();

    source.cancel();

    assertThatThrownBy(canceled::join).isInstanceOf(OperationCanceledException.class);
    event.set();
    waiting.join();
  }

  @Test
  void aWaitThatNeedNotBlockRegistersNothing() throws Exception {
    event.set();

    event.await(source.token());

    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aWaitThatBlocksRegistersOnceAndLeavesNothingBehind() throws Exception {
    Running<Void> waiting = wait(source.token()).awaitBlocked();
    assertThat(source.registrationCount()).isEqualTo(1);

    event.set();
    waiting.join();

    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void timeEndsAWaitAndNotBefore() throws Exception {
    long start = System.nanoTime();

    assertThat(event.await(Duration.ofMillis(20), source.token())).isFalse();

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void anInterruptEndsAWaitAndLeavesTheEventUsable() throws Exception {
    Running<Void> waiting = wait(source.token()).awaitBlocked();

    waiting.thread().interrupt();

    assertThatThrownBy(waiting::join).isInstanceOf(InterruptedException.class);
    event.set();
    event.await(source.token());
  }

  @Test
  void whatIsWrongIsToldInOrder() throws Exception {
    ManualResetEventSlim closed = new ManualResetEventSlim(true);
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
    event.set();
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
  void aClosedEventCanBeSetAndAskedAndNothingElse() {
    event.close();

    event.set();

    assertThat(event.isSet()).isTrue();
    assertThatThrownBy(event::reset).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(event::waitHandle).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(event::await).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void theHandleFollowsTheEvent() throws Exception {
    event.set();
    WaitHandle handle = event.waitHandle();
    assertThat(event.waitHandle()).isSameAs(handle);
    assertThat(handle.waitOne(Duration.ZERO)).isTrue();

    event.reset();
    assertThat(handle.waitOne(Duration.ZERO)).isFalse();

    event.set();
    assertThat(WaitHandle.waitAny(source.token().waitHandle(), handle)).isEqualTo(1);

    event.close();
    assertThatThrownBy(handle::waitOne).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void aHandleThatItsUserClosesIsNoneOfTheEventsBusiness() throws Exception {
    event.waitHandle().close();

    event.set();
    event.await();
    event.reset();

    assertThat(event.isSet()).isFalse();
  }

  @Test
  void aTokenOfAClosedSourceEndsNoWait() throws Exception {
    CancellationToken token = source.token();
    source.close();
    Running<Void> waiting = wait(token).awaitBlocked();

    event.set();

    waiting.join();
  }

  @Test
  void aWaitInACallbackOfItsTokenThrowsAtOnce() {
    List<Throwable> thrown = new ArrayList<>();
    source
        .token()
        .register(
            () -> {
              try {
                event.await(source.token());
              } catch (OperationCanceledException | InterruptedException e) {
                thrown.add(e);
              }
            });

    source.cancel();

    assertThat(thrown).singleElement().isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void anEventThatACallbackSetsBeforeTheWaitsOwnLetsItThrough() throws Exception {
    Running<Void> waiting = wait(source.token()).awaitBlocked();
    source.token().register(event::set); // runs first: newest first

    source.cancel();

    waiting.join();
  }

  private Running<Void> wait(CancellationToken token) {
    return TestThreads.start(
        () -> {
          event.await(token);
          return null;
        });
  }
}
