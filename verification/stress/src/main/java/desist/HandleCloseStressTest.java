// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.LZ_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Events are closed while others wait on them or set them. */
public final class HandleCloseStressTest {
  private HandleCloseStressTest() {}

  /** A handle is set and closed while a thread begins to wait: the wait ends. */
  @JCStressTest
  @State
  @Outcome(id = "through", expect = ACCEPTABLE, desc = "let through before the close")
  @Outcome(id = "closed", expect = ACCEPTABLE, desc = "it came after the close")
  @Outcome(expect = FORBIDDEN, desc = "anything else")
  public static class CloseVersusWait {
    private final AutoResetEvent event = new AutoResetEvent(false);

    @Actor
    public void setAndClose() {
      event.set();
      event.close();
    }

    @Actor
    public void waitOne(L_Result r) {
      try {
        r.r1 = Uninterrupted.get(() -> event.waitOne()) ? "through" : "late";
      } catch (ObjectDisposedException e) {
        r.r1 = "closed";
      }
    }
  }

  /** A handle that is never set is closed under a wait: that ends it, however it falls out. */
  @JCStressTest
  @State
  @Outcome(id = "closed", expect = ACCEPTABLE, desc = "woken by the close, or refused")
  @Outcome(expect = FORBIDDEN, desc = "let through by nobody")
  public static class CloseVersusBlockedWait {
    private final AutoResetEvent event = new AutoResetEvent(false);

    @Actor
    public void close() {
      event.close();
    }

    @Actor
    public void waitOne(L_Result r) {
      try {
        r.r1 = Uninterrupted.get(() -> event.waitOne()) ? "through" : "late";
      } catch (ObjectDisposedException e) {
        r.r1 = "closed";
      }
    }
  }

  /** A handle is closed while another thread sets it, and then waits. */
  @JCStressTest
  @State
  @Outcome(id = "set, through", expect = ACCEPTABLE, desc = "set and taken before the close")
  @Outcome(id = "set, closed", expect = ACCEPTABLE, desc = "closed after the set")
  @Outcome(id = "closed, closed", expect = ACCEPTABLE, desc = "closed before the set")
  @Outcome(expect = FORBIDDEN, desc = "let through by nobody")
  public static class CloseVersusSet {
    private final AutoResetEvent event = new AutoResetEvent(false);

    @Actor
    public void close() {
      event.close();
    }

    @Actor
    public void setAndWait(LL_Result r) {
      try {
        event.set();
        r.r1 = "set";
      } catch (ObjectDisposedException e) {
        r.r1 = "closed";
      }
      try {
        r.r2 = Uninterrupted.get(() -> event.waitOne()) ? "through" : "late";
      } catch (ObjectDisposedException e) {
        r.r2 = "closed";
      }
    }
  }

  /** A thread that is let through closes the event at once; the set that did it is fine. */
  @JCStressTest
  @State
  @Outcome(id = "set", expect = ACCEPTABLE, desc = "set returns normally")
  @Outcome(expect = FORBIDDEN, desc = "set came across the close")
  public static class CloseAfterWait {
    private final ManualResetEvent event = new ManualResetEvent(false);

    @Actor
    public void set(L_Result r) {
      try {
        event.set();
        r.r1 = "set";
      } catch (ObjectDisposedException e) {
        r.r1 = "closed";
      }
    }

    @Actor
    public void waitAndClose() {
      Uninterrupted.get(() -> event.waitOne());
      event.close();
    }
  }

  /** A handle is closed under a wait for it and another: the other is taken only with it. */
  @JCStressTest
  @State
  @Outcome(id = "through, false", expect = ACCEPTABLE, desc = "took both before the close")
  @Outcome(id = "closed, true", expect = ACCEPTABLE, desc = "took nothing")
  @Outcome(expect = FORBIDDEN, desc = "half taken, or a signal lost")
  public static class CloseVersusWaitAll {
    private final AutoResetEvent other = new AutoResetEvent(false);
    private final ManualResetEvent closed = new ManualResetEvent(true);

    @Actor
    public void setAndClose() {
      other.set();
      closed.close();
    }

    @Actor
    public void waitAll(LZ_Result r) {
      try {
        r.r1 = Uninterrupted.get(() -> WaitHandle.waitAll(closed, other)) ? "through" : "late";
      } catch (ObjectDisposedException e) {
        r.r1 = "closed";
      }
    }

    @Arbiter
    public void rest(LZ_Result r) {
      r.r2 = Uninterrupted.get(() -> other.waitOne(Duration.ZERO));
    }
  }
}
