// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A request meets another, a delay, or a thread that waits. */
public class RequestStressTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** A wake-up that takes as long is a lost one. */
  private static final Duration LOST = Duration.ofSeconds(10);

  private RequestStressTest() {}

  /** Returns whether the wait ends as it should. */
  private static boolean wakes(Callable<Boolean> wait) {
    try {
      return wait.call();
    } catch (Exception e) {
      return false;
    }
  }

  /** Two threads request cancellation: one is granted, and it is its reason that stays. */
  @JCStressTest
  @Outcome(id = "runs with first, first stays", expect = ACCEPTABLE, desc = "the first is granted")
  @Outcome(id = "runs with second, second stays", expect = ACCEPTABLE, desc = "so is the second")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CancelAndCancel {
    private static final Throwable FIRST = new Throwable("first");
    private static final Throwable SECOND = new Throwable("second");

    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationToken token = source.token();
    private final Counted callback = new Counted();
    private @Nullable Throwable seen;

    public CancelAndCancel() {
      token.register(() -> seen = token.reason());
      token.register(callback);
    }

    @Actor
    public void cancel() {
      source.cancelBecause(FIRST);
    }

    @Actor
    public void cancelToo() {
      source.cancelBecause(SECOND);
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = callback.fate() + " with " + name(seen) + ", " + name(token.reason()) + " stays";
    }

    private static String name(@Nullable Throwable reason) {
      return reason == null ? "none" : String.valueOf(reason.getMessage());
    }
  }

  /** Two threads request cancellation: exactly one is told that it did. */
  @JCStressTest
  @Outcome(id = "granted to one, runs", expect = ACCEPTABLE, desc = "to either")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class TryCancelAndTryCancel {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final Counted callback = new Counted();
    private boolean first;
    private boolean second;

    public TryCancelAndTryCancel() {
      source.token().register(callback);
    }

    @Actor
    public void cancel() {
      first = source.tryCancel();
    }

    @Actor
    public void cancelToo() {
      second = source.tryCancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      String granted =
          first == second ? "granted to " + (first ? "both" : "none") : "granted to one";
      r.r1 = granted + ", " + callback.fate();
    }
  }

  /** A delay is started while the source is canceled and closed: it stays with neither. */
  @JCStressTest
  @Outcome(id = "true, runs; no delay", expect = ACCEPTABLE, desc = "canceled, then closed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CancelAfterCancelAndClose {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationToken token = source.token();
    private final Counted callback = new Counted();
    private final SystemDelay delay = new SystemDelay(token, HOUR);
    private boolean granted;

    public CancelAfterCancelAndClose() {
      token.register(callback);
    }

    @Actor
    public void cancelAfter() {
      SystemDelay.replace(token, delay);
    }

    @Actor
    public void cancelAndClose() {
      granted = source.tryCancel();
      source.close();
    }

    @Arbiter
    public void judge(L_Result r) {
      boolean left = token.extras().delay != null || delay.wheel != null;
      r.r1 =
          token.isCancellationRequested() == granted
              ? granted + ", " + callback.fate() + (left ? "; delay left" : "; no delay")
              : "granted and not requested, or the other way round";
    }
  }

  /** A delay passes while another takes its place. */
  @JCStressTest
  @Outcome(id = "requested, runs, next not scheduled", expect = ACCEPTABLE, desc = "it passes")
  @Outcome(id = "live, does not run, next scheduled", expect = ACCEPTABLE, desc = "it is replaced")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class DelayPassesAndIsReplaced {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationToken token = source.token();
    private final Counted callback = new Counted();
    private final SystemDelay first = new SystemDelay(token, HOUR);
    private final SystemDelay second = new SystemDelay(token, HOUR);

    private boolean replaced;

    public DelayPassesAndIsReplaced() {
      token.register(callback);
      SystemDelay.replace(token, first);
    }

    @Actor
    public void pass() {
      Cancellation cancellation = Cancellation.request(token, HOUR, first, false);
      if (cancellation != null) {
        cancellation.finish();
      }
    }

    @Actor
    public void replace() {
      SystemDelay.replace(token, second);
      replaced = !token.isCancellationRequested();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 =
          (token.isCancellationRequested() ? "requested, " : "live, ")
              + callback.fate()
              + (second.wheel == null ? ", next not scheduled" : ", next scheduled")
              + (first.wheel == null ? "" : ", first left")
              + (replaced && token.isCancellationRequested() ? ", although replaced" : "");
      source.close();
    }
  }

  /** A delay is started while the source is closed. */
  @JCStressTest
  @Outcome(id = "live, does not run, no delay", expect = ACCEPTABLE, desc = "stopped or not begun")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CancelAfterAndClose {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationToken token = source.token();
    private final Counted callback = new Counted();
    private final SystemDelay delay = new SystemDelay(token, HOUR);

    public CancelAfterAndClose() {
      token.register(callback);
    }

    @Actor
    public void cancelAfter() {
      SystemDelay.replace(token, delay);
    }

    @Actor
    public void close() {
      source.close();
    }

    @Arbiter
    public void judge(L_Result r) {
      boolean left = token.extras().delay != null || delay.wheel != null;
      r.r1 =
          (token.isCancellationRequested() ? "requested, " : "live, ")
              + callback.fate()
              + (left ? ", delay left" : ", no delay");
    }
  }

  /** A source is canceled while it is closed. */
  @JCStressTest
  @Outcome(id = "true, runs, requested", expect = ACCEPTABLE, desc = "canceled first")
  @Outcome(id = "false, does not run, live", expect = ACCEPTABLE, desc = "closed first")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CancelAndClose {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationToken token = source.token();
    private final Counted callback = new Counted();
    private boolean granted;

    public CancelAndClose() {
      token.register(callback);
    }

    @Actor
    public void cancel() {
      granted = source.tryCancel();
    }

    @Actor
    public void close() {
      source.close();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 =
          granted
              + (", " + callback.fate())
              + (token.isCancellationRequested() ? ", requested" : ", live");
    }
  }

  /** A timer is taken off while it is due. */
  @JCStressTest
  @Outcome(id = "true, does not run", expect = ACCEPTABLE, desc = "taken off in time")
  @Outcome(id = "false, runs", expect = ACCEPTABLE, desc = "too late")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class TimerIsDueAndTakenOff {
    private final TimerWheel wheel = new TimerWheel();
    private final Counted callback = new Counted();
    private boolean canceled;

    private final TimerEntry entry =
        new TimerEntry() {
          @Override
          void fire() {
            callback.run();
          }
        };

    public TimerIsDueAndTakenOff() {
      wheel.add(entry, 1);
    }

    @Actor
    public void poll() {
      TimerEntry due = wheel.poll(1);
      if (due != null) {
        due.fire();
      }
    }

    @Actor
    public void cancel() {
      canceled = TimerQueue.cancel(entry);
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = canceled + ", " + callback.fate();
    }
  }

  /** A thread asks for the wait handle, and waits; another does so too, and cancels. */
  @JCStressTest
  @Outcome(id = "one handle; true, true", expect = ACCEPTABLE, desc = "it wakes whom it should")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WaitHandleAndCancel {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationToken token = source.token();
    private @Nullable WaitHandle first;
    private @Nullable WaitHandle second;
    private boolean firstWoke;
    private boolean secondWoke;

    @Actor
    public void await() {
      WaitHandle handle = token.waitHandle();
      first = handle;
      firstWoke = wakes(() -> handle.waitOne(LOST));
    }

    @Actor
    public void cancelAndAwait() {
      WaitHandle handle = token.waitHandle();
      source.cancel();
      second = handle;
      secondWoke = wakes(() -> handle.waitOne(LOST));
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = (first == second ? "one handle; " : "two handles; ") + firstWoke + ", " + secondWoke;
    }
  }

  /** A thread begins to wait on a token while its grandparent is canceled. */
  @JCStressTest
  @Outcome(id = "wakes", expect = ACCEPTABLE, desc = "at once, or when the request comes")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AwaitAndCancelAbove {
    private final CancellationTokenSource top = new CancellationTokenSource();
    private final CancellationToken token = LinkStressTest.chainBelow(top, 2).token();
    private boolean woke;

    @Actor
    public void await() {
      woke = wakes(() -> token.awaitCancellation(LOST));
    }

    @Actor
    public void cancel() {
      top.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = woke ? "wakes" : "is lost";
    }
  }

  /** A delay of a linked source is started while the parent is canceled: it does not stay. */
  @JCStressTest
  @Outcome(id = "requested, no delay", expect = ACCEPTABLE, desc = "stopped or never begun")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CancelAfterAndCancelAbove {
    private final CancellationTokenSource top = new CancellationTokenSource();
    private final CancellationToken token = LinkStressTest.chainBelow(top, 1).token();
    private final SystemDelay delay = new SystemDelay(token, HOUR);

    @Actor
    public void cancelAfter() {
      SystemDelay.replace(token, delay);
    }

    @Actor
    public void cancel() {
      top.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 =
          (token.isCancellationRequested() ? "requested" : "live")
              + (delay.wheel == null ? ", no delay" : ", delay left");
    }
  }
}
