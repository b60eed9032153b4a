// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationTokenSource.createLinkedTokenSource;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A linked source meets its parents' requests, closes and resets. */
public class LinkStressTest {
  private static final Throwable FIRST = new Throwable("first");
  private static final Throwable SECOND = new Throwable("second");

  private LinkStressTest() {}

  /** Returns the last of so many sources, each linked to the one before. */
  static CancellationTokenSource chainBelow(CancellationTokenSource top, int depth) {
    CancellationTokenSource last = top;
    for (int i = 0; i < depth; i++) {
      last = createLinkedTokenSource(last.token());
    }
    return last;
  }

  /** A source is linked, and a callback registered with it, while its parent is canceled. */
  @JCStressTest
  @Outcome(id = "requested, runs", expect = ACCEPTABLE, desc = "whoever was first")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class LinkAndCancel {
    private final CancellationTokenSource parent = new CancellationTokenSource();
    private final Counted callback = new Counted();
    private CancellationToken child = CancellationToken.none();

    @Actor
    public void link() {
      child = chainBelow(parent, 2).token();
      child.register(callback);
    }

    @Actor
    public void cancel() {
      parent.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = (child.isCancellationRequested() ? "requested, " : "live, ") + callback.fate();
    }
  }

  /** A child is closed while its parent is canceled. */
  @JCStressTest
  @Outcome(id = "requested, runs, 0 left", expect = ACCEPTABLE, desc = "canceled, then closed")
  @Outcome(id = "live, does not run, 0 left", expect = ACCEPTABLE, desc = "closed first")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CloseOfChildAndCancelOfParent {
    private final CancellationTokenSource parent = new CancellationTokenSource();
    private final CancellationTokenSource child = createLinkedTokenSource(parent.token());
    private final Counted callback = new Counted();

    public CloseOfChildAndCancelOfParent() {
      child.token().register(callback);
    }

    @Actor
    public void close() {
      child.close();
    }

    @Actor
    public void cancel() {
      parent.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 =
          (child.isCancellationRequested() ? "requested, " : "live, ")
              + callback.fate()
              + (", " + parent.registrationCount() + " left");
    }
  }

  /** A child's last callback is taken off while the child is closed. */
  @JCStressTest
  @Outcome(id = "0 left", expect = ACCEPTABLE, desc = "the parent has forgotten the child")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class LastCallbackAndCloseOfChild {
    private final CancellationTokenSource parent = new CancellationTokenSource();
    private final CancellationTokenSource child = createLinkedTokenSource(parent.token());
    private final CancellationTokenRegistration last = child.token().register(() -> {});

    @Actor
    public void unregister() {
      last.unregister();
    }

    @Actor
    public void close() {
      child.close();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = parent.registrationCount() + " left";
    }
  }

  /** The last callback below is taken off while the source in the middle is canceled. */
  @JCStressTest
  @Outcome(id = "0 left", expect = ACCEPTABLE, desc = "the top has forgotten the middle")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class LastCallbackAndCancelInTheMiddle {
    private final CancellationTokenSource top = new CancellationTokenSource();
    private final CancellationTokenSource middle = createLinkedTokenSource(top.token());
    private final CancellationTokenRegistration last =
        createLinkedTokenSource(middle.token()).token().register(() -> {});

    @Actor
    public void unregister() {
      last.unregister();
    }

    @Actor
    public void cancel() {
      middle.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = top.registrationCount() + " left";
    }
  }

  /** Two of the three parents of a source with a delay are closed; then the source is. */
  @JCStressTest
  @Outcome(id = "not watched", expect = ACCEPTABLE, desc = "the third has forgotten the delay")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CloseOfTwoParentsOfADelay {
    private final CancellationTokenSource first = new CancellationTokenSource();
    private final CancellationTokenSource second = new CancellationTokenSource();
    private final CancellationTokenSource third = new CancellationTokenSource();
    private final CancellationTokenSource child =
        createLinkedTokenSource(Duration.ofDays(1), first.token(), second.token(), third.token());

    @Actor
    public void closeFirst() {
      first.close();
    }

    @Actor
    public void closeSecond() {
      second.close();
    }

    @Arbiter
    public void judge(L_Result r) {
      child.close();
      r.r1 = third.token().extras().watchers == null ? "not watched" : "watched";
    }
  }

