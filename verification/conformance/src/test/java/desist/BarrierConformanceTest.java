// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Waiting.how;

import desist.threading.Barrier;
import desist.threading.BarrierPostPhaseException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Barriers: sync/barrier. */
final class BarrierConformanceTest extends Conformance {
  private static final String BARRIERS = "0022-barriers.md";
  private static final String DURATIONS = "0013-durations.md";
  private static final Duration POLL = Duration.ZERO;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration TWENTY = Duration.ofMillis(20);
  private static final Duration MINUS_TWO = Duration.ofMillis(-2);

  @Probe("sync/barrier/phases")
  void phases(Out o) throws Exception {
    Barrier barrier =
        new Barrier(
            1,
            b ->
                o.say(
                    "action sees phase "
                        + b.currentPhaseNumber()
                        + " remaining "
                        + b.participantsRemaining()));
    for (int i = 0; i < 3; i++) {
      barrier.signalAndWait();
      o.say("after", barrier.currentPhaseNumber());
    }
  }

  @Probe("sync/barrier/two-participants")
  void twoParticipants(Out o) throws Exception {
    AtomicInteger actions = new AtomicInteger();
    Barrier barrier = new Barrier(2, b -> actions.incrementAndGet());
    Waiting other =
        Waiting.go(
            () -> {
              for (int i = 0; i < 10; i++) {
                barrier.signalAndWait();
              }
            });
    for (int i = 0; i < 10; i++) {
      barrier.signalAndWait();
    }
    o.say(other.how());
    o.say("phase", barrier.currentPhaseNumber());
    o.say("actions", actions.get());
  }

