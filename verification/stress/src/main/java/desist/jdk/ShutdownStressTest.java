// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.OperationCanceledException;
import desist.Timeout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A shutdown is requested while work begins and ends. */
public class ShutdownStressTest {
  private ShutdownStressTest() {}

  /** A scope that waits for its work for ever. */
  abstract static class Patient {
    final ShutdownScope scope =
        new ShutdownScope(new ShutdownOptions().withDrainGrace(Timeout.INFINITE));

    String state() {
      return scope.stopping().isCancellationRequested() ? "ended" : "drains";
    }
  }

  /** Work begins. */
  @JCStressTest
  @Outcome(id = "begun, drains", expect = ACCEPTABLE, desc = "waited for")
  @Outcome(id = "refused, ended", expect = ACCEPTABLE, desc = "too late")
  @Outcome(expect = FORBIDDEN, desc = "not waited for, or waited for what is not there")
  @State
  public static class BeginVersusRequest extends Patient {
    private String answer = "";

    @Actor
    public void begin() {
      try {
        scope.begin("work");
        answer = "begun";
      } catch (OperationCanceledException e) {
        answer = "refused";
      }
    }

    @Actor
    public void request() {
      scope.request();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = answer + ", " + state();
    }
  }

  /** The last work ends. */
  @JCStressTest
  @Outcome(id = "ended", expect = ACCEPTABLE, desc = "by the request or by the work")
  @Outcome(expect = FORBIDDEN, desc = "each has left it to the other")
  @State
  public static class LastWorkVersusRequest extends Patient {
    private final ShutdownScope.Work last = scope.begin("last");

    @Actor
    public void end() {
      last.close();
    }

    @Actor
    public void request() {
      scope.request();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = state();
    }
  }

  /** The last work ends as other work begins, and then the request comes. */
  @JCStressTest
  @Outcome(id = "drains", expect = ACCEPTABLE, desc = "the other work is waited for")
  @Outcome(expect = FORBIDDEN, desc = "whoever was last has not seen what came after it")
  @State
  public static class LastWorkVersusNextWork extends Patient {
    private final ShutdownScope.Work last = scope.begin("last");

    @Actor
    public void end() {
      last.close();
    }

    @Actor
    public void begin() {
      scope.begin("next");
      scope.request();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = state();
    }
  }
}
