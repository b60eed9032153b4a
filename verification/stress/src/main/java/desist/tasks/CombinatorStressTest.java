// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Tasks end while others combine them, or while a token ends the combination. */
public final class CombinatorStressTest {
  private CombinatorStressTest() {}

  /** Two tasks that end, and one that does not. */
  public abstract static class Parts {
    final TaskCompletionSource<Integer> first = new TaskCompletionSource<>();
    final TaskCompletionSource<Integer> second = new TaskCompletionSource<>();
    final Task<Integer> open = new TaskCompletionSource<Integer>().task();

    /** Runs what a synchronous continuation would, and counts it. */
    static AtomicInteger count(Task<?> task) {
      AtomicInteger runs = new AtomicInteger();
      task.continueWithAction(
          t -> runs.incrementAndGet(), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
      return runs;
    }
  }

  /** The last two parts of a whenAll end at once. */
  @JCStressTest
  @State
  @Outcome(id = "\\[1, 2\\], told 1", expect = ACCEPTABLE, desc = "the last one ends the whole")
  @Outcome(expect = FORBIDDEN, desc = "the end is lost, or told twice")
  public static class LastTwoOfAll extends Parts {
    private final Task<List<Integer>> all = Task.whenAll(first.task(), second.task());
    private final AtomicInteger told = count(all);

    @Actor
    public void endFirst() {
      first.setResult(1);
    }

    @Actor
    public void endSecond() {
      second.setResult(2);
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = all.isCompleted() ? all.resultNow() + ", told " + told : all.status();
    }
  }

  /** A whenAll begins while its parts end. */
  @JCStressTest
  @State
  @Outcome(id = "\\[1, 2\\]", expect = ACCEPTABLE, desc = "however far they were")
  @Outcome(expect = FORBIDDEN, desc = "an end is lost, or counted twice")
  public static class BeginOfAll extends Parts {
    private @Nullable Task<List<Integer>> all;

    @Actor
    public void begin() {
      all = Task.whenAll(first.task(), second.task());
    }

    @Actor
    public void end() {
      first.setResult(1);
      second.setResult(2);
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = all != null && all.isCompleted() ? all.resultNow().toString() : "lost";
    }
  }

  /** The first two parts of a whenAny end at once. */
  @JCStressTest
  @State
  @Outcome(id = "first, told 1, left 0", expect = ACCEPTABLE, desc = "the first wins")
  @Outcome(id = "second, told 1, left 0", expect = ACCEPTABLE, desc = "the second wins")
  @Outcome(expect = FORBIDDEN, desc = "no winner, two of them, or a hook left")
  public static class FirstTwoOfAny extends Parts {
    private final Task<Task<Integer>> any = Task.whenAny(first.task(), open, second.task());
    private final AtomicInteger told = count(any);

    @Actor
    public void endFirst() {
      first.setResult(1);
    }

    @Actor
    public void endSecond() {
      second.setResult(2);
    }

    @Arbiter
    public void judge(L_Result r) {
      String winner = any.resultNow() == first.task() ? "first" : "second";
      r.r1 = winner + ", told " + told + ", left " + open.hookCount();
    }
  }

  /** A whenAny begins while one of its parts ends. */
  @JCStressTest
  @State
  @Outcome(id = "first, left 0", expect = ACCEPTABLE, desc = "found at the call, or told of later")
  @Outcome(expect = FORBIDDEN, desc = "the end is lost, or a hook left on a loser")
  public static class BeginOfAny extends Parts {
    private @Nullable Task<Task<Integer>> any;

    @Actor
    public void begin() {
      any = Task.whenAny(open, first.task(), second.task());
    }

    @Actor
    public void end() {
      first.setResult(1);
    }

    @Arbiter
    public void judge(L_Result r) {
      int left = open.hookCount() + second.task().hookCount();
      boolean isFirst = any != null && any.isCompleted() && any.resultNow() == first.task();
      r.r1 = (isFirst ? "first" : "lost") + ", left " + left;
    }
  }

  /** The last task ends while the token cancels the continuation of all. */
  @JCStressTest
  @State
  @Outcome(id = "RAN_TO_COMPLETION, left 0, 0", expect = ACCEPTABLE, desc = "it runs")
  @Outcome(id = "CANCELED, left 0, 0", expect = ACCEPTABLE, desc = "the token is quicker")
  @Outcome(expect = FORBIDDEN, desc = "neither, or something left on task or token")
  public static class CancelVersusLast extends Parts {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final Task<Integer> next =
        Task.factory()
            .continueWhenAll(
                List.of(first.task(), second.task()),
                List::size,
                source.token(),
                TaskScheduler.defaultScheduler(),
                TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);

    public CancelVersusLast() {
      first.setResult(1);
    }

    @Actor
    public void end() {
      second.setResult(2);
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      int hooks = second.task().hookCount();
      r.r1 = next.status() + ", left " + hooks + ", " + source.registrationCount();
    }
  }

  /** A continuation of the first begins while its token is canceled. */
  @JCStressTest
  @State
  @Outcome(id = "CANCELED, left 0", expect = ACCEPTABLE, desc = "before, or told of it")
  @Outcome(expect = FORBIDDEN, desc = "not told, or a hook left on a task")
  public static class CancelVersusBegin extends Parts {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private @Nullable Task<?> next;

    @Actor
    public void begin() {
      List<Task<Integer>> tasks = List.of(first.task(), second.task());
      next = Task.factory().continueWhenAny(tasks, Task::result, source.token());
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      int hooks = first.task().hookCount() + second.task().hookCount();
      r.r1 = (next == null ? "lost" : next.status()) + ", left " + hooks;
    }
  }

  /** Tasks end one after the other while a loop goes over them. */
  @JCStressTest
  @State
  @Outcome(id = "1 2, left 0", expect = ACCEPTABLE, desc = "in the order of their ends")
  @Outcome(expect = FORBIDDEN, desc = "in another order, or a hook left")
  public static class EachInOrder extends Parts {
    private final Iterable<Task<Integer>> each = Task.whenEach(first.task(), second.task());
    private String seen = "";

    @Actor
    public void end() {
      first.setResult(1);
      second.setResult(2);
    }

    @Actor
    public void loop() {
      StringBuilder text = new StringBuilder();
      for (Task<Integer> task : each) {
        text.append(task.resultNow()).append(' ');
      }
      seen = text.toString().trim();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = seen + ", left " + (first.task().hookCount() + second.task().hookCount());
    }
  }

  /** A loop over a task begins while that ends. */
  @JCStressTest
  @State
  @Outcome(id = "1, left 0", expect = ACCEPTABLE, desc = "found at the call, or waited for")
  @Outcome(expect = FORBIDDEN, desc = "the end is lost, or a hook left")
  public static class BeginOfEach extends Parts {
    private String seen = "";

    @Actor
    public void end() {
      first.setResult(1);
    }

    @Actor
    public void loop() {
      for (Task<Integer> task : Task.whenEach(first.task())) {
        seen += task.resultNow();
      }
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = seen + ", left " + first.task().hookCount();
    }
  }
}