  /** The last source is polled and the one in the middle closed while the top is canceled. */
  @JCStressTest
  @Outcome(id = "requested, requested, runs", expect = ACCEPTABLE, desc = "canceled and seen so")
  @Outcome(id = "live, requested, runs", expect = ACCEPTABLE, desc = "canceled after the poll")
  @Outcome(id = "live, live, does not run", expect = ACCEPTABLE, desc = "cut off first")
  @Outcome(expect = FORBIDDEN, desc = "an answer taken back, or a callback that disagrees")
  @State
  public static class CloseInTheMiddleAndPoll {
    private final CancellationTokenSource top = new CancellationTokenSource();
    private final CancellationTokenSource middle = createLinkedTokenSource(top.token());
    private final CancellationToken last = createLinkedTokenSource(middle.token()).token();
    private final Counted callback = new Counted();
    private boolean requested;

    public CloseInTheMiddleAndPoll() {
      last.register(callback);
    }

    @Actor
    public void pollAndClose() {
      requested = last.isCancellationRequested();
      middle.close();
    }

    @Actor
    public void cancel() {
      top.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 =
          (requested ? "requested, " : "live, ")
              + (last.isCancellationRequested() ? "requested, " : "live, ")
              + callback.fate();
    }
  }

  /** A child is polled after its parent, which is canceled meanwhile: it is never behind. */
  @JCStressTest
  @Outcome(id = "parent live, child live", expect = ACCEPTABLE, desc = "polled before")
  @Outcome(id = "parent live, child requested", expect = ACCEPTABLE, desc = "requested in between")
  @Outcome(id = "parent requested, child requested", expect = ACCEPTABLE, desc = "polled after")
  @Outcome(expect = FORBIDDEN, desc = "a child behind its parent")
  @State
  public static class PollAndCancel {
    private final CancellationTokenSource parent = new CancellationTokenSource();
    private final CancellationToken child = chainBelow(parent, 3).token();

    @Actor
    public void poll(L_Result r) {
      boolean above = parent.isCancellationRequested();
      boolean below = child.isCancellationRequested();
      r.r1 =
          (above ? "parent requested, " : "parent live, ")
              + (below ? "child requested" : "child live");
    }

    @Actor
    public void cancel() {
      parent.cancel();
    }
  }

  /** The same far below, where a poll that has found nothing is remembered. */
  @JCStressTest
  @Outcome(id = "parent live, child live", expect = ACCEPTABLE, desc = "polled before")
  @Outcome(id = "parent live, child requested", expect = ACCEPTABLE, desc = "requested in between")
  @Outcome(id = "parent requested, child requested", expect = ACCEPTABLE, desc = "polled after")
  @Outcome(expect = FORBIDDEN, desc = "a child behind its parent")
  @State
  public static class PollFarBelowAndCancel {
    private final CancellationTokenSource parent = new CancellationTokenSource();
    private final CancellationToken child = chainBelow(parent, 35).token();

    @Actor
    public void poll(L_Result r) {
      child.isCancellationRequested();
      boolean above = parent.isCancellationRequested();
      boolean below = child.isCancellationRequested();
      r.r1 =
          (above ? "parent requested, " : "parent live, ")
              + (below ? "child requested" : "child live");
    }

    @Actor
    public void cancel() {
      parent.cancel();
    }
  }

  /** A child with a callback is polled while its run begins, which drops its link. */
  @JCStressTest
  @Outcome(id = "root live, leaf live", expect = ACCEPTABLE, desc = "polled before")
  @Outcome(id = "root live, leaf requested", expect = ACCEPTABLE, desc = "requested in between")
  @Outcome(id = "root requested, leaf requested", expect = ACCEPTABLE, desc = "polled after")
  @Outcome(expect = FORBIDDEN, desc = "a leaf behind its root")
  @State
  public static class PollAndRunAtDepthOne extends PollAndRun {
    public PollAndRunAtDepthOne() {
      super(1);
    }

    @Actor
    public void poll(L_Result r) {
      r.r1 = pollOften();
    }

    @Actor
    public void cancel() {
      root.cancel();
    }
  }

  /** The same one level further down, where the link dropped is the one above. */
  @JCStressTest
  @Outcome(id = "root live, leaf live", expect = ACCEPTABLE, desc = "polled before")
  @Outcome(id = "root live, leaf requested", expect = ACCEPTABLE, desc = "requested in between")
  @Outcome(id = "root requested, leaf requested", expect = ACCEPTABLE, desc = "polled after")
  @Outcome(expect = FORBIDDEN, desc = "a leaf behind its root")
  @State
  public static class PollAndRunAtDepthTwo extends PollAndRun {
    public PollAndRunAtDepthTwo() {
      super(2);
    }

