// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for events and tokens promise. */
class WaitHandleTest {
  private static final Duration NOW = Duration.ZERO;

  private final AutoResetEvent auto = new AutoResetEvent(false);
  private final ManualResetEvent manual = new ManualResetEvent(false);
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final WaitHandle ofToken = source.token().waitHandle();

  @Test
  void theTenLinesOfAUser() throws Exception {
    var waiting = TestThreads.start(() -> WaitHandle.waitAny(ofToken, manual)).awaitBlocked();

    source.cancel();

    assertThat(waiting.join()).isZero();
    assertThat(manual.waitOne(NOW)).isFalse();
  }

  @Test
  void anAutoEventLetsOneThroughAndAManualOneAll() throws Exception {
    auto.set();
    auto.set();
    manual.set();

    assertThat(auto.waitOne(NOW)).isTrue();
    assertThat(auto.waitOne(NOW)).isFalse();
    assertThat(manual.waitOne()).isTrue();
    assertThat(manual.waitOne()).isTrue();
    manual.reset();
    assertThat(manual.waitOne(NOW)).isFalse();
  }

  @Test
  void setFollowedByResetReleasesAllWhoAreBlocked() throws Exception {
    var one = TestThreads.start(() -> manual.waitOne()).awaitBlocked();
    var any = TestThreads.start(() -> WaitHandle.waitAny(auto, manual)).awaitBlocked();
    ManualResetEvent other = new ManualResetEvent(true);
    var all = TestThreads.start(() -> WaitHandle.waitAll(other, manual)).awaitBlocked();

    manual.set();
    manual.reset();

    assertThat(one.join()).isTrue();
    assertThat(any.join()).isEqualTo(1);
    assertThat(all.join()).isTrue();
  }

  @Test
  void eachSetOfAnAutoEventReleasesTheOneThatHasWaitedLongest() throws Exception {
    var first = TestThreads.start(() -> auto.waitOne()).awaitBlocked();
    var second = TestThreads.start(() -> auto.waitOne()).awaitBlocked();

    auto.set();
    assertThat(first.join()).isTrue();
    second.awaitBlocked();
    auto.set();

    assertThat(second.join()).isTrue();
    assertThat(auto.waitOne(NOW)).isFalse();
  }

  @Test
  void waitAnyTakesTheLowestIndexAloneAndAllowsDuplicates() throws Exception {
    AutoResetEvent other = new AutoResetEvent(true);
    auto.set();

    assertThat(WaitHandle.waitAny(manual, auto, other, auto)).isEqualTo(1);

    assertThat(auto.waitOne(NOW)).isFalse();
    assertThat(other.waitOne(NOW)).isTrue();
    assertThat(WaitHandle.waitAny(new WaitHandle[] {auto, manual}, NOW))
        .isEqualTo(WaitHandle.WAIT_TIMEOUT);
  }

  @Test
  void waitAllTakesAllOrNone() throws Exception {
    AutoResetEvent other = new AutoResetEvent(true);
    assertThat(WaitHandle.waitAll(new WaitHandle[] {auto, other}, Duration.ofNanos(1))).isFalse();
    assertThat(other.waitOne(NOW)).isTrue();
    other.set();
    var all = TestThreads.start(() -> WaitHandle.waitAll(auto, other, ofToken)).awaitBlocked();

    auto.set();
    all.awaitBlocked();
    source.cancel();

    assertThat(all.join()).isTrue();
    assertThat(auto.waitOne(NOW)).isFalse();
    assertThat(other.waitOne(NOW)).isFalse();
  }

  @Test
  void moreThanSixtyFourHandlesAreAllowed() throws Exception {
    List<WaitHandle> handles = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      handles.add(new AutoResetEvent(i == 299));
    }

