// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A queued task meets the thread that runs it and the one that cancels its token. */
public class QueuedTaskStressTest {
  private QueuedTaskStressTest() {}

  /** A task's turn comes while its token is canceled. */
  @JCStressTest
  @Outcome(id = "begun, has its result; 0 left", expect = ACCEPTABLE, desc = "in time")
  @Outcome(id = "not begun, canceled; 0 left", expect = ACCEPTABLE, desc = "too late")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RunVersusCancel extends Queued {
    @Actor
    public void run() {
      task.run();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = told();
    }
  }

  /** A task is handed over to a thread that runs it at once, while its token is canceled. */
  @JCStressTest
  @Outcome(id = "begun, has its result; 0 left", expect = ACCEPTABLE, desc = "in time")
  @Outcome(id = "not begun, canceled; 0 left", expect = ACCEPTABLE, desc = "too late")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class StartVersusCancel extends Unqueued {
    @Actor
    public void start() {
      task.start(Runnable::run);
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = told();
    }
  }

  /** A task's turn comes while its future is canceled, which the body need not notice. */
  @JCStressTest
  @Outcome(id = "begun, has its result; 0 left", expect = ACCEPTABLE, desc = "in time")
  @Outcome(id = "begun, canceled; 0 left", expect = ACCEPTABLE, desc = "while it runs")
  @Outcome(id = "not begun, canceled; 0 left", expect = ACCEPTABLE, desc = "too late")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RunVersusFutureCancel extends Queued {
    private boolean strays;

    @Actor
    public void run() {
      task.run();
      strays = Thread.interrupted();
    }

    @Actor
    public void cancel() {
      task.cancel(true);
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = strays ? "an interrupt strays" : told();
    }
  }

  /** A task that counts how often its body begins. */
  abstract static class Unqueued {
    final CancellationTokenSource source = new CancellationTokenSource();
    private final AtomicInteger begins = new AtomicInteger();
    final QueuedTask<Integer> task =
        QueuedTask.interruptible(begins::incrementAndGet, source.token());

    String told() {
      String outcome = task.isCancelled() ? "canceled" : task.isDone() ? "has its result" : "hangs";
      String begun = begins.get() == 0 ? "not begun" : "begun";
      return begun + ", " + outcome + "; " + source.registrationCount() + " left";
    }
  }

  /** A task that lies in a queue. */
  abstract static class Queued extends Unqueued {
    Queued() {
      task.start(queued -> {});
    }
  }
}