    @Actor
    public void poll(L_Result r) {
      r.r1 = pollOften();
    }

    @Actor
    public void cancel() {
      root.cancel();
    }
  }

  /** The same two levels further down. */
  @JCStressTest
  @Outcome(id = "root live, leaf live", expect = ACCEPTABLE, desc = "polled before")
  @Outcome(id = "root live, leaf requested", expect = ACCEPTABLE, desc = "requested in between")
  @Outcome(id = "root requested, leaf requested", expect = ACCEPTABLE, desc = "polled after")
  @Outcome(expect = FORBIDDEN, desc = "a leaf behind its root")
  @State
  public static class PollAndRunAtDepthThree extends PollAndRun {
    public PollAndRunAtDepthThree() {
      super(3);
    }

    @Actor
    public void poll(L_Result r) {
      r.r1 = pollOften();
    }

    @Actor
    public void cancel() {
      root.cancel();
    }
  }

  /** The same far below, where a poll that has found nothing is remembered. */
  @JCStressTest
  @Outcome(id = "root live, leaf live", expect = ACCEPTABLE, desc = "polled before")
  @Outcome(id = "root live, leaf requested", expect = ACCEPTABLE, desc = "requested in between")
  @Outcome(id = "root requested, leaf requested", expect = ACCEPTABLE, desc = "polled after")
  @Outcome(expect = FORBIDDEN, desc = "a leaf behind its root")
  @State
  public static class PollAndRunAtDepthThirtyFive extends PollAndRun {
    public PollAndRunAtDepthThirtyFive() {
      super(35);
    }

    @Actor
    public void poll(L_Result r) {
      r.r1 = pollOften();
    }

    @Actor
    public void cancel() {
      root.cancel();
    }
  }

  /** Two threads poll below a parent that has been canceled: the one makes it final first. */
  @JCStressTest
  @Outcome(id = "both requested", expect = ACCEPTABLE, desc = "never behind")
  @Outcome(expect = FORBIDDEN, desc = "a leaf behind its root")
  @State
  public static class PollBesidePoll {
    private final CancellationToken leaf;
    private boolean one;
    private boolean two;

    public PollBesidePoll() {
      CancellationTokenSource root = new CancellationTokenSource();
      leaf = chainBelow(root, 2).token();
      root.cancel();
    }

    @Actor
    public void poll() {
      one = leaf.isCancellationRequested();
    }

    @Actor
    public void pollToo() {
      two = leaf.isCancellationRequested();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = one && two ? "both requested" : "one live";
    }
  }

  /** A callback is registered with a child that is closed: nothing stays with the parent. */
  @JCStressTest
  @Outcome(id = "does not run, 0 left", expect = ACCEPTABLE, desc = "dropped or not kept")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RegisterOnChildAndClose {
    private final CancellationTokenSource parent = new CancellationTokenSource();
    private final CancellationTokenSource child = createLinkedTokenSource(parent.token());
    private final CancellationToken token = child.token();
    private final Counted callback = new Counted();

    @Actor
    public void register() {
      token.register(callback);
    }

    @Actor
    public void close() {
      child.close();
    }

    @Arbiter
    public void judge(L_Result r) {
      int left = parent.registrationCount();
      parent.cancel();
      r.r1 = callback.fate() + ", " + left + " left";
    }
  }

  /** Two threads register two levels down, of which one then cancels at the top. */
  @JCStressTest
  @Outcome(id = "both run, 0 left", expect = ACCEPTABLE, desc = "attached, or run by whom it may")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RegisterBesideRegisterAndCancel {
    private final CancellationTokenSource top = new CancellationTokenSource();
    private final CancellationTokenSource below = chainBelow(top, 3);
    private final CancellationToken token = below.token();
    private final Counted first = new Counted();
    private final Counted second = new Counted();

    @Actor
    public void register() {
      token.register(first);
    }

    @Actor
    public void registerAndCancel() {
      token.register(second);
      top.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      boolean both = first.fate().equals("runs") && second.fate().equals("runs");
      String fate = both ? "both run" : "first " + first.fate() + ", second " + second.fate();
      r.r1 = fate + ", " + below.registrationCount() + " left";
    }
  }

