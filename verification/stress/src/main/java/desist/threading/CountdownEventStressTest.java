// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import desist.WaitHandle;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Countdowns: signals race with each other, with more to count, with resets and with waits. */
public final class CountdownEventStressTest {
  /** Longer than any wait that ends as it should. */
  private static final Duration LONG = Duration.ofSeconds(20);

  private CountdownEventStressTest() {}

  /** An event with a handle that follows it, and what two threads were told. */
  public abstract static class Following {
    final CancellationTokenSource source = new CancellationTokenSource();
    final CountdownEvent event;
    final WaitHandle handle;

    String one = "";
    String other = "";

    Following(int count) {
      event = new CountdownEvent(count);
      handle = event.waitHandle();
    }

    final String tell() {
      String follows =
          Answer.to(() -> handle.waitOne(Duration.ZERO) == event.isSet()).equals("through")
              ? "followed"
              : "NOT FOLLOWED";
      return one + ", " + other + "; " + event.currentCount() + " missing, " + follows;
    }
  }

  /** The last two signals: one of them sets the event. */
  @JCStressTest
  @State
  @Outcome(
      id = {
        "through, not through; 0 missing, followed",
        "not through, through; 0 missing, followed"
      },
      expect = ACCEPTABLE,
      desc = "one was the last")
  @Outcome(expect = FORBIDDEN, desc = "a signal lost or made up")
  public static class SignalAndSignal extends Following {
    public SignalAndSignal() {
      super(2);
    }

    @Actor
    public void first() {
      one = Answer.to(event::signal);
    }

    @Actor
    public void second() {
      other = Answer.to(event::signal);
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** The last signal, and one more to count. */
  @JCStressTest
  @State
  @Outcome(
      id = "through, not through; 0 missing, followed",
      expect = ACCEPTABLE,
      desc = "the event is set, and no more to be counted")
  @Outcome(
      id = "not through, through; 1 missing, followed",
      expect = ACCEPTABLE,
      desc = "one more is missing")
  @Outcome(expect = FORBIDDEN, desc = "set and unset at once")
  public static class SignalAndAddCount extends Following {
    public SignalAndAddCount() {
      super(1);
    }

    @Actor
    public void signal() {
      one = Answer.to(event::signal);
    }

    @Actor
    public void add() {
      other = Answer.to(event::tryAddCount);
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** The last signal, and a reset to a count of two. */
  @JCStressTest
  @State
  @Outcome(
      id = "through, reset; 2 missing, followed",
      expect = ACCEPTABLE,
      desc = "set, then reset")
  @Outcome(
      id = "not through, reset; 1 missing, followed",
      expect = ACCEPTABLE,
      desc = "reset, then signaled")
  @Outcome(expect = FORBIDDEN, desc = "a signal lost or made up")
  public static class SignalAndReset extends Following {
    public SignalAndReset() {
      super(1);
    }

    @Actor
    public void signal() {
      one = Answer.to(event::signal);
    }

    @Actor
    public void reset() {
      event.reset(2);
      other = "reset";
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** A wait, and the last signal. */
  @JCStressTest
  @State
  @Outcome(id = "through, through; 0 missing, followed", expect = ACCEPTABLE, desc = "set")
  @Outcome(expect = FORBIDDEN, desc = "a wait for what has passed")
  public static class WaitAndSignal extends Following {
    public WaitAndSignal() {
      super(1);
    }

    @Actor
    public void waiter() {
      one = Answer.to(() -> event.await(LONG));
    }

    @Actor
    public void signal() {
      other = Answer.to(event::signal);
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** A wait whose token is canceled just before the last signal. */
  @JCStressTest
  @State
  @Outcome(
      id = {"through, through; 0 missing, followed", "canceled, through; 0 missing, followed"},
      expect = ACCEPTABLE,
      desc = "either ended the wait")
  @Outcome(expect = FORBIDDEN, desc = "a signal lost")
  public static class WaitAndCancel extends Following {
    public WaitAndCancel() {
      super(1);
    }

    @Actor
    public void waiter() {
      one = Answer.to(() -> event.await(LONG, source.token()));
    }

    @Actor
    public void canceler() {
      source.cancel();
      other = Answer.to(event::signal);
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** Who waits is let through, or told that the event was closed. */
  @JCStressTest
  @State
  @Outcome(
      id = {"through, through; 0 missing", "closed, through; 0 missing"},
      expect = ACCEPTABLE,
      desc = "set, then closed")
  @Outcome(expect = FORBIDDEN, desc = "half open")
  public static class WaitAndClose extends Following {
    public WaitAndClose() {
      super(1);
    }

    @Actor
    public void waiter() {
      one = Answer.to(() -> event.await(LONG));
    }

    @Actor
    public void closer() {
      other = Answer.to(event::signal);
      event.close();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = one + ", " + other + "; " + event.currentCount() + " missing";
    }
  }

  /** Set and reset at once: who waited before is let through all the same, who comes later not. */
  @JCStressTest
  @State
  @Outcome(
      id = {"through, through; 1 missing, followed", "not through, through; 1 missing, followed"},
      expect = ACCEPTABLE,
      desc = "there in time, or not")
  @Outcome(expect = FORBIDDEN, desc = "set still, or again")
  public static class WaitAndPulse extends Following {
    public WaitAndPulse() {
      super(1);
    }

    @Actor
    public void waiter() {
      one = Answer.to(() -> event.await(Duration.ofNanos(20_000)));
    }

    @Actor
    public void pulse() {
      other = Answer.to(event::signal);
      event.reset();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** Two signals and a reset to one: each signal counts before or after it. Three threads. */
  @JCStressTest
  @State
  @Outcome(
      id = {
        "through, not through; 1 missing, followed",
        "not through, through; 1 missing, followed"
      },
      expect = ACCEPTABLE,
      desc = "both before the reset")
  @Outcome(
      id = {
        "not through, through; 0 missing, followed",
        "through, not through; 0 missing, followed"
      },
      expect = ACCEPTABLE,
      desc = "one before the reset, one after it")
  @Outcome(
      id = {"through, refused; 0 missing, followed", "refused, through; 0 missing, followed"},
      expect = ACCEPTABLE,
      desc = "both after the reset")
  @Outcome(expect = FORBIDDEN, desc = "a signal lost or made up")
  public static class SignalSignalReset extends Following {
    public SignalSignalReset() {
      super(2);
    }

    @Actor
    public void first() {
      one = Answer.to(event::signal);
    }

    @Actor
    public void second() {
      other = Answer.to(event::signal);
    }

    @Actor
    public void reset() {
      event.reset(1);
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** Who is let through finds the handle set. */
  @JCStressTest
  @State
  @Outcome(id = "through, through; 0 missing, followed", expect = ACCEPTABLE, desc = "set, both")
  @Outcome(expect = FORBIDDEN, desc = "the handle comes after the event")
  public static class SignalAndPollAndHandle extends Following {
    public SignalAndPollAndHandle() {
      super(1);
    }

    @Actor
    public void signal() {
      one = Answer.to(event::signal);
    }

    @Actor
    public void poll() {
      while (!Answer.to(() -> event.await(Duration.ZERO)).equals("through")) {
        Thread.onSpinWait();
      }
      other = Answer.to(() -> handle.waitOne(Duration.ZERO));
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }
}
