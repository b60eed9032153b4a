// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationToken;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A promise is ended while somebody else ends it, goes on from it, or hangs something on it. */
public final class CompletionStressTest {
  private CompletionStressTest() {}

  /** Two threads end it: one wins, and the other finds it ended. */
  @JCStressTest
  @State
  @Outcome(id = "won, lost, ran 1", expect = ACCEPTABLE, desc = "the result was quicker")
  @Outcome(id = "lost, won, was canceled", expect = ACCEPTABLE, desc = "the cancellation was")
  @Outcome(expect = FORBIDDEN, desc = "no winner, or two, or an end that is another's")
  public static class TrySetVersusTrySet {
    private final TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    private String other = "";

    @Actor
    public void setResult(L_Result r) {
      r.r1 = Answer.of(source.trySetResult(1), source.task());
    }

    @Actor
    public void setCanceled() {
      other = Answer.of(source.trySetCanceled(), source.task());
    }

    @Arbiter
    public void end(L_Result r) {
      Task<Integer> task = source.task();
      String result = task.isCompletedSuccessfully() ? " " + task.resultNow() : "";
      r.r1 += ", " + other + ", " + Answer.stateOf(task) + result;
    }
  }

  /** Whoever sees the end sees the result, and what was written before it was set. */
  @JCStressTest
  @State
  @Outcome(id = "no end", expect = ACCEPTABLE, desc = "looked before the end")
  @Outcome(id = "result, written", expect = ACCEPTABLE, desc = "looked after it")
  @Outcome(expect = FORBIDDEN, desc = "an end without what it tells")
  public static class SetVersusLook {
    private final TaskCompletionSource<String> source = new TaskCompletionSource<>();
    private String field = "unwritten";

    @Actor
    public void set() {
      field = "written";
      source.setResult("result");
    }

    @Actor
    public void look(L_Result r) {
      r.r1 = source.task().isCompleted() ? source.task().resultNow() + ", " + field : "no end";
    }
  }

  /** A continuation is added at the moment of the end: it runs, once. */
  @JCStressTest
  @State
  @Outcome(id = "runs, ran, 0", expect = ACCEPTABLE, desc = "in one thread or the other")
  @Outcome(expect = FORBIDDEN, desc = "a continuation lost, or run twice")
  public static class SetVersusContinuation {
    private final TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    private final Counted body = new Counted();
    private Task<Integer> next = Task.fromResult(0);

    @Actor
    public void set() {
      source.setResult(1);
    }

    @Actor
    public void goOn() {
      next = goOnFrom(source, body);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = body.fate() + ", " + Answer.stateOf(next) + ", " + source.task().hookCount();
    }
  }

  /** The second continuation makes a list of the first, while the promise ends. */
  @JCStressTest
  @State
  @Outcome(id = "runs, runs, 0", expect = ACCEPTABLE, desc = "both, wherever")
  @Outcome(expect = FORBIDDEN, desc = "a continuation lost, or run twice")
  public static class SetVersusSecondContinuation {
    private final TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    private final Counted first = new Counted();
    private final Counted second = new Counted();

    public SetVersusSecondContinuation() {
      goOnFrom(source, first);
    }

    @Actor
    public void set() {
      source.setResult(1);
    }

    @Actor
    public void goOn() {
      goOnFrom(source, second);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = first.fate() + ", " + second.fate() + ", " + source.task().hookCount();
    }
  }

  /** Two threads add the first and the second continuation. */
  @JCStressTest
  @State
  @Outcome(id = "runs, runs, 0", expect = ACCEPTABLE, desc = "both")
  @Outcome(expect = FORBIDDEN, desc = "a continuation lost, or run twice")
  public static class ContinuationVersusContinuation {
    private final TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    private final Counted first = new Counted();
    private final Counted second = new Counted();

    @Actor
    public void goOn() {
      goOnFrom(source, first);
    }

    @Actor
    public void goOnToo() {
      goOnFrom(source, second);
    }

    @Arbiter
    public void end(L_Result r) {
      source.setResult(1);
      r.r1 = first.fate() + ", " + second.fate() + ", " + source.task().hookCount();
    }
  }

  /** All at once: two continuations and the end. */
  @JCStressTest
  @State
  @Outcome(id = "runs, runs, 0", expect = ACCEPTABLE, desc = "both, wherever")
  @Outcome(expect = FORBIDDEN, desc = "a continuation lost, or run twice")
  public static class SetVersusTwoContinuations {
    private final TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    private final Counted first = new Counted();
    private final Counted second = new Counted();

    @Actor
    public void set() {
      source.setResult(1);
    }

    @Actor
    public void goOn() {
      goOnFrom(source, first);
    }

    @Actor
    public void goOnToo() {
      goOnFrom(source, second);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = first.fate() + ", " + second.fate() + ", " + source.task().hookCount();
    }
  }