  /** Two parents are canceled at once, each with a reason. */
  @JCStressTest
  @Outcome(id = "runs with first, first stays", expect = ACCEPTABLE, desc = "noticed first")
  @Outcome(id = "runs with second, second stays", expect = ACCEPTABLE, desc = "noticed first")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class TwoParents {
    private final CancellationTokenSource one = new CancellationTokenSource();
    private final CancellationTokenSource two = new CancellationTokenSource();
    private final CancellationToken child =
        createLinkedTokenSource(one.token(), two.token()).token();
    private final Counted callback = new Counted();
    private @Nullable Throwable seen;

    public TwoParents() {
      child.register(() -> seen = child.reason());
      child.register(callback);
    }

    @Actor
    public void cancel() {
      one.cancelBecause(FIRST);
    }

    @Actor
    public void cancelToo() {
      two.cancelBecause(SECOND);
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = callback.fate() + " with " + name(seen) + ", " + name(child.reason()) + " stays";
    }

    private static String name(@Nullable Throwable reason) {
      return reason == null ? "none" : String.valueOf(reason.getMessage());
    }
  }

  /** A callback is registered below two parents while the one is canceled and the other closed. */
  @JCStressTest
  @Outcome(id = "requested, runs", expect = ACCEPTABLE, desc = "by the one that was canceled")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RegisterBelowTwoParents {
    private final CancellationTokenSource one = new CancellationTokenSource();
    private final CancellationTokenSource two = new CancellationTokenSource();
    private final CancellationToken child =
        createLinkedTokenSource(one.token(), two.token()).token();
    private final Counted callback = new Counted();

    @Actor
    public void register() {
      child.register(callback);
    }

    @Actor
    public void closeAndCancel() {
      two.close();
      one.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = (child.isCancellationRequested() ? "requested, " : "live, ") + callback.fate();
    }
  }

  /** A parent is reset while a callback is registered below: the link is cut for good. */
  @JCStressTest
  @Outcome(id = "reset, live, does not run", expect = ACCEPTABLE, desc = "cut before or after")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ResetOfParentAndRegister {
    private final CancellationTokenSource parent = new CancellationTokenSource();
    private final CancellationToken child = createLinkedTokenSource(parent.token()).token();
    private final Counted callback = new Counted();
    private boolean reset;

    @Actor
    public void reset() {
      reset = parent.tryReset();
    }

    @Actor
    public void register() {
      child.register(callback);
    }

    @Arbiter
    public void judge(L_Result r) {
      parent.cancel();
      r.r1 =
          (reset ? "reset, " : "not reset, ")
              + (child.isCancellationRequested() ? "requested, " : "live, ")
              + callback.fate();
    }
  }

