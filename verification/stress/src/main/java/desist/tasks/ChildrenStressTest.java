// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

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

/** The last attached child ends while its parent does, or while somebody waits for that. */
public final class ChildrenStressTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private ChildrenStressTest() {}

  /** The last child's end against a wait for the parent. */
  @JCStressTest
  @State
  @Outcome(id = "through, ran", expect = ACCEPTABLE, desc = "the child's end is the parent's")
  @Outcome(expect = FORBIDDEN, desc = "a parent without end, or a wait")
  public static class LastChildVersusWait {
    private final Family family = new Family(1);

    @Actor
    public void endTheChild() {
      family.child(0).setResult(1);
    }

    @Actor
    public void join(L_Result r) {
      r.r1 = Answer.to(() -> family.parent.join(LONG));
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 += ", " + Answer.stateOf(family.parent);
    }
  }

  /** The end of the parent's body against that of its child. */
  @JCStressTest
  @State
  @Outcome(id = "ran", expect = ACCEPTABLE, desc = "whoever was last has ended it")
  @Outcome(expect = FORBIDDEN, desc = "a parent without end")
  public static class BodyVersusChild {
    private volatile @Nullable TaskCompletionSource<Integer> child;

    private final Task<@Nullable Void> parent = Task.ofAction(() -> child = attached());

    @Actor
    public void run() {
      parent.start(Runnable::run);
    }

    @Actor
    public void endTheChild() {
      TaskCompletionSource<Integer> made;
      while ((made = child) == null) {
        Thread.onSpinWait();
      }
      made.setResult(1);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = Answer.stateOf(parent);
    }
  }

  /** Two children end, and both fault: the parent has both faults. */
  @JCStressTest
  @State
  @Outcome(id = "faulted, 2", expect = ACCEPTABLE, desc = "in either order")
  @Outcome(expect = FORBIDDEN, desc = "a fault lost, or a parent without end")
  public static class ChildVersusChild {
    private final Family family = new Family(2);

    @Actor
    public void endOne() {
      family.child(0).setException(new IllegalArgumentException());
    }

    @Actor
    public void endTheOther() {
      family.child(1).setException(new IllegalArgumentException());
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = Answer.stateOf(family.parent) + ", " + family.faults();
    }
  }

  /** A parent whose body has ended, and its children, which have not. */
  private static final class Family {
    final Task<@Nullable Void> parent;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private final TaskCompletionSource<Integer>[] children;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Family(int count) {
      TaskCompletionSource<Integer>[] made = new TaskCompletionSource[count];
      children = made;
      parent =
          Task.ofAction(
              () -> {
                for (int i = 0; i < count; i++) {
                  made[i] = attached();
                }
              });
      parent.start(Runnable::run);
    }

    TaskCompletionSource<Integer> child(int index) {
      return children[index];
    }

    int faults() {
      var exception = parent.exception();
      return exception == null ? 0 : exception.flatten().innerExceptions().size();
    }
  }

  private static TaskCompletionSource<Integer> attached() {
    return new TaskCompletionSource<>(TaskCreationOptions.ATTACHED_TO_PARENT);
  }
}
