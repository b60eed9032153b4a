// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

/** What a semaphore promises: a count that is never wrong, whoever waits and however it ends. */
class SemaphoreTest {
  private static final Duration NOW = Duration.ZERO;

  private final Semaphore semaphore = new Semaphore(0, 3);
  private final AutoResetEvent event = new AutoResetEvent(false);
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final WaitHandle ofToken = source.token().waitHandle();

  @Test
  void theTenLinesOfAUser() throws Exception {
    Semaphore two = new Semaphore(2, 2);
    assertThat(WaitHandle.waitAny(ofToken, two)).isEqualTo(1);
    assertThat(WaitHandle.waitAny(ofToken, two)).isEqualTo(1);
    var third = TestThreads.start(() -> WaitHandle.waitAny(ofToken, two)).awaitBlocked();

    source.cancel();

    assertThat(third.join()).isZero();
    assertThat(two.release()).isZero();
    assertThat(two.release()).isEqualTo(1);
  }

  @Test
  void eachWaitTakesOne() throws Exception {
    Semaphore three = new Semaphore(3, 3);

    assertThat(three.waitOne()).isTrue();
    assertThat(three.waitOne(NOW)).isTrue();
    assertThat(WaitHandle.waitAll(three)).isTrue();

    assertThat(three.waitOne(NOW)).isFalse();
    assertThat(three.waitOne(Duration.ofNanos(1))).isFalse();
  }

  @Test
  void releaseReturnsTheCountBefore() throws Exception {
    assertThat(semaphore.release()).isZero();
    assertThat(semaphore.releaseMany(2)).isEqualTo(1);

    assertCount(3);
  }

  @Test
  void aReleaseBeyondTheMaximumIsRefusedAndChangesNothing() throws Exception {
    semaphore.releaseMany(2);

    assertThat(catchThrowable(() -> semaphore.releaseMany(2)))
        .isInstanceOf(SemaphoreFullException.class);
    assertThat(catchThrowable(() -> semaphore.releaseMany(Integer.MAX_VALUE)))
        .isInstanceOf(SemaphoreFullException.class);

    assertCount(2);
  }

  @Test
  void aReleaseBeyondTheMaximumLetsNobodyThrough() throws Exception {
    var waiting = TestThreads.start(() -> semaphore.waitOne()).awaitBlocked();

    assertThat(catchThrowable(() -> semaphore.releaseMany(4)))
        .isInstanceOf(SemaphoreFullException.class);

    waiting.awaitBlocked();
    semaphore.release();
    assertThat(waiting.join()).isTrue();
  }

  @Test
  void aReleaseOfSeveralLetsThroughThoseWhoHaveWaitedLongest() throws Exception {
    var first = TestThreads.start(() -> semaphore.waitOne()).awaitBlocked();
    var second =
        TestThreads.start(() -> WaitHandle.waitAny(event, ofToken, semaphore)).awaitBlocked();
    var third = TestThreads.start(() -> semaphore.waitOne()).awaitBlocked();

    assertThat(semaphore.releaseMany(2)).isZero();

    assertThat(first.join()).isTrue();
    assertThat(second.join()).isEqualTo(2);
    third.awaitBlocked();
    assertThat(semaphore.release()).isZero();
    assertThat(third.join()).isTrue();
    assertCount(0);
  }

  @Test
  void whatNobodyWaitsForIsLeftInTheCount() throws Exception {
    var waiting = TestThreads.start(() -> semaphore.waitOne()).awaitBlocked();

    semaphore.releaseMany(3);

    assertThat(waiting.join()).isTrue();
    assertCount(2);
  }

  @Test
  void theSameSemaphoreTwiceIsTakenOnce() throws Exception {
    var waiting =
        TestThreads.start(() -> WaitHandle.waitAny(semaphore, event, semaphore)).awaitBlocked();

    semaphore.releaseMany(2);

    assertThat(waiting.join()).isZero();
    assertThat(WaitHandle.waitAny(semaphore, semaphore)).isZero();
    assertCount(0);
  }

  @Test
  void aWaitForAllTakesOneOfEachAtOnceOrNothing() throws Exception {
    Semaphore other = new Semaphore(1, 1);
    var all = TestThreads.start(() -> WaitHandle.waitAll(other, event, semaphore)).awaitBlocked();

    semaphore.releaseMany(2);
    all.awaitBlocked();
    assertThat(other.waitOne(NOW)).isTrue();
    event.set();
    all.awaitBlocked();
    other.release();

    assertThat(all.join()).isTrue();
    assertThat(other.waitOne(NOW)).isFalse();
    assertThat(event.waitOne(NOW)).isFalse();
    assertCount(1);
  }

  @Test
  void aReleaseServesWaitsForAllAndForOneInTheirOrderAsFarAsItGoes() throws Exception {
    var passedOver = TestThreads.start(() -> WaitHandle.waitAll(semaphore, event)).awaitBlocked();
    var one = TestThreads.start(() -> semaphore.waitOne()).awaitBlocked();
    var all = TestThreads.start(() -> WaitHandle.waitAll(semaphore)).awaitBlocked();

    semaphore.releaseMany(3);

    assertThat(one.join()).isTrue();
    assertThat(all.join()).isTrue();
    passedOver.awaitBlocked();
    event.set();
    assertThat(passedOver.join()).isTrue();
    assertCount(0);
  }