  @Probe("sync/barrier/order-of-checks")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "cancelled, bad span: ArgumentOutOfRangeException",
        "bad int: ArgumentOutOfRangeException"
      },
      ours = {"cancelled, bad span: OperationCanceledException token=same", "bad int: ok"})
  @Differs(
      record = DURATIONS,
      dotnet = "disposed, bad span: ArgumentOutOfRangeException",
      ours = "disposed, bad span: ObjectDisposedException")
  void orderOfChecks(Out o) {
    CancellationToken token = CancellationToken.canceled();
    Barrier barrier = new Barrier(1);
    o.say("cancelled: " + how(token, () -> barrier.signalAndWait(token)));
    o.say("not counted", barrier.currentPhaseNumber() + " " + barrier.participantsRemaining());
    o.say("cancelled, bad int: " + how(token, () -> barrier.signalAndWait(MINUS_TWO, token)));
    o.say("cancelled, bad span: " + how(token, () -> barrier.signalAndWait(MINUS_TWO, token)));
    o.say("bad int: " + how(token, () -> barrier.signalAndWait(MINUS_TWO)));
    o.say("cancelled, no participants: " + how(token, () -> new Barrier(0).signalAndWait(token)));
    barrier.close();
    o.say("disposed, cancelled: " + how(token, () -> barrier.signalAndWait(token)));
    o.say("disposed, bad span: " + how(token, () -> barrier.signalAndWait(MINUS_TWO, token)));
  }

  @Probe("sync/barrier/cancel-gives-signal-back")
  void cancelGivesSignalBack(Out o) throws Exception {
    Barrier barrier = new Barrier(2);
    CancellationTokenSource source = new CancellationTokenSource();
    Waiting canceled = signal(barrier, source.token());
    source.cancel();
    o.say(canceled.how());
    o.say("remaining", barrier.participantsRemaining());
    o.say("phase", barrier.currentPhaseNumber());
    Waiting other = Waiting.go(barrier::signalAndWait);
    barrier.signalAndWait();
    o.say(other.how());
    o.say("phase", barrier.currentPhaseNumber());
  }

  @Probe("sync/barrier/cancel-in-action-is-too-late")
  void cancelInActionIsTooLate(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    Barrier barrier = new Barrier(2, b -> source.cancel());
    Waiting waiter = signal(barrier, source.token());
    o.say("last: " + how(source.token(), () -> barrier.signalAndWait(source.token())));
    o.say("waiter: " + waiter.how());
    o.say("phase", barrier.currentPhaseNumber());
  }

  @Probe("sync/barrier/action-throws")
  void actionThrows(Out o) {
    Barrier barrier =
        new Barrier(
            2,
            b -> {
              if (b.currentPhaseNumber() == 0) {
                throw new FormatException();
              }
            });
    Waiting waiter = signal(barrier);
    o.attempt("last", barrier::signalAndWait);
    o.say("waiter: " + waiter.how());
    o.say("phase", barrier.currentPhaseNumber());
    Waiting next = Waiting.go(barrier::signalAndWait);
    o.attempt("next phase", barrier::signalAndWait);
    o.say("next waiter: " + next.how());
  }

  @Probe("sync/barrier/action-throws-cancellation")
  void actionThrowsCancellation(Out o) {
    CancellationToken token = CancellationToken.canceled();
    Barrier barrier = new Barrier(1, b -> token.throwIfCancellationRequested());
    o.attempt("wrapped all the same", barrier::signalAndWait);
  }

  @Probe("sync/barrier/calls-from-action")
  void callsFromAction(Out o) throws Exception {
    Barrier barrier =
        new Barrier(
            1,
            b -> {
              o.attemptValue("add", b::addParticipant);
              o.attempt("remove", b::removeParticipant);
              o.attempt("signal", b::signalAndWait);
              o.attempt("dispose", b::close);
              o.attemptValue("count", b::participantCount);
            });
    barrier.signalAndWait();
  }

  @Probe("sync/barrier/participants")
  void participants(Out o) throws Exception {
    Barrier barrier = new Barrier(1);
    o.say("add returns phase", barrier.addParticipant());
    barrier.removeParticipant();
    barrier.signalAndWait();
    o.say("add 2 returns phase", barrier.addParticipants(2));
    o.say("count", barrier.participantCount());
    o.attemptValue("add 0", () -> barrier.addParticipants(0));
    o.attemptValue("add too many", () -> barrier.addParticipants(32767));
    o.attempt("remove 0", () -> barrier.removeParticipants(0));
    o.attempt("remove 4", () -> barrier.removeParticipants(4));
    o.attempt("remove 3", () -> barrier.removeParticipants(3));
    o.say("count", barrier.participantCount());
    o.attempt("remove from none", barrier::removeParticipant);
    o.attemptValue("add one at the limit", () -> new Barrier(32767).addParticipant());
  }

  @Probe("sync/barrier/remove-ends-phase")
  void removeEndsPhase(Out o) {
    Barrier barrier = new Barrier(2, b -> o.say("action"));
    Waiting waiter = signal(barrier);
    barrier.removeParticipant();
    o.say(waiter.how());
    o.say("phase", barrier.currentPhaseNumber());
    o.say("count", barrier.participantCount());
  }

  @Probe("sync/barrier/remove-gets-action-exception")
  void removeGetsActionException(Out o) {
    Barrier barrier =
        new Barrier(
            2,
            b -> {
              throw new FormatException();
            });
    Waiting waiter = signal(barrier);
    o.attempt("remover", barrier::removeParticipant);
    o.say("waiter: " + waiter.how());
    o.say("count", barrier.participantCount());
  }

  @Probe("sync/barrier/remove-a-waiting-one")
  void removeWaitingOne(Out o) {
    Barrier barrier = new Barrier(2);
    CancellationTokenSource source = new CancellationTokenSource();
    Waiting waiter = signal(barrier, source.token());
    o.attempt("more than have not signalled", () -> barrier.removeParticipants(2));
    o.say("remaining", barrier.participantsRemaining());
    source.cancel();
    o.say(waiter.how());
  }

  @Probe("sync/barrier/disposed")
  void disposed(Out o) {
    Barrier barrier = new Barrier(1);
    barrier.close();
    o.attempt("again", barrier::close);
    o.attempt("signal", barrier::signalAndWait);
    o.attemptValue("add", barrier::addParticipant);
    o.attempt("remove", barrier::removeParticipant);
    o.attemptValue("count", barrier::participantCount);
    o.attemptValue("remaining", barrier::participantsRemaining);
    o.attemptValue("phase", barrier::currentPhaseNumber);
  }

  @Probe("sync/barrier/exception-ctor")
  @Differs(record = BARRIERS, dotnet = "base=Exception", ours = "base=RuntimeException")
  void exceptionCtor(Out o) {
    Throwable inner = new BarrierPostPhaseException(new FormatException()).getCause();
    o.say("inner", inner.getClass().getSimpleName());
    o.say("none", new BarrierPostPhaseException().getCause());
    o.say("base", BarrierPostPhaseException.class.getSuperclass().getSimpleName());
  }

  @Probe("sync/barrier/action-thread")
  void actionThread(Out o) throws Exception {
    AtomicReference<Thread> action = new AtomicReference<>();
    Barrier barrier = new Barrier(2, b -> action.set(Thread.currentThread()));
    Waiting first = signal(barrier);
    barrier.signalAndWait();
    o.say("last to signal", action.get() == Thread.currentThread());
    o.say(first.how());
    action.set(null);
    Waiting second = signal(barrier);
    barrier.removeParticipant();
    o.say("remover", action.get() == Thread.currentThread());
    o.say(second.how());
  }

  @Probe("sync/barrier/nobody-leaves-before-the-action-ends")
  void nobodyLeavesBeforeTheActionEnds(Out o) {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Barrier barrier =
        new Barrier(
            2,
            b -> {
              inside.countDown();
              Background.await(go);
            });
    Waiting first = Waiting.go(barrier::signalAndWait);
    Waiting second = Waiting.go(barrier::signalAndWait);
    Background.await(inside);
    o.say("still wait", first.endsWithin(LOOK) || second.endsWithin(LOOK) ? 0 : -1);
    o.say("phase during", barrier.currentPhaseNumber());
    go.countDown();
    o.say(first.how() + " " + second.how());
  }

  @Probe("sync/barrier/from-outside-during-action")
  void fromOutsideDuringAction(Out o) {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Barrier barrier =
        new Barrier(
            1,
            b -> {
              inside.countDown();
              Background.await(go);
            });
    Waiting last = Waiting.go(barrier::signalAndWait);
    Background.await(inside);
    o.attempt("signal", barrier::signalAndWait);
    o.attemptValue("signal, poll", () -> barrier.signalAndWait(POLL));
    AtomicLong phase = new AtomicLong(-1);
    Waiting add = Waiting.go(() -> phase.set(barrier.addParticipant()));
    o.say("add waits", !add.endsWithin(LOOK));
    o.say("count meanwhile", barrier.participantCount() + " " + barrier.participantsRemaining());
    go.countDown();
    o.say(last.how());
    o.say("added: " + add.how() + " for phase " + phase);
    o.say("count", barrier.participantCount() + " " + barrier.participantsRemaining());
  }

  @Probe("sync/barrier/interrupt")
  @Differs(
      record = BARRIERS,
      dotnet = {"remaining=1", "one more signal ends the phase=true", "phase=1"},
      ours = {"remaining=2", "one more signal ends the phase=false", "phase=0"})
  void interrupt(Out o) throws Exception {
    Barrier barrier = new Barrier(2);
    Waiting waiting = signal(barrier);
    waiting.interrupt();
    o.say(waiting.how().equals("ThreadInterruptedException") ? "interrupted" : waiting.how());
    o.say("remaining", barrier.participantsRemaining());
    o.say("one more signal ends the phase", barrier.signalAndWait(TWENTY));
    o.say("phase", barrier.currentPhaseNumber());
  }

  @Probe("sync/barrier/dispose-while-waiting")
  void disposeWhileWaiting(Out o) {
    Barrier barrier = new Barrier(2);
    Waiting waiter = signal(barrier);
    barrier.close();
    String how = waiter.how();
    o.say("ended", true);
    o.say(how);
    o.say("remaining", barrier.participantsRemaining());
  }

  @Probe("sync/barrier/order-of-checks-in-action")
  @Differs(
      record = DURATIONS,
      dotnet = "bad int: ArgumentOutOfRangeException",
      ours = "bad int: InvalidOperationException")
  @Differs(
      record = BARRIERS,
      dotnet = "disposed, add 0: ObjectDisposedException",
      ours = "disposed, add 0: ArgumentException")
  void orderOfChecksInAction(Out o) throws Exception {
    CancellationToken token = CancellationToken.canceled();
    Barrier barrier =
        new Barrier(
            1,
            b -> {
              o.say("cancelled: " + how(token, () -> b.signalAndWait(token)));
              o.say("bad int: " + how(token, () -> b.signalAndWait(MINUS_TWO)));
              o.say("add 0: " + how(token, () -> b.addParticipants(0)));
              o.say("remove 0: " + how(token, () -> b.removeParticipants(0)));
              o.say("add: " + how(token, () -> b.addParticipants(1)));
            });
    barrier.signalAndWait();
    barrier.close();
    o.say("disposed, bad int: " + how(token, () -> barrier.signalAndWait(MINUS_TWO)));
    o.say("disposed, add 0: " + how(token, () -> barrier.addParticipants(0)));
    o.say("disposed, remove 0: " + how(token, () -> barrier.removeParticipants(0)));
  }

  @Probe("sync/barrier/live-token")
  void liveToken(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Barrier barrier = new Barrier(1);
    o.say("at once", barrier.signalAndWait(POLL, source.token()));
    o.say("infinite", barrier.signalAndWait(Timeout.INFINITE, source.token()));
    o.say("span", barrier.signalAndWait(POLL, source.token()));
    barrier.addParticipant();
    o.say("other missing", barrier.signalAndWait(TWENTY, source.token()));
    o.say("phase", barrier.currentPhaseNumber() + " " + barrier.participantsRemaining());
  }

  /** Has the first of two participants signal, on a thread of its own. */
  private static Waiting signal(Barrier barrier) {
    return signal(barrier, CancellationToken.none());
  }

  private static Waiting signal(Barrier barrier, CancellationToken token) {
    return Waiting.start(token, () -> barrier.signalAndWait(token));
  }
}