  /** Below a parent the last callback is taken off, then the next registered; it is canceled. */
  @JCStressTest
  @Outcome(id = "true, does not run; next: runs", expect = ACCEPTABLE, desc = "taken off in time")
  @Outcome(id = "false, runs; next: runs", expect = ACCEPTABLE, desc = "too late")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class LastThenNextCallbackAtDepthOne extends LastAndNextCallback {
    public LastThenNextCallbackAtDepthOne() {
      super(1);
    }

    @Actor
    public void unregisterAndRegister() {
      unregistered = last.unregister();
      below.register(next);
    }

    @Actor
    public void cancel() {
      top.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** The same three levels down, where the links in between go and come as well. */
  @JCStressTest
  @Outcome(id = "true, does not run; next: runs", expect = ACCEPTABLE, desc = "taken off in time")
  @Outcome(id = "false, runs; next: runs", expect = ACCEPTABLE, desc = "too late")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class LastThenNextCallbackAtDepthThree extends LastAndNextCallback {
    public LastThenNextCallbackAtDepthThree() {
      super(3);
    }

    @Actor
    public void unregisterAndRegister() {
      unregistered = last.unregister();
      below.register(next);
    }

    @Actor
    public void cancel() {
      top.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** The same by three threads, for which the harness wants as many processors. */
  @JCStressTest
  @Outcome(id = "true, does not run; next: runs", expect = ACCEPTABLE, desc = "taken off in time")
  @Outcome(id = "false, runs; next: runs", expect = ACCEPTABLE, desc = "too late")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class LastAndNextCallbackAtDepthOne extends LastAndNextCallback {
    public LastAndNextCallbackAtDepthOne() {
      super(1);
    }

    @Actor
    public void unregister() {
      unregistered = last.unregister();
    }

    @Actor
    public void register() {
      below.register(next);
    }

    @Actor
    public void cancel() {
      top.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** The same three levels down. */
  @JCStressTest
  @Outcome(id = "true, does not run; next: runs", expect = ACCEPTABLE, desc = "taken off in time")
  @Outcome(id = "false, runs; next: runs", expect = ACCEPTABLE, desc = "too late")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class LastAndNextCallbackAtDepthThree extends LastAndNextCallback {
    public LastAndNextCallbackAtDepthThree() {
      super(3);
    }

    @Actor
    public void unregister() {
      unregistered = last.unregister();
    }

    @Actor
    public void register() {
      below.register(next);
    }

    @Actor
    public void cancel() {
      top.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = tell();
    }
  }

  /** Without a request meanwhile; it comes when both are done, at depth one. */
  @JCStressTest
  @Outcome(id = "true, does not run; next: runs", expect = ACCEPTABLE, desc = "attached again")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class DetachAndAttachAtDepthOne extends LastAndNextCallback {
    public DetachAndAttachAtDepthOne() {
      super(1);
    }

    @Actor
    public void unregister() {
      unregistered = last.unregister();
    }

    @Actor
    public void register() {
      below.register(next);
    }

    @Arbiter
    public void judge(L_Result r) {
      top.cancel();
      r.r1 = tell();
    }
  }

  /** The same at depth three. */
  @JCStressTest
  @Outcome(id = "true, does not run; next: runs", expect = ACCEPTABLE, desc = "attached again")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class DetachAndAttachAtDepthThree extends LastAndNextCallback {
    public DetachAndAttachAtDepthThree() {
      super(3);
    }

    @Actor
    public void unregister() {
      unregistered = last.unregister();
    }

    @Actor
    public void register() {
      below.register(next);
    }

    @Arbiter
    public void judge(L_Result r) {
      top.cancel();
      r.r1 = tell();
    }
  }

  /** The last callback is registered and taken off at depth three, and the one above registers. */
  @JCStressTest
  @Outcome(id = "both run, 0 left", expect = ACCEPTABLE, desc = "each attached")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AttachBesideAttach {
    private final CancellationTokenSource top = new CancellationTokenSource();
    private final CancellationTokenSource middle = chainBelow(top, 2);
    private final CancellationToken one = createLinkedTokenSource(middle.token()).token();
    private final CancellationToken two = createLinkedTokenSource(middle.token()).token();
    private final Counted first = new Counted();
    private final Counted second = new Counted();

    @Actor
    public void register() {
      one.register(() -> {}).unregister();
      one.register(first);
    }

    @Actor
    public void registerToo() {
      two.register(second);
    }

    @Arbiter
    public void judge(L_Result r) {
      top.cancel();
      boolean both = first.fate().equals("runs") && second.fate().equals("runs");
      String fate = both ? "both run" : "first " + first.fate() + ", second " + second.fate();
      r.r1 = fate + ", " + middle.registrationCount() + " left";
    }
  }

  /** A token below others with one callback, and another that is about to be registered. */
  private abstract static class LastAndNextCallback {
    final CancellationTokenSource top = new CancellationTokenSource();
    final CancellationToken below;
    final CancellationTokenRegistration last;
    final Counted next = new Counted();
    boolean unregistered;
    private final Counted callback = new Counted();

    LastAndNextCallback(int depth) {
      below = chainBelow(top, depth).token();
      last = below.register(callback);
    }

    String tell() {
      return unregistered + ", " + callback.fate() + "; next: " + next.fate();
    }
  }

  /** A root that is canceled, a callback with its child, and a leaf below that is polled. */
  private abstract static class PollAndRun {
    private static final int MOST_POLLS = 200;

    final CancellationTokenSource root = new CancellationTokenSource();
    private final CancellationToken above = root.token();
    private final CancellationToken leaf;

    PollAndRun(int depth) {
      CancellationTokenSource child = createLinkedTokenSource(above);
      child.token().register(() -> {});
      leaf = chainBelow(child, depth - 1).token();
    }

    /** Polls the root and then the leaf until the one or the other is requested. */
    String pollOften() {
      boolean first = false;
      boolean second = false;
      for (int polls = 0; polls < MOST_POLLS && !first && !second; polls++) {
        first = above.isCancellationRequested();
        second = leaf.isCancellationRequested();
      }
      return (first ? "root requested, " : "root live, ")
          + (second ? "leaf requested" : "leaf live");
    }
  }
}