    assertThat(WaitHandle.waitAny(handles.toArray(new WaitHandle[0]))).isEqualTo(299);
  }

  @Test
  void closeWakesWhoWaits() throws Exception {
    var one = TestThreads.start(() -> auto.waitOne()).awaitBlocked();
    var all = TestThreads.start(() -> WaitHandle.waitAll(manual, auto)).awaitBlocked();

    auto.close();
    auto.close();

    assertThat(catchThrowable(one::join)).isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(all::join)).isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(auto::set)).isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(auto::reset)).isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(() -> WaitHandle.waitAny(manual, auto)))
        .isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void closingTheSourceWakesWhoWaitsOnItsHandleOnly() throws Exception {
    var onHandle = TestThreads.start(() -> ofToken.waitOne()).awaitBlocked();
    CancellationToken token = source.token();
    var onToken =
        TestThreads.start(() -> token.awaitCancellation(Duration.ofDays(1))).awaitBlocked();

    source.close();

    assertThat(catchThrowable(onHandle::join)).isInstanceOf(ObjectDisposedException.class);
    onToken.awaitBlocked();
    onToken.thread().interrupt();
    assertThat(catchThrowable(onToken::join)).isInstanceOf(InterruptedException.class);
    assertThat(catchThrowable(() -> ofToken.waitOne(NOW)))
        .isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void aHandleSetByARequestStaysUsableAndCannotBeClosed() throws Exception {
    source.cancel();
    source.close();

    assertThat(ofToken.waitOne()).isTrue();
    assertThatThrownBy(ofToken::close).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anEventAndATokensHandleSayWhetherTheyAreSet() {
    assertThat(manual).hasToString("ManualResetEvent[unset]");
    assertThat(new EventWaitHandle(true, EventResetMode.AUTO_RESET))
        .hasToString("EventWaitHandle[set]");
    auto.close();
    assertThat(auto).hasToString("AutoResetEvent[closed]");

    assertThat(ofToken).hasToString("WaitHandle of CancellationToken[live]");
    source.cancel();
    assertThat(ofToken).hasToString("WaitHandle of CancellationToken[cancellation requested]");
  }

  @Test
  void aTokenGivesItsHandleUnlessItsSourceWasClosedBeforeARequest() throws Exception {
    CancellationToken token = source.token();
    var never = new CancellationTokenSource();
    CancellationToken dead = never.token();
    source.cancel();
    source.close();
    never.close();

    assertThat(token.waitHandle()).isSameAs(ofToken);
    assertThatThrownBy(dead::waitHandle).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void aHandleFirstAskedForAfterARequestAndACloseIsSet() throws Exception {
    var parent = new CancellationTokenSource();
    var child = CancellationTokenSource.createLinkedTokenSource(parent.token());
    CancellationToken token = child.token();
    parent.cancel();
    child.close();

    assertThat(token.waitHandle().waitOne(NOW)).isTrue();
  }

  @Test
  void anInterruptedWaitTakesNothing() throws Exception {
    var waiting = TestThreads.start(() -> auto.waitOne()).awaitBlocked();
    waiting.thread().interrupt();
    assertThat(catchThrowable(waiting::join)).isInstanceOf(InterruptedException.class);

    auto.set();
    assertThat(auto.waitOne(NOW)).isTrue();
    manual.set();
    Thread.currentThread().interrupt();
    assertThat(catchThrowable(() -> manual.waitOne(NOW))).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void badArgumentsAreRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> WaitHandle.waitAny(auto, null))
        .withMessage("handles[1]");
    assertThatNullPointerException()
        .isThrownBy(() -> WaitHandle.waitAll((WaitHandle[]) null))
        .withMessage("handles");
    assertThatNullPointerException().isThrownBy(() -> auto.waitOne(null)).withMessage("timeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WaitHandle.waitAny())
        .withMessageContaining("handles");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WaitHandle.waitAll(auto, manual, auto))
        .withMessageContaining("handles[2]");
  }

  @Test
  void aWaitLeavesNothingOnATokenOrAHandle() throws Exception {
    assertThat(WaitHandle.waitAny(new WaitHandle[] {ofToken, auto}, Duration.ofNanos(1)))
        .isEqualTo(WaitHandle.WAIT_TIMEOUT);

    assertThat(((Extras) source.token().ext).watchers).isNull();
    assertThat(auto.state).isEqualTo(QueuedWaitHandle.TAKEN_OFF);
  }
}
