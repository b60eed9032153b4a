// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Tokens' handles: made, waited on, canceled and closed. */
public final class TokenHandleStressTest {
  private TokenHandleStressTest() {}

  /** A token's handle is asked for by two threads, of which one cancels. */
  @JCStressTest
  @State
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "one handle, and set")
  @Outcome(expect = FORBIDDEN, desc = "two handles, or unset although canceled")
  public static class WaitHandleVersusCancel {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private @Nullable WaitHandle first;
    private @Nullable WaitHandle second;

    @Actor
    public void cancelAndAsk() {
      source.cancel();
      first = source.token().waitHandle();
    }

    @Actor
    public void ask() {
      second = source.token().waitHandle();
    }

    @Arbiter
    public void rest(ZZ_Result r) {
      r.r1 = first != null && first == second;
      r.r2 = Uninterrupted.get(() -> source.token().waitHandle().waitOne(Duration.ZERO));
    }
  }

  /** The source is canceled and then closed under a wait on the token's handle. */
  @JCStressTest
  @State
  @Outcome(id = "through", expect = ACCEPTABLE, desc = "let through by the request")
  @Outcome(expect = FORBIDDEN, desc = "closed although canceled before")
  public static class TokenWaitVersusCancel {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final WaitHandle ofToken = source.token().waitHandle();

    @Actor
    public void cancelAndClose() {
      source.cancel();
      source.close();
    }

    @Actor
    public void waitOne(L_Result r) {
      try {
        r.r1 = Uninterrupted.get(() -> ofToken.waitOne()) ? "through" : "late";
      } catch (ObjectDisposedException e) {
        r.r1 = "closed";
      }
    }
  }

  /** The source is closed under a wait on the token's handle. */
  @JCStressTest
  @State
  @Outcome(id = "closed", expect = ACCEPTABLE, desc = "woken by the close, or refused")
  @Outcome(expect = FORBIDDEN, desc = "let through although not canceled")
  public static class TokenWaitVersusClose {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final WaitHandle ofToken = source.token().waitHandle();

    @Actor
    public void close() {
      source.close();
    }

    @Actor
    public void waitOne(L_Result r) {
      try {
        r.r1 = Uninterrupted.get(() -> ofToken.waitOne()) ? "through" : "late";
      } catch (ObjectDisposedException e) {
        r.r1 = "closed";
      }
    }
  }

  /** The source is closed while another thread cancels it, and then waits on the token's handle. */
  @JCStressTest
  @State
  @Outcome(id = "true, through", expect = ACCEPTABLE, desc = "canceled first")
  @Outcome(id = "false, closed", expect = ACCEPTABLE, desc = "closed first")
  @Outcome(expect = FORBIDDEN, desc = "the wait and the token disagree")
  public static class TokenCloseVersusCancel {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final WaitHandle ofToken = source.token().waitHandle();

    @Actor
    public void close() {
      source.close();
    }

    @Actor
    public void cancelAndWait(ZL_Result r) {
      r.r1 = source.tryCancel();
      try {
        r.r2 = Uninterrupted.get(() -> ofToken.waitOne()) ? "through" : "late";
      } catch (ObjectDisposedException e) {
        r.r2 = "closed";
      }
    }
  }

  /** A wait two links down, while the source in between is closed and that at the top canceled. */
  @JCStressTest
  @State
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "let through by its own source at the latest")
  @Outcome(expect = FORBIDDEN, desc = "anything else")
  public static class CancelOfAncestorVersusWait {
    private final CancellationTokenSource top = new CancellationTokenSource();
    private final CancellationTokenSource middle =
        CancellationTokenSource.createLinkedTokenSource(top.token());
    private final CancellationTokenSource source =
        CancellationTokenSource.createLinkedTokenSource(middle.token());
    private final WaitHandle ofToken = source.token().waitHandle();

    @Actor
    public void cancel() {
      middle.close();
      top.cancel();
      source.cancel();
    }

    @Actor
    public void waitOne(Z_Result r) {
      r.r1 = Uninterrupted.get(() -> ofToken.waitOne());
    }
  }

  /** A thread waits for a token or an event, and both come: one ends the wait. */
  @JCStressTest
  @State
  @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "the token; the event is still set")
  @Outcome(id = "1, false", expect = ACCEPTABLE, desc = "the event, and it is taken")
  @Outcome(expect = FORBIDDEN, desc = "a signal lost or made up")
  public static class CancelVersusSetWaitAny {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final WaitHandle ofToken = source.token().waitHandle();
    private final AutoResetEvent event = new AutoResetEvent(false);

    @Actor
    public void setAndCancel() {
      event.set();
      source.cancel();
    }

    @Actor
    public void waitAny(IZ_Result r) {
      r.r1 = Uninterrupted.get(() -> WaitHandle.waitAny(ofToken, event));
    }

    @Arbiter
    public void rest(IZ_Result r) {
      r.r2 = Uninterrupted.get(() -> event.waitOne(Duration.ZERO));
    }
  }

  /** A thread waits for a token and an event together, and the token is the last to come. */
  @JCStressTest
  @State
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "let through, and the event taken")
  @Outcome(expect = FORBIDDEN, desc = "the event not taken")
  public static class CancelVersusWaitAll {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final WaitHandle ofToken = source.token().waitHandle();
    private final AutoResetEvent event = new AutoResetEvent(false);

    @Actor
    public void setAndCancel() {
      event.set();
      source.cancel();
    }

    @Actor
    public void waitAll(ZZ_Result r) {
      r.r1 = Uninterrupted.get(() -> WaitHandle.waitAll(ofToken, event));
    }

    @Arbiter
    public void rest(ZZ_Result r) {
      r.r2 = Uninterrupted.get(() -> event.waitOne(Duration.ZERO));
    }
  }

  /** A thread waits for a token and an event together, and the event is the last to come. */
  @JCStressTest
  @State
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "let through, and the event taken")
  @Outcome(expect = FORBIDDEN, desc = "the event not taken")
  public static class SetVersusWaitAllWithToken {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final WaitHandle ofToken = source.token().waitHandle();
    private final AutoResetEvent event = new AutoResetEvent(false);

    @Actor
    public void cancelAndSet() {
      source.cancel();
      event.set();
    }

    @Actor
    public void waitAll(ZZ_Result r) {
      r.r1 = Uninterrupted.get(() -> WaitHandle.waitAll(ofToken, event));
    }

    @Arbiter
    public void rest(ZZ_Result r) {
      r.r2 = Uninterrupted.get(() -> event.waitOne(Duration.ZERO));
    }
  }
}