  @Test
  void aRequestedTokenComesBeforeTheSemaphoreBehindItAndTheCountStays() throws Exception {
    semaphore.release();
    source.cancel();

    assertThat(WaitHandle.waitAny(ofToken, semaphore)).isZero();
    assertThat(WaitHandle.waitAny(semaphore, ofToken)).isZero();
    assertCount(0);
  }

  @Test
  void aWaitThatIsInterruptedOrTooLateTakesNothing() throws Exception {
    var interrupted = TestThreads.start(() -> semaphore.waitOne()).awaitBlocked();
    interrupted.thread().interrupt();
    assertThat(catchThrowable(interrupted::join)).isInstanceOf(InterruptedException.class);
    assertThat(WaitHandle.waitAny(new WaitHandle[] {semaphore, event}, Duration.ofNanos(1)))
        .isEqualTo(WaitHandle.WAIT_TIMEOUT);
    assertThat(WaitHandle.waitAll(new WaitHandle[] {semaphore, event}, Duration.ofNanos(1)))
        .isFalse();

    semaphore.release();

    assertCount(1);
  }

  @Test
  void closeWakesWhoWaitsAndRefusesTheRest() throws Exception {
    var one = TestThreads.start(() -> semaphore.waitOne()).awaitBlocked();
    var any = TestThreads.start(() -> WaitHandle.waitAny(event, semaphore)).awaitBlocked();
    var all = TestThreads.start(() -> WaitHandle.waitAll(event, semaphore)).awaitBlocked();

    semaphore.close();
    semaphore.close();

    assertThat(catchThrowable(one::join)).isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(any::join)).isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(all::join)).isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(semaphore::release)).isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(() -> semaphore.releaseMany(9)))
        .isInstanceOfSatisfying(
            ObjectDisposedException.class, e -> assertThat(e.objectName()).isEqualTo("Semaphore"));
    assertThat(catchThrowable(() -> semaphore.waitOne(NOW)))
        .isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void aCloseTakesAwayWhatWasLeft() {
    semaphore.releaseMany(3);

    semaphore.close();

    assertThat(catchThrowable(semaphore::waitOne)).isInstanceOf(ObjectDisposedException.class);
    assertThat(catchThrowable(() -> WaitHandle.waitAny(ofToken, semaphore)))
        .isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void badArgumentsAreRefusedByNameAndValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Semaphore(-1, 1))
        .withMessageContainingAll("initialCount", "-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Semaphore(3, 2))
        .withMessageContainingAll("initialCount", "3", "2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Semaphore(0, 0))
        .withMessageContainingAll("maximumCount", "0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> semaphore.releaseMany(0))
        .withMessageContainingAll("releaseCount", "0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> semaphore.releaseMany(Integer.MIN_VALUE))
        .withMessageContaining("releaseCount");
    assertThatNullPointerException()
        .isThrownBy(() -> semaphore.waitOne(null))
        .withMessage("timeout");
  }

  @Test
  void theGreatestMaximumIsKept() throws Exception {
    Semaphore great = new Semaphore(1, Integer.MAX_VALUE);

    assertThat(catchThrowable(() -> great.releaseMany(Integer.MAX_VALUE)))
        .isInstanceOf(SemaphoreFullException.class);
    assertThat(great.waitOne(NOW)).isTrue();
    assertThat(great.releaseMany(Integer.MAX_VALUE)).isZero();
    assertThat(catchThrowable(great::release)).isInstanceOf(SemaphoreFullException.class);
  }

  @Test
  void theExceptionHasDotnetsMessageUnlessItIsGivenAnother() {
    Exception cause = new Exception();

    assertThat(new SemaphoreFullException()).hasMessageContaining("exceed its maximum count");
    assertThat(new SemaphoreFullException("full")).hasMessage("full").hasNoCause();
    assertThat(new SemaphoreFullException("full", cause)).hasMessage("full").hasCause(cause);
  }

  @Test
  void aSemaphoreTakesFortyBytesAndAWaitLeavesNothing() throws Exception {
    assertThat(ClassLayout.parseInstance(semaphore).instanceSize()).isEqualTo(40);
    WaitHandle.waitAny(new WaitHandle[] {ofToken, semaphore, semaphore}, Duration.ofNanos(1));

    assertThat(semaphore.state).isZero();
  }

  /** Takes what is left. */
  private void assertCount(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      assertThat(semaphore.waitOne(NOW)).as("number %d of %d", i + 1, count).isTrue();
    }
    assertThat(semaphore.waitOne(NOW)).as("more than %d", count).isFalse();
    assertThat(semaphore.state).isZero();
  }

  @Test
  void itSaysHowManyAreFree() throws InterruptedException {
    Semaphore semaphore = new Semaphore(2, 3);
    semaphore.waitOne();

    assertThat(semaphore).hasToString("Semaphore[1 of 3 free]");
    assertThat(catchThrowable(() -> semaphore.releaseMany(3)))
        .hasMessage("releaseCount is 3, too many for a maximum of 3.");
    semaphore.close();
    assertThat(semaphore).hasToString("Semaphore[1 of 3 free, closed]");
  }
}
