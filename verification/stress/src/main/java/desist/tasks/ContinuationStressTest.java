// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A continuation is canceled by its own token while its antecedent ends. */
public final class ContinuationStressTest {
  private ContinuationStressTest() {}

  /** It hangs on both. */
  @JCStressTest
  @State
  @Outcome(id = "ran, runs, 0", expect = ACCEPTABLE, desc = "begun before")
  @Outcome(id = "was canceled, does not run, 0", expect = ACCEPTABLE, desc = "canceled before")
  @Outcome(expect = FORBIDDEN, desc = "run and canceled, neither, or something left")
  public static class CancelVersusEnd {
    private final Chain chain = new Chain();

    public CancelVersusEnd() {
      chain.goOn();
    }

    @Actor
    public void cancel() {
      chain.source.cancel();
    }

    @Actor
    public void set() {
      chain.antecedent.setResult(1);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = chain.outcome();
    }
  }

  /** It is made at the moment of the end; the token comes after. */
  @JCStressTest
  @State
  @Outcome(id = "ran, runs, 0", expect = ACCEPTABLE, desc = "begun before")
  @Outcome(id = "was canceled, does not run, 0", expect = ACCEPTABLE, desc = "canceled before")
  @Outcome(expect = FORBIDDEN, desc = "run and canceled, neither, or something left")
  public static class MadeVersusEndAndCancel {
    private final Chain chain = new Chain();

    @Actor
    public void setAndCancel() {
      chain.antecedent.setResult(1);
      chain.source.cancel();
    }

    @Actor
    public void goOn() {
      chain.goOn();
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = chain.outcome();
    }
  }

  /** It is made at the moment of the cancellation: nothing stays on the antecedent. */
  @JCStressTest
  @State
  @Outcome(id = "was canceled, does not run, 0", expect = ACCEPTABLE, desc = "at once")
  @Outcome(expect = FORBIDDEN, desc = "not canceled, or something left")
  public static class MadeVersusCancel {
    private final Chain chain = new Chain();

    @Actor
    public void cancel() {
      chain.source.cancel();
    }

    @Actor
    public void goOn() {
      chain.goOn();
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = chain.outcome();
    }
  }

  /** All at once. */
  @JCStressTest
  @State
  @Outcome(id = "ran, runs, 0", expect = ACCEPTABLE, desc = "begun before")
  @Outcome(id = "was canceled, does not run, 0", expect = ACCEPTABLE, desc = "canceled before")
  @Outcome(expect = FORBIDDEN, desc = "run and canceled, neither, or something left")
  public static class MadeVersusCancelVersusEnd {
    private final Chain chain = new Chain();

    @Actor
    public void cancel() {
      chain.source.cancel();
    }

    @Actor
    public void set() {
      chain.antecedent.setResult(1);
    }

    @Actor
    public void goOn() {
      chain.goOn();
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = chain.outcome();
    }
  }

  private static final class Chain {
    final TaskCompletionSource<Integer> antecedent = new TaskCompletionSource<>();
    final CancellationTokenSource source = new CancellationTokenSource();

    private final Counted body = new Counted();
    private Task<Integer> continuation = Task.fromResult(0);

    void goOn() {
      continuation =
          antecedent
              .task()
              .continueWith(
                  t -> body.run(), source.token(), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    }

    String outcome() {
      return Answer.stateOf(continuation)
          + (", " + body.fate())
          + (", " + Answer.left(antecedent.task(), source));
    }
  }
}
