// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Barriers: the last signal comes while another participant gives up, joins, leaves or closes. */
public final class BarrierStressTest {
  private static final Duration SHORT = Duration.ofNanos(500);

  /** Longer than any wait that ends as it should. */
  private static final Duration LONG = Duration.ofSeconds(20);

  private BarrierStressTest() {}

  /** Two participants and an action, which counts its runs. */
  public abstract static class Pair {
    final CancellationTokenSource source = new CancellationTokenSource();
    final Barrier barrier = new Barrier(2, b -> count());

    String one = "";
    String other = "";

    /** Written in the action, before others are let through. */
    private int actions;

    private void count() {
      actions++;
    }

    final String tell() {
      return one
          + ", "
          + other
          + "; "
          + barrier.participantsRemaining()
          + " remaining, "
          + barrier.currentPhaseNumber()
          + " ended, "
          + actions
          + " actions";
    }
  }

  /** A participant's token is canceled just before the last signal. */
  @JCStressTest
  @State
  @Outcome(
      id = "through, through; 2 remaining, 1 ended, 1 actions",
      expect = ACCEPTABLE,
      desc = "too late to give up")
  @Outcome(
      id = "canceled, not through; 2 remaining, 0 ended, 0 actions",
      expect = ACCEPTABLE,
      desc = "the signal was taken back")
  @Outcome(expect = FORBIDDEN, desc = "a signal lost or made up")
  public static class CancelThenSignal extends Pair {
    @Actor
    public void waiter() {
      one = Answer.to(() -> barrier.signalAndWait(LONG, source.token()));
    }

    @Actor
    public void canceler() {
      source.cancel();
      other = Answer.to(() -> barrier.signalAndWait(Duration.ZERO));
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** Both participants are there, and their token is canceled: all or none. Three threads. */
  @JCStressTest
  @State
  @Outcome(
      id = "through, through; 2 remaining, 1 ended, 1 actions",
      expect = ACCEPTABLE,
      desc = "too late to give up")
  @Outcome(
      id = "canceled, canceled; 2 remaining, 0 ended, 0 actions",
      expect = ACCEPTABLE,
      desc = "both signals were taken back, or not given")
  @Outcome(expect = FORBIDDEN, desc = "a signal lost or made up")
  public static class SignalSignalCancel extends Pair {
    @Actor
    public void first() {
      one = Answer.to(() -> barrier.signalAndWait(LONG, source.token()));
    }

    @Actor
    public void second() {
      other = Answer.to(() -> barrier.signalAndWait(LONG, source.token()));
    }

    @Actor
    public void canceler() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** Both participants are there, and the barrier is closed: all or none. Three threads. */
  @JCStressTest
  @State
  @Outcome(
      id = "through, through; 2 remaining, 1 ended, 1 actions",
      expect = ACCEPTABLE,
      desc = "the phase ends")
  @Outcome(
      id = {
        "closed, closed; 2 remaining, 0 ended, 0 actions",
        "closed, closed; 1 remaining, 0 ended, 0 actions"
      },
      expect = ACCEPTABLE,
      desc = "closed before; a signal stays counted")
  @Outcome(expect = FORBIDDEN, desc = "half a phase")
  public static class SignalSignalClose extends Pair {
    @Actor
    public void first() {
      one = Answer.to(() -> barrier.signalAndWait(LONG));
    }

    @Actor
    public void second() {
      other = Answer.to(() -> barrier.signalAndWait(LONG));
    }

    @Actor
    public void closer() {
      barrier.close();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** A participant's time is over at about the time of the last signal. */
  @JCStressTest
  @State
  @Outcome(
      id = "through, through; 2 remaining, 1 ended, 1 actions",
      expect = ACCEPTABLE,
      desc = "in time")
  @Outcome(
      id = "not through, not through; 2 remaining, 0 ended, 0 actions",
      expect = ACCEPTABLE,
      desc = "both signals were taken back")
  @Outcome(expect = FORBIDDEN, desc = "a signal lost or made up")
  public static class TimeoutAndSignal extends Pair {
    @Actor
    public void waiter() {
      one = Answer.to(() -> barrier.signalAndWait(SHORT));
    }

    @Actor
    public void last() {
      other = Answer.to(() -> barrier.signalAndWait(SHORT, source.token()));
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** A participant is interrupted just before the last signal. */
  @JCStressTest
  @State
  @Outcome(
      id = "through, the interrupt pending, through; 2 remaining, 1 ended, 1 actions",
      expect = ACCEPTABLE,
      desc = "too late to give up")
  @Outcome(
      id = "interrupted, not through; 2 remaining, 0 ended, 0 actions",
      expect = ACCEPTABLE,
      desc = "the signal was taken back")
  @Outcome(expect = FORBIDDEN, desc = "a signal or an interrupt lost")
  public static class InterruptThenSignal extends Pair {
    private volatile @Nullable Thread thread;
    private volatile boolean isInterrupted;

    @Actor
    public void waiter() {
      thread = Thread.currentThread();
      one = Answer.to(() -> barrier.signalAndWait(LONG));
      while (!isInterrupted) {
        Thread.onSpinWait();
      }
      if (Thread.interrupted()) {
        one += ", the interrupt pending";
      }
    }

    @Actor
    public void interrupter() {
      Thread waiter;
      while ((waiter = thread) == null) {
        Thread.onSpinWait();
      }
      waiter.interrupt();
      isInterrupted = true;
      other = Answer.to(() -> barrier.signalAndWait(Duration.ZERO));
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** One is removed while the other waits, and may give up. */
  @JCStressTest
  @State
  @Outcome(
      id = "through, through; 1 remaining, 1 ended, 1 actions",
      expect = ACCEPTABLE,
      desc = "the phase ends with those left")
  @Outcome(
      id = "not through, through; 1 remaining, 0 ended, 0 actions",
      expect = ACCEPTABLE,
      desc = "the other gave up before")
  @Outcome(expect = FORBIDDEN, desc = "a signal lost or made up")
  public static class TimeoutAndRemove extends Pair {
    @Actor
    public void waiter() {
      one = Answer.to(() -> barrier.signalAndWait(SHORT));
    }

    @Actor
    public void remover() {
      other =
          Answer.to(
              () -> {
                barrier.removeParticipant();
                return true;
              });
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** One joins at the end of a phase: before it, or, when it has ended, for the next. */
  @JCStressTest
  @State
  @Outcome(
      id = "through, for phase 1; 2 remaining, 1 ended, 1 actions",
      expect = ACCEPTABLE,
      desc = "for the next phase")
  @Outcome(
      id = "not through, for phase 0; 2 remaining, 0 ended, 0 actions",
      expect = ACCEPTABLE,
      desc = "for this phase, in which it is missing")
  @Outcome(expect = FORBIDDEN, desc = "a phase without one of its participants")
  public static class SignalAndAdd extends Pair {
    public SignalAndAdd() {
      barrier.removeParticipant();
    }

    @Actor
    public void last() {
      one = Answer.to(() -> barrier.signalAndWait(Duration.ZERO));
    }

    @Actor
    public void newcomer() {
      try {
        other = "for phase " + barrier.addParticipant();
      } catch (InterruptedException e) {
        other = "interrupted";
      }
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }
}
