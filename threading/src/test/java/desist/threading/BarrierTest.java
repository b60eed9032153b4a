// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.Timeout;
import desist.threading.TestThreads.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class BarrierTest {
  private final Barrier pair = new Barrier(2);
  private final CancellationTokenSource source = new CancellationTokenSource();

  /** The action of {@link #held(int)}: has begun, may end. */
  private final CountDownLatch inAction = new CountDownLatch(1);

  private final CountDownLatch endAction = new CountDownLatch(1);

  @Test
  void aPhaseEndsWhenAllHaveSignaled() throws Exception {
    Running<Void> other = signal(pair, source.token()).awaitBlocked();
    assertThat(pair.participantsRemaining()).isEqualTo(1);
    assertThat(pair.currentPhaseNumber()).isZero();

    pair.signalAndWait();

    other.join();
    assertThat(pair.participantsRemaining()).isEqualTo(2);
    assertThat(pair.currentPhaseNumber()).isEqualTo(1);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aBarrierIsUsedPhaseAfterPhase() throws Exception {
    AtomicInteger actions = new AtomicInteger();
    Barrier barrier = new Barrier(3, b -> actions.incrementAndGet());
    List<Running<Void>> others = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      others.add(
          TestThreads.start(
              () -> {
                for (int phase = 0; phase < 500; phase++) {
                  barrier.signalAndWait(source.token());
                }
                return null;
              }));
    }

    for (int phase = 0; phase < 500; phase++) {
      assertThat(barrier.currentPhaseNumber()).isEqualTo(phase);
      barrier.signalAndWait();
      assertThat(actions).hasValueGreaterThan(phase);
    }

    for (Running<Void> other : others) {
      other.join();
    }
    assertThat(actions).hasValue(500);
  }

  @Test
  void oneParticipantNeverWaits() throws Exception {
    Barrier alone = new Barrier(1);

    alone.signalAndWait();
    alone.signalAndWait(source.token());
    assertThat(alone.signalAndWait(Duration.ZERO)).isTrue();
    assertThat(alone.signalAndWait(Duration.ofSeconds(-1), source.token())).isTrue();

    assertThat(alone.currentPhaseNumber()).isEqualTo(4);
  }

  @Test
  void anActionIsALambdaABlockOrAMethodReference() throws Exception {
    List<Barrier> seen = new ArrayList<>();
    List<Object> numbers = new ArrayList<>();

    new Barrier(1, b -> numbers.add(b.currentPhaseNumber())).signalAndWait();
    new Barrier(
            1,
            b -> {
              numbers.add(b.participantCount());
            })
        .signalAndWait();
    new Barrier(1, seen::add).signalAndWait();
    new Barrier(1, Barrier::toString).signalAndWait();
    new Barrier(1, null).signalAndWait();

    assertThat(numbers).containsExactly(0L, 1);
    assertThat(seen).hasSize(1);
  }

  @Test
  void theActionRunsOnTheThreadOfTheLastSignalWithTheNumbersOfThePhaseThatEnds() throws Exception {
    List<Object> seen = new ArrayList<>();
    Barrier barrier =
        new Barrier(
            2,
            b -> {
              seen.add(Thread.currentThread());
              seen.add(b.currentPhaseNumber());
              seen.add(b.participantsRemaining());
            });
    Running<Void> other = signal(barrier, CancellationToken.none()).awaitBlocked();

    barrier.signalAndWait();

    other.join();
    assertThat(seen).containsExactly(Thread.currentThread(), 0L, 2);
  }

  @Test
  void nobodyIsLetThroughBeforeTheActionHasEnded() throws Exception {
    Barrier barrier = held(2);
    Running<Void> first = signal(barrier, CancellationToken.none()).awaitBlocked();
    Running<Void> last = signal(barrier, CancellationToken.none());
    inAction.await();

    first.awaitBlocked();
    last.awaitBlocked();
    assertThat(barrier.currentPhaseNumber()).isZero();

    endAction.countDown();
    first.join();
    last.join();
    assertThat(barrier.currentPhaseNumber()).isEqualTo(1);
  }

  @Test
  void aCanceledWaitTakesItsSignalBackAndSaysByWhichTokenAndWhy() throws Exception {
    Exception reason = new Exception("stop");
    Running<Void> canceled = signal(pair, source.token()).awaitBlocked();

    source.cancelBecause(reason);

    assertThatThrownBy(canceled::join)
        .isInstanceOfSatisfying(
            OperationCanceledException.class,
            e -> {
              assertThat(e.token()).isSameAs(source.token());
              assertThat(e.getCause()).isSameAs(reason);
            });
    assertUntouched(pair, 2);
    assertThat(source.registrationCount()).isZero();
    assertPhaseEnds(pair);
  }

  @Test
  void timeEndsAWaitAndNotBeforeAndTheSignalIsTakenBack() throws Exception {
    long start = System.nanoTime();

    assertThat(pair.signalAndWait(Duration.ofMillis(20), source.token())).isFalse();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
    assertThat(pair.signalAndWait(Duration.ZERO)).isFalse();
    assertThat(pair.signalAndWait(Duration.ofSeconds(-1))).isFalse();

    assertUntouched(pair, 2);
    assertThat(source.registrationCount()).isZero();
    assertPhaseEnds(pair);
  }

  @Test
  void anInterruptedWaitTakesItsSignalBack() throws Exception {
    Running<Void> interrupted = signal(pair, source.token()).awaitBlocked();

    interrupted.thread().interrupt();

    assertThatThrownBy(interrupted::join).isInstanceOf(InterruptedException.class);
    assertUntouched(pair, 2);
    assertPhaseEnds(pair);
  }

  @Test
  void nobodyGivesUpOnceAllHaveSignaled() throws Exception {
    Barrier barrier = held(3);
    Running<Boolean> interrupted =
        TestThreads.start(
            () ->
                barrier.signalAndWait(Timeout.INFINITE, source.token())
                    && Thread.currentThread().isInterrupted());
    interrupted.awaitBlocked();
    Duration timeout = Duration.ofMillis(200);
    AtomicLong begin = new AtomicLong();
    Running<Boolean> timedOut =
        TestThreads.start(
            () -> {
              do { // until the last signal comes in time; afterwards one more would be refused
                begin.set(System.nanoTime());
              } while (!barrier.signalAndWait(timeout));
              return true;
            });
    Running<Void> last = signalWhen(() -> barrier.participantsRemaining() == 1, barrier);
    inAction.await();

    interrupted.thread().interrupt();
    source.cancel();
    TestThreads.await(
        "the time is over", () -> System.nanoTime() - begin.get() > 2 * timeout.toNanos());
    interrupted.awaitBlocked();
    timedOut.awaitBlocked();
    endAction.countDown();

    assertThat(interrupted.join()).as("let through, the interrupt pending").isTrue();
    assertThat(timedOut.join()).as("let through").isTrue();
    last.join();
    assertUntouched(barrier, 3, 1);
  }

  @Test
  void anActionMayCancelThoseWhoWait() throws Exception {
    Barrier barrier = new Barrier(2, b -> source.cancel());
    Running<Void> other = signal(barrier, source.token()).awaitBlocked();

    barrier.signalAndWait(source.token());

    other.join();
    assertUntouched(barrier, 2, 1);
  }

  @Test
  void whatTheActionThrowsReachesEachParticipantOfThePhase() throws Exception {
    for (Throwable failure :
        List.of(new IllegalArgumentException(), new Exception(), new StackOverflowError())) {
      Barrier barrier = new Barrier(2, b -> failInPhaseZero(b, failure));
      Running<Void> other = signal(barrier, CancellationToken.none()).awaitBlocked();

      Throwable mine = thrownBy(barrier::signalAndWait);
      Throwable his = thrownBy(other::join);

      assertThat(mine).isInstanceOf(BarrierPostPhaseException.class).hasCause(failure);
      assertThat(his).isInstanceOf(BarrierPostPhaseException.class).hasCause(failure);
      assertThat(mine).isNotSameAs(his);
      assertUntouched(barrier, 2, 1);
      assertPhaseEnds(barrier);
    }
  }

  @Test
  void theActionCanOnlyReadItsBarrier() throws Exception {
    List<Throwable> thrown = new ArrayList<>();
    Barrier barrier =
        new Barrier(
            1,
            b -> {
              thrown.add(thrownBy(b::addParticipant));
              thrown.add(thrownBy(() -> b.addParticipants(2)));
              thrown.add(thrownBy(b::removeParticipant));
              thrown.add(thrownBy(b::signalAndWait));
              thrown.add(thrownBy(() -> b.signalAndWait(Duration.ZERO)));
              thrown.add(thrownBy(b::close));
            });

    barrier.signalAndWait();

    assertThat(thrown).hasSize(6).hasOnlyElementsOfType(IllegalStateException.class);
    assertUntouched(barrier, 1, 1);
    barrier.close();
  }

  @Test
  void argumentsAndTokenAreLookedAtBeforeTheActionIsSeenToCall() throws Exception {
    source.cancel();
    List<Throwable> thrown = new ArrayList<>();
    Barrier barrier =
        new Barrier(
            1,
            b -> {
              thrown.add(thrownBy(() -> b.signalAndWait(source.token())));
              thrown.add(thrownBy(() -> b.addParticipants(0)));
              thrown.add(thrownBy(() -> b.removeParticipants(0)));
            });

    barrier.signalAndWait();

    assertThat(thrown)
        .extracting(Object::getClass)
        .containsExactly(
            OperationCanceledException.class,
            IllegalArgumentException.class,
            IllegalArgumentException.class);
  }

  @Test
  void aSignalWhileTheActionRunsIsOneTooMany() throws Exception {
    Barrier barrier = held(1);
    Running<Void> last = signal(barrier, CancellationToken.none());
    inAction.await();

    assertThatThrownBy(barrier::signalAndWait).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> barrier.signalAndWait(Duration.ZERO))
        .isInstanceOf(IllegalStateException.class);

    endAction.countDown();
    last.join();
    assertUntouched(barrier, 1, 1);
  }

  @Test
  void whoJoinsTakesPartInTheCurrentPhase() throws Exception {
    Running<Void> first = signal(pair, CancellationToken.none()).awaitBlocked();

    assertThat(pair.addParticipant()).isZero();
    assertThat(pair.addParticipants(2)).isZero();
    assertThat(pair.participantCount()).isEqualTo(5);
    assertThat(pair.participantsRemaining()).isEqualTo(4);
    pair.removeParticipants(3);
    pair.signalAndWait();

    first.join();
    assertThat(pair.addParticipant()).isEqualTo(1);
  }

  @Test
  void whoJoinsWhileTheActionRunsWaitsForTheNextPhase() throws Exception {
    Barrier barrier = held(1);
    Running<Void> last = signal(barrier, CancellationToken.none());
    inAction.await();

    Running<Long> newcomer = TestThreads.start(() -> barrier.addParticipants(2)).awaitBlocked();

    assertThat(barrier.participantCount()).isEqualTo(3);
    endAction.countDown();
    assertThat(newcomer.join()).isEqualTo(1);
    last.join();
    assertUntouched(barrier, 3, 1);
  }

  @Test
  void whoIsInterruptedWhileJoiningHasNotJoined() throws Exception {
    Barrier barrier = held(1);
    Running<Void> last = signal(barrier, CancellationToken.none());
    inAction.await();
    Running<Long> newcomer = TestThreads.start(() -> barrier.addParticipants(2)).awaitBlocked();

    newcomer.thread().interrupt();

    assertThatThrownBy(newcomer::join).isInstanceOf(InterruptedException.class);
    assertThat(barrier.participantCount()).isEqualTo(1);
    endAction.countDown();
    last.join();
    assertUntouched(barrier, 1, 1);
  }

  @Test
  void whoseParticipantsWereRemovedMeanwhileHasJoined() throws Exception {
    Barrier barrier = held(1);
    Running<Void> last = signal(barrier, CancellationToken.none());
    inAction.await();
    Running<Boolean> newcomer =
        TestThreads.start(
            () -> barrier.addParticipants(2) == 1 && Thread.currentThread().isInterrupted());
    newcomer.awaitBlocked();
    barrier.removeParticipants(2);

    newcomer.thread().interrupt();
    TestThreads.await("takes the interrupt", () -> !newcomer.thread().isInterrupted());
    newcomer.awaitBlocked();
    assertThat(barrier.participantCount()).isEqualTo(1);

    endAction.countDown();
    assertThat(newcomer.join()).as("joined, the interrupt pending").isTrue();
    last.join();
    assertUntouched(barrier, 1, 1);
  }

  @Test
  void removingWhomOthersWaitForEndsThePhaseOnThisThread() throws Exception {
    List<Thread> acting = new ArrayList<>();
    Barrier barrier = new Barrier(3, b -> acting.add(Thread.currentThread()));
    Running<Void> first = signal(barrier, CancellationToken.none()).awaitBlocked();

    barrier.removeParticipants(2);

    first.join();
    assertThat(acting).containsExactly(Thread.currentThread());
    assertUntouched(barrier, 1, 1);
  }

  @Test
  void whoEndsAPhaseByRemovingIsToldOfTheActionsFailure() throws Exception {
    IllegalArgumentException failure = new IllegalArgumentException();
    Barrier barrier = new Barrier(2, b -> failInPhaseZero(b, failure));
    Running<Void> first = signal(barrier, CancellationToken.none()).awaitBlocked();

    assertThatThrownBy(barrier::removeParticipant)
        .isInstanceOf(BarrierPostPhaseException.class)
        .hasCause(failure);

    assertThatThrownBy(first::join).isInstanceOf(BarrierPostPhaseException.class);
    assertUntouched(barrier, 1, 1);
  }

  @Test
  void removingWhileTheActionRunsEndsNoPhase() throws Exception {
    Barrier barrier = held(2);
    Running<Void> first = signal(barrier, CancellationToken.none()).awaitBlocked();
    Running<Void> last = signal(barrier, CancellationToken.none());
    inAction.await();

    barrier.removeParticipant();

    assertThat(barrier.participantCount()).isEqualTo(1);
    endAction.countDown();
    first.join();
    last.join();
    assertUntouched(barrier, 1, 1);
  }

  @Test
  void removingAllEndsNoPhase() {
    List<Long> actions = new ArrayList<>();
    Barrier barrier = new Barrier(2, b -> actions.add(b.currentPhaseNumber()));

    barrier.removeParticipants(2);

    assertThat(actions).isEmpty();
    assertUntouched(barrier, 0);
    assertThatThrownBy(barrier::signalAndWait).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(barrier::removeParticipant).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoHasSignaledCannotBeRemoved() throws Exception {
    Running<Void> first = signal(pair, source.token()).awaitBlocked();

    assertThatThrownBy(() -> pair.removeParticipants(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("1 have not signaled; 2 cannot be removed.");

    assertThat(pair.participantsRemaining()).isEqualTo(1);
    source.cancel();
    assertThatThrownBy(first::join).isInstanceOf(OperationCanceledException.class);
    pair.removeParticipants(2);
  }

  @Test
  void countsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new Barrier(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("participantCount is negative: -1");
    assertThatThrownBy(() -> new Barrier(32_768))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("participantCount is more than 32767: 32768");
    assertThatThrownBy(() -> pair.addParticipants(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("participantCount is not positive: 0");
    assertThatThrownBy(() -> pair.addParticipants(32_766))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("participantCount would make more than 32767 participants: 32766");
    assertThatThrownBy(() -> pair.addParticipants(Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> pair.removeParticipants(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> pair.removeParticipants(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Of 2 participants 3 cannot be removed.");
    Barrier full = new Barrier(32_767);
    assertThatThrownBy(full::addParticipant)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("There are 32767 participants, and there can be no more.");
    assertUntouched(pair, 2);
  }

  @Test
  void whatIsWrongIsToldInOrder() throws Exception {
    Barrier closed = new Barrier(0);
    closed.close();
    source.cancel();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> closed.signalAndWait((CancellationToken) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("token");
    assertThatThrownBy(() -> closed.signalAndWait((Duration) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("timeout");
    assertThatThrownBy(() -> closed.addParticipants(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> closed.removeParticipants(0))
        .isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(() -> closed.signalAndWait(source.token()))
        .isInstanceOf(InterruptedException.class);
    assertThatThrownBy(() -> closed.signalAndWait(source.token()))
        .isInstanceOf(ObjectDisposedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(closed::addParticipant).isInstanceOf(InterruptedException.class);
    assertThatThrownBy(closed::addParticipant).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(() -> new Barrier(0).signalAndWait(source.token()))
        .isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(() -> new Barrier(1).signalAndWait(source.token()))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void closingWakesWhoWaitsForOthers() throws Exception {
    Running<Void> waiting = signal(pair, source.token()).awaitBlocked();

    pair.close();
    pair.close();

    assertThatThrownBy(waiting::join).isInstanceOf(ObjectDisposedException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aPhaseInWhichAllHaveSignaledEndsAlsoIfTheBarrierIsClosed() throws Exception {
    Barrier barrier = held(2);
    Running<Void> first = signal(barrier, CancellationToken.none()).awaitBlocked();
    Running<Void> last = signal(barrier, CancellationToken.none());
    inAction.await();
    Running<Long> newcomer = TestThreads.start(barrier::addParticipant).awaitBlocked();

    barrier.close();
    first.awaitBlocked();
    endAction.countDown();

    first.join();
    last.join();
    assertThat(newcomer.join()).isEqualTo(1);
    assertThat(barrier.currentPhaseNumber()).isEqualTo(1);
    assertThatThrownBy(barrier::signalAndWait).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void aClosedBarrierCanBeAskedAndNothingElse() {
    pair.close();

    assertUntouched(pair, 2);
    assertThat(pair).hasToString("Barrier[phase 0, 2 of 2 remaining, closed]");
    assertThatThrownBy(pair::signalAndWait).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(pair::addParticipant).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(pair::removeParticipant).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void anExceptionHasAMessageInAnyCase() {
    Exception cause = new Exception();

    assertThat(new BarrierPostPhaseException()).hasNoCause().message().isNotEmpty();
    assertThat(new BarrierPostPhaseException((String) null)).message().isNotEmpty();
    assertThat(new BarrierPostPhaseException("mine")).hasMessage("mine").hasNoCause();
    assertThat(new BarrierPostPhaseException(cause)).hasCause(cause).message().isNotEmpty();
    assertThat(new BarrierPostPhaseException("mine", cause)).hasMessage("mine").hasCause(cause);
  }

  /** A barrier whose action in the first phase lasts until the test ends it. */
  private Barrier held(int participants) {
    return new Barrier(
        participants,
        b -> {
          inAction.countDown();
          try {
            endAction.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static void failInPhaseZero(Barrier barrier, Throwable failure) {
    if (barrier.currentPhaseNumber() == 0) {
      BarrierTest.<RuntimeException>throwAny(failure);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwAny(Throwable failure) throws T {
    throw (T) failure;
  }

  private static Throwable thrownBy(ThrowingCallable call) {
    return catchThrowable(call);
  }

  private static Running<Void> signal(Barrier barrier, CancellationToken token) {
    return TestThreads.start(
        () -> {
          barrier.signalAndWait(token);
          return null;
        });
  }

  private static Running<Void> signalWhen(BooleanSupplier condition, Barrier barrier) {
    return TestThreads.start(
        () -> {
          TestThreads.await("it is time to signal", condition);
          barrier.signalAndWait();
          return null;
        });
  }

  /** All participants remaining, in the first phase. */
  private static void assertUntouched(Barrier barrier, int participants) {
    assertUntouched(barrier, participants, 0);
  }

  private static void assertUntouched(Barrier barrier, int participants, long phase) {
    assertThat(barrier.participantCount()).as("participants").isEqualTo(participants);
    assertThat(barrier.participantsRemaining()).as("remaining").isEqualTo(participants);
    assertThat(barrier.currentPhaseNumber()).as("phase").isEqualTo(phase);
  }

  /** Two more signals end the phase, and not one. */
  private static void assertPhaseEnds(Barrier barrier) throws Exception {
    long phase = barrier.currentPhaseNumber();
    Running<Void> other = signal(barrier, CancellationToken.none()).awaitBlocked();
    barrier.signalAndWait();
    other.join();
    assertThat(barrier.currentPhaseNumber()).isEqualTo(phase + 1);
  }
}
