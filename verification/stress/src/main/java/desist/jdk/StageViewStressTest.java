// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A view of a stage meets the end of the stage and the cancellation of its token. */
public class StageViewStressTest {
  private StageViewStressTest() {}

  /** The stage completes while the token is canceled. */
  @JCStressTest
  @Outcome(id = "completed; 0 and 0 left", expect = ACCEPTABLE, desc = "the stage came first")
  @Outcome(id = "canceled; 0 and 0 left", expect = ACCEPTABLE, desc = "the token came first")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CompleteVersusCancel extends Viewed {
    public CompleteVersusCancel() {
      look();
    }

    @Actor
    public void complete() {
      stage.complete(1);
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

  /** A view is made while the stage completes. */
  @JCStressTest
  @Outcome(id = "completed; 0 and 0 left", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class LookVersusComplete extends Viewed {
    @Actor
    public void make() {
      look();
    }

    @Actor
    public void complete() {
      stage.complete(1);
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = told();
    }
  }

  /** A view is made while its token is canceled. */
  @JCStressTest
  @Outcome(id = "canceled; 0 and 0 left", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class LookVersusCancel extends Viewed {
    @Actor
    public void make() {
      look();
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

  /** A stage of which there is one view. */
  abstract static class Viewed {
    final CompletableFuture<Integer> stage = new CompletableFuture<>();
    final CancellationTokenSource source = new CancellationTokenSource();
    private @Nullable CompletionStage<Integer> view;

    void look() {
      view = CompletionStages.withCancellation(stage, source.token());
    }

    /** Tells the view's outcome, and what is left on the token and on the stage. */
    String told() {
      String outcome = outcome(view);
      return outcome
          + "; "
          + source.registrationCount()
          + " and "
          + Relay.of(stage).size()
          + " left";
    }

    private static String outcome(@Nullable CompletionStage<Integer> view) {
      try {
        return view == null
            ? "no view"
            : view.toCompletableFuture().get(10, TimeUnit.SECONDS) == 1 ? "completed" : "wrong";
      } catch (CancellationException e) {
        return "canceled";
      } catch (ExecutionException e) {
        return "failed";
      } catch (InterruptedException | TimeoutException e) {
        return "hangs";
      }
    }
  }
}