  /** A hook is taken off at the moment of the end: it was there and does not run, or it runs. */
  @JCStressTest
  @State
  @Outcome(id = "taken off, does not run, 0", expect = ACCEPTABLE, desc = "taken off before")
  @Outcome(id = "too late, runs, 0", expect = ACCEPTABLE, desc = "run before")
  @Outcome(expect = FORBIDDEN, desc = "a hook lost, or run although it was taken off")
  public static class SetVersusRemoveOfTheOnlyHook {
    private final TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    private final CountingHook hook = new CountingHook(source.task());

    public SetVersusRemoveOfTheOnlyHook() {
      source.task().addHook(hook);
    }

    @Actor
    public void set() {
      source.setResult(1);
    }

    @Actor
    public void remove(L_Result r) {
      r.r1 = source.task().removeHook(hook) ? "taken off" : "too late";
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 += ", " + hook.runs.fate() + ", " + source.task().hookCount();
    }
  }

  /** The same for one of two. */
  @JCStressTest
  @State
  @Outcome(id = "taken off, does not run, runs", expect = ACCEPTABLE, desc = "taken off before")
  @Outcome(id = "too late, runs, runs", expect = ACCEPTABLE, desc = "run before")
  @Outcome(expect = FORBIDDEN, desc = "a hook lost, or run although it was taken off")
  public static class SetVersusRemoveOfOneOfTwoHooks {
    private final TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    private final CountingHook hook = new CountingHook(source.task());
    private final CountingHook other = new CountingHook(source.task());

    public SetVersusRemoveOfOneOfTwoHooks() {
      source.task().addHook(hook);
      source.task().addHook(other);
    }

    @Actor
    public void set() {
      source.setResult(1);
    }

    @Actor
    public void remove(L_Result r) {
      r.r1 = source.task().removeHook(hook) ? "taken off" : "too late";
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 += ", " + hook.runs.fate() + ", " + other.runs.fate();
    }
  }

  /** A hook is taken off while a second one makes a list of it. */
  @JCStressTest
  @State
  @Outcome(id = "taken off, does not run, runs", expect = ACCEPTABLE, desc = "off before or after")
  @Outcome(expect = FORBIDDEN, desc = "it is still there, or the other is not")
  public static class RemoveVersusSecondHook {
    private final TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    private final CountingHook hook = new CountingHook(source.task());
    private final CountingHook other = new CountingHook(source.task());

    public RemoveVersusSecondHook() {
      source.task().addHook(hook);
    }

    @Actor
    public void add() {
      source.task().addHook(other);
    }

    @Actor
    public void remove(L_Result r) {
      r.r1 = source.task().removeHook(hook) ? "taken off" : "not found";
    }

    @Arbiter
    public void end(L_Result r) {
      source.setResult(1);
      r.r1 += ", " + hook.runs.fate() + ", " + other.runs.fate();
    }
  }

  /** A thread that waits is woken by the end. */
  @JCStressTest
  @State
  @Outcome(id = "through", expect = ACCEPTABLE, desc = "woken")
  @Outcome(expect = FORBIDDEN, desc = "left waiting")
  public static class SetVersusJoin {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TaskCompletionSource<Integer> source = new TaskCompletionSource<>();

    @Actor
    public void set() {
      source.setResult(1);
    }

    @Actor
    public void join(L_Result r) {
      r.r1 = Answer.to(() -> source.task().join(LONG));
    }
  }

  /** The handle is made at the moment of the end: it is set, whoever sets it. */
  @JCStressTest
  @State
  @Outcome(id = "through", expect = ACCEPTABLE, desc = "set")
  @Outcome(expect = FORBIDDEN, desc = "a handle that stays unset")
  public static class SetVersusHandle {
    private final TaskCompletionSource<Integer> source = new TaskCompletionSource<>();

    @Actor
    public void set() {
      source.setResult(1);
    }

    @Actor
    public void ask() {
      source.task().asyncWaitHandle();
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = Answer.to(() -> source.task().asyncWaitHandle().waitOne(Duration.ZERO));
    }
  }

  /** The future is completed by its reader at the moment of the end: nothing is left. */
  @JCStressTest
  @State
  @Outcome(id = "mine, 0", expect = ACCEPTABLE, desc = "the reader was quicker")
  @Outcome(id = "theirs, 0", expect = ACCEPTABLE, desc = "the task was")
  @Outcome(expect = FORBIDDEN, desc = "a future without end, or something left on the task")
  public static class SetVersusCompletionOfTheCopy {
    private final TaskCompletionSource<String> source = new TaskCompletionSource<>();
    private final CompletableFuture<String> copy = source.task().toCompletableFuture();

    @Actor
    public void set() {
      source.setResult("theirs");
    }

    @Actor
    public void complete() {
      copy.complete("mine");
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = copy.join() + ", " + source.task().hookCount();
    }
  }

  private static Task<Integer> goOnFrom(TaskCompletionSource<Integer> source, Counted body) {
    return source
        .task()
        .continueWith(
            t -> body.run(),
            CancellationToken.none(),
            TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
  }

  private static final class CountingHook extends Hook {
    final Counted runs = new Counted();

    CountingHook(Task<?> antecedent) {
      super(antecedent);
    }

    @Override
    public void run() {
      runs.run();
    }
  }
}
