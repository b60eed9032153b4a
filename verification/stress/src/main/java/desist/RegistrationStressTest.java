// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A callback meets the request: when it is registered, taken off, or waited for. */
public class RegistrationStressTest {
  private RegistrationStressTest() {}

  /** A callback is registered while cancellation is requested. */
  @JCStressTest
  @Outcome(id = "runs, registrar", expect = ACCEPTABLE, desc = "registered too late to be kept")
  @Outcome(id = "runs, canceller", expect = ACCEPTABLE, desc = "registered in time")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RegisterAndCancel {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationToken token = source.token();
    private final Counted callback = new Counted();
    private @Nullable CancellationTokenRegistration registration;

    @Actor
    public void register() {
      registration = token.register(callback);
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      boolean inline = registration == CancellationTokenRegistration.none();
      r.r1 = callback.fate() + ", " + (inline ? "registrar" : "canceller");
    }
  }

  /** The middle one of three callbacks is taken off while cancellation is requested. */
  @JCStressTest
  @Outcome(id = "true, does not run; others: runs, runs", expect = ACCEPTABLE, desc = "in time")
  @Outcome(id = "false, runs; others: runs, runs", expect = ACCEPTABLE, desc = "too late")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class UnregisterAndCancel {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final Counted oldest = new Counted();
    private final Counted callback = new Counted();
    private final Counted newest = new Counted();
    private final CancellationTokenRegistration registration;
    private boolean unregistered;

    public UnregisterAndCancel() {
      CancellationToken token = source.token();
      token.register(oldest);
      registration = token.register(callback);
      token.register(newest);
    }

    @Actor
    public void unregister() {
      unregistered = registration.unregister();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 =
          unregistered
              + (", " + callback.fate())
              + ("; others: " + oldest.fate() + ", " + newest.fate());
    }
  }

  /** Neighbours are taken off by two threads at once, and the next callback is registered. */
  @JCStressTest
  @Outcome(id = "true, true; 1 left, runs", expect = ACCEPTABLE, desc = "each takes its own")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class UnregisterNeighboursAndRegister {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationToken token = source.token();
    private final Counted callback = new Counted();
    private final CancellationTokenRegistration older = token.register(() -> {});
    private final CancellationTokenRegistration newer = token.register(() -> {});
    private boolean olderUnregistered;
    private boolean newerUnregistered;

    @Actor
    public void unregisterOlder() {
      olderUnregistered = older.unregister();
    }

    @Actor
    public void unregisterNewerAndRegister() {
      newerUnregistered = newer.unregister();
      token.register(callback);
    }

    @Arbiter
    public void judge(L_Result r) {
      int left = source.registrationCount();
      source.cancel();
      r.r1 =
          olderUnregistered + ", " + newerUnregistered + "; " + left + " left, " + callback.fate();
    }
  }

  /** A registration is closed while its callback's turn comes: nothing runs after that. */
  @JCStressTest
  @Outcome(id = "never runs", expect = ACCEPTABLE, desc = "closed in time")
  @Outcome(id = "has ended", expect = ACCEPTABLE, desc = "run before, or waited for")
  @Outcome(expect = FORBIDDEN, desc = "runs during or after close")
  @State
  public static class CloseAndCallback {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationTokenRegistration registration;
    private volatile boolean begun;
    private volatile boolean ended;
    private String afterClose = "";

    public CloseAndCallback() {
      CancellationToken token = source.token();
      token.register(() -> {});
      registration = token.register(this::work);
      token.register(() -> {});
    }

    private void work() {
      begun = true;
      Thread.onSpinWait();
      ended = true;
    }

    @Actor
    public void close() {
      registration.close();
      afterClose = tell();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = afterClose.equals(tell()) ? afterClose : afterClose + ", then " + tell();
    }

    private String tell() {
      return ended ? "has ended" : begun ? "runs" : "never runs";
    }
  }

  /** The same for a callback of a linked source, which the parent's request comes for. */
  @JCStressTest
  @Outcome(id = "never runs", expect = ACCEPTABLE, desc = "closed in time")
  @Outcome(id = "has ended", expect = ACCEPTABLE, desc = "run before, or waited for")
  @Outcome(expect = FORBIDDEN, desc = "runs during or after close")
  @State
  public static class CloseAndCallbackOfChild {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationTokenRegistration registration;
    private volatile boolean begun;
    private volatile boolean ended;
    private String afterClose = "";

    public CloseAndCallbackOfChild() {
      CancellationToken child = LinkStressTest.chainBelow(source, 1).token();
      registration = child.register(this::work);
      child.register(() -> {}, new SynchronizationContext());
    }

    private void work() {
      begun = true;
      Thread.onSpinWait();
      ended = true;
    }

    @Actor
    public void close() {
      registration.close();
      afterClose = tell();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = afterClose.equals(tell()) ? afterClose : afterClose + ", then " + tell();
    }

    private String tell() {
      return ended ? "has ended" : begun ? "runs" : "never runs";
    }
  }

  /** A source is closed while a callback is registered: never kept by a closed source. */
  @JCStressTest
  @Outcome(id = "does not run, 0 left", expect = ACCEPTABLE, desc = "dropped or not kept")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RegisterAndCloseOfSource {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationToken token = source.token();
    private final Counted callback = new Counted();

    @Actor
    public void register() {
      token.register(callback);
    }

    @Actor
    public void close() {
      source.close();
    }

    @Arbiter
    public void judge(L_Result r) {
      source.tryCancel();
      r.r1 = callback.fate() + ", " + source.registrationCount() + " left";
    }
  }

  /** A source is reset while a callback is registered. */
  @JCStressTest
  @Outcome(id = "kept, runs", expect = ACCEPTABLE, desc = "registered after the reset")
  @Outcome(id = "taken off, does not run", expect = ACCEPTABLE, desc = "registered before")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ResetAndRegister {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationToken token = source.token();
    private final Counted callback = new Counted();
    private boolean reset;

    @Actor
    public void reset() {
      reset = source.tryReset();
    }

    @Actor
    public void register() {
      token.register(callback);
    }

    @Arbiter
    public void judge(L_Result r) {
      int count = source.registrationCount();
      source.cancel();
      String place = count == 1 ? "kept" : count == 0 ? "taken off" : count + " left";
      r.r1 = (reset ? "" : "not reset, ") + place + ", " + callback.fate();
    }
  }

  /** A source is reset while cancellation is requested. */
  @JCStressTest
  @Outcome(id = "reset, does not run, requested", expect = ACCEPTABLE, desc = "the reset is first")
  @Outcome(id = "not reset, runs, requested", expect = ACCEPTABLE, desc = "the request is first")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ResetAndCancel {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final Counted callback = new Counted();
    private boolean reset;

    public ResetAndCancel() {
      source.token().register(callback);
    }

    @Actor
    public void reset() {
      reset = source.tryReset();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 =
          (reset ? "reset, " : "not reset, ")
              + callback.fate()
              + (source.isCancellationRequested() ? ", requested" : ", not requested");
    }
  }
}
