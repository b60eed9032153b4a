// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Steps.ends;
import static desist.Steps.isCompleted;
import static desist.Steps.isSet;
import static desist.Steps.join;
import static desist.Steps.status;
import static desist.Waiting.how;

import desist.threading.SemaphoreSlim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Slim semaphores, with waits of threads and of stages: sync/semslim. */
final class SemaphoreSlimConformanceTest extends Conformance {
  private static final String CLOSING = "0012-closing-wakes.md";
  private static final String DURATIONS = "0013-durations.md";
  private static final String STAGES = "0017-stages.md";
  private static final CancellationToken NONE = CancellationToken.none();
  private static final Duration POLL = Duration.ZERO;
  private static final Duration TWENTY = Duration.ofMillis(20);
  private static final Duration FIFTY = Duration.ofMillis(50);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MINUS_TWO = Duration.ofMillis(-2);

  @Probe("sync/semslim/ctor")
  void ctor(Out o) {
    o.attempt("-1", () -> new SemaphoreSlim(-1).close());
    o.attempt("2,1", () -> new SemaphoreSlim(2, 1).close());
    o.attempt("0,0", () -> new SemaphoreSlim(0, 0).close());
    o.attempt("0,-1", () -> new SemaphoreSlim(0, -1).close());
    o.say("0,1", new SemaphoreSlim(0, 1).currentCount());
    o.say("5", new SemaphoreSlim(5).currentCount());
  }

  /** No time-out is bad: a negative one means zero. */
  @Probe("sync/semslim/wait-order-of-checks")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "cancelled, bad int: ArgumentOutOfRangeException",
        "cancelled, bad span: ArgumentOutOfRangeException"
      },
      ours = "cancelled, negative: OperationCanceledException token=same")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "disposed, bad int: ArgumentOutOfRangeException",
        "disposed, bad span: ArgumentOutOfRangeException"
      },
      ours = {
        "disposed, negative: ObjectDisposedException",
        "disposed, null: ArgumentNullException"
      })
  void waitOrderOfChecks(Out o) {
    CancellationToken c = CancellationToken.canceled();
    SemaphoreSlim s = new SemaphoreSlim(1);
    o.say("cancelled, count 1: " + how(c, () -> s.await(c)));
    o.say("cancelled, poll: " + how(c, () -> s.await(POLL, c)));
    o.say("count", s.currentCount());
    o.say("cancelled, negative: " + how(c, () -> s.await(MINUS_TWO, c)));
    s.close();
    o.say("disposed, cancelled: " + how(c, () -> s.await(c)));
    o.say("disposed, negative: " + how(c, () -> s.await(MINUS_TWO, c)));
    o.say("disposed, null: " + how(c, () -> s.await(null, c)));
  }

  /** A stage fails with the bare exception, and that of a token is always the same type. */
  @Probe("sync/semslim/waitasync-order-of-checks")
  @Differs(
      record = STAGES,
      dotnet = {
        "wait: AggregateException[TaskCanceledException]",
        "await: TaskCanceledException token=same"
      },
      ours = "await: OperationCanceledException token=same")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "bad int throws at once: ArgumentOutOfRangeException",
        "bad span throws at once: ArgumentOutOfRangeException"
      },
      ours = {
        "cancelled, negative=Canceled",
        "null throws at once: ArgumentNullException",
      })
  @Differs(
      record = DURATIONS,
      dotnet = "disposed, bad int: ArgumentOutOfRangeException",
      ours = "disposed, negative: ObjectDisposedException")
  void waitasyncOrderOfChecks(Out o) {
    CancellationToken c = CancellationToken.canceled();
    SemaphoreSlim s = new SemaphoreSlim(1);
    CompletionStage<?> stage = s.awaitAsync(c);
    o.say("cancelled, count 1", status(stage));
    o.say("await: " + how(c, () -> join(stage)));
    o.say("cancelled, poll", status(s.awaitAsync(POLL, c)));
    o.say("count", s.currentCount());
    o.say("cancelled, negative", status(s.awaitAsync(MINUS_TWO, c)));
    o.say("null throws at once: " + how(c, () -> s.awaitAsync(null, c)));
    s.close();
    o.say("disposed throws at once: " + how(c, () -> s.awaitAsync(c)));
    o.say("disposed, negative: " + how(c, () -> s.awaitAsync(MINUS_TWO, c)));
  }

  @Probe("sync/semslim/counts")
  void counts(Out o) throws Exception {
    SemaphoreSlim s = new SemaphoreSlim(2);
    o.say("poll", s.await(POLL));
    o.say("async done", status(s.awaitAsync()));
    o.say("count", s.currentCount());
    o.say("poll at 0", s.await(POLL));
    o.say("20ms at 0", s.await(TWENTY));
    o.say("async poll at 0", result(s.awaitAsync(POLL)));
    o.say("async 20ms at 0", result(s.awaitAsync(TWENTY)));
    o.say("count", s.currentCount());
  }

  @Probe("sync/semslim/release")
  void release(Out o) throws Exception {
    SemaphoreSlim s = new SemaphoreSlim(0, 3);
    o.attemptValue("Release", s::release);
    o.attemptValue("Release(2)", () -> s.releaseMany(2));
    o.attemptValue("full", s::release);
    o.attemptValue("Release(0)", () -> s.releaseMany(0));
    o.attemptValue("Release(-1)", () -> s.releaseMany(-1));
    o.say("count", s.currentCount());
    s.await();
    o.attemptValue("over by one", () -> s.releaseMany(2));
    o.say("nothing added", s.currentCount());
    o.attemptValue("int.MaxValue", () -> new SemaphoreSlim(Integer.MAX_VALUE).release());
    s.close();
    o.attemptValue("disposed", s::release);
    o.attemptValue("disposed, 0", () -> s.releaseMany(0));
    o.attemptValue("disposed count", s::currentCount);
  }

  @Probe("sync/semslim/async-fifo")
  void asyncFifo(Out o) throws Exception {
    SemaphoreSlim s = new SemaphoreSlim(0);
    List<CompletionStage<?>> waits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waits.add(s.awaitAsync());
    }
    for (CompletionStage<?> next : waits) {
      s.release();
      join(next);
      o.say("done", waits.stream().map(Steps::isCompleted).collect(Collectors.toList()));
    }
    o.say("count", s.currentCount());
  }

  @Probe("sync/semslim/cancelled-async-takes-no-count")
  void cancelledAsyncTakesNoCount(Out o) throws Exception {
    SemaphoreSlim s = new SemaphoreSlim(0);
    CancellationTokenSource source = new CancellationTokenSource();
    CompletionStage<?> a = s.awaitAsync(source.token());
    CompletionStage<?> b = s.awaitAsync();
    source.cancel();
    o.say("a: " + how(source.token(), () -> join(a)));
    o.say("a status", status(a));
    o.say("b done", isCompleted(b));
    s.release();
    join(b);
    o.say("b", status(b));
    o.say("count", s.currentCount());
  }

  @Probe("sync/semslim/cancel-in-the-middle")
  void cancelInTheMiddle(Out o) {
    SemaphoreSlim s = new SemaphoreSlim(0);
    CancellationTokenSource source = new CancellationTokenSource();
    CompletionStage<?> a = s.awaitAsync();
    CompletionStage<?> b = s.awaitAsync(source.token());
    CompletionStage<?> c = s.awaitAsync();
    source.cancel();
    s.releaseMany(2);
    o.say("a b c", statuses(a, b, c));
    o.say("count", s.currentCount());
  }

  @Probe("sync/semslim/cancelled-wait-takes-no-count")
  void cancelledWaitTakesNoCount(Out o) {
    SemaphoreSlim s = new SemaphoreSlim(0);
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Waiting one = Waiting.start(token, () -> s.await(token));
    Waiting other = Waiting.start(token, () -> s.await(MINUTE, token));
    source.cancel();
    o.say(one.how());
    o.say(other.how());
    s.release();
    o.say("count", s.currentCount());
  }

  @Probe("sync/semslim/acquire-beats-cancel")
  void acquireBeatsCancel(Out o) {
    SemaphoreSlim s = new SemaphoreSlim(0);
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Waiting waiting = Waiting.start(token, () -> s.await(token));
    token.register(
        () -> {
          s.release();
          waiting.how();
        });
    source.cancel();
    o.say(waiting.how());
    o.say("count", s.currentCount());
  }

  @Probe("sync/semslim/async-acquired-then-cancel")
  void asyncAcquiredThenCancel(Out o) throws Exception {
    SemaphoreSlim s = new SemaphoreSlim(0);
    CancellationTokenSource source = new CancellationTokenSource();
    CompletionStage<?> stage = s.awaitAsync(source.token());
    s.release();
    join(stage);
    source.cancel();
    o.say("status", status(stage));
    o.say("count", s.currentCount());
  }

  @Probe("sync/semslim/async-timeout-and-token")
  void asyncTimeoutAndToken(Out o) throws Exception {
    SemaphoreSlim s = new SemaphoreSlim(0);
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    o.say("timed out", result(s.awaitAsync(TWENTY, token)));
    CompletionStage<?> longWait = s.awaitAsync(MINUTE, token);
    source.cancel();
    o.say("cancelled: " + how(token, () -> join(longWait)));
    s.release();
    o.say("count", s.currentCount());
  }

  @Probe("sync/semslim/sync-joins-async-queue")
  void syncJoinsAsyncQueue(Out o) throws Exception {
    SemaphoreSlim s = new SemaphoreSlim(0);
    CompletionStage<?> stage = s.awaitAsync();
    Waiting thread = Waiting.start(NONE, () -> s.await());
    s.release();
    join(stage);
    o.say("thread still waits", !thread.endsWithin(FIFTY));
    s.release();
    o.say("thread", thread.how());
  }

  @Probe("sync/semslim/sync-before-async")
  void syncBeforeAsync(Out o) throws Exception {
    SemaphoreSlim s = new SemaphoreSlim(0);
    Waiting thread = Waiting.start(NONE, () -> s.await());
    CompletionStage<?> stage = s.awaitAsync();
    s.release();
    o.say("thread", thread.how());
    o.say("async done", isCompleted(stage));
    s.release();
    join(stage);
    o.say("count", s.currentCount());
  }

  @Probe("sync/semslim/available-waithandle")
  void availableWaithandle(Out o) throws Exception {
    SemaphoreSlim s = new SemaphoreSlim(1);
    WaitHandle handle = s.availableWaitHandle();
    o.say("same", handle == s.availableWaitHandle());
    o.say("count 1", isSet(handle));
    o.say("not taken", s.currentCount());
    s.await();
    o.say("count 0", isSet(handle));
    s.release();
    o.say("released", isSet(handle));
    o.say("by WaitAsync", isCompleted(s.awaitAsync()));
    o.say("count 0", isSet(handle));
    s.close();
    o.attemptValue("old handle", () -> handle.waitOne(POLL));
    o.attemptValue("disposed", s::availableWaitHandle);
  }

  @Probe("sync/semslim/dispose-strands-waiters")
  @Differs(
      record = CLOSING,
      dotnet = "completed=false",
      ours = "completed: ObjectDisposedException")
  @Differs(
      record = CLOSING,
      dotnet = {"completed after cancel=false", "completed after its timeout=false"},
      ours = {
        "with a token: ObjectDisposedException token left: 0",
        "with a timeout: ObjectDisposedException"
      })
  void disposeStrandsWaiters(Out o) {
    SemaphoreSlim s = new SemaphoreSlim(0);
    CompletionStage<?> plain = s.awaitAsync();
    s.close();
    o.say("completed: " + how(NONE, () -> join(plain)));
    o.attemptValue("release", s::release);
    o.attempt("dispose again", s::close);
    CancellationTokenSource source = new CancellationTokenSource();
    SemaphoreSlim s2 = new SemaphoreSlim(0);
    CompletionStage<?> withToken = s2.awaitAsync(source.token());
    s2.close();
    source.cancel();
    o.say(
        "with a token: "
            + how(source.token(), () -> join(withToken))
            + " token left: "
            + source.registrationCount());
    SemaphoreSlim s3 = new SemaphoreSlim(0);
    CompletionStage<?> withTimeout = s3.awaitAsync(FIFTY);
    s3.close();
    o.say("with a timeout: " + how(NONE, () -> join(withTimeout)));
  }

  @Probe("sync/semslim/release-continuation-not-inline")
  void releaseContinuationNotInline(Out o) throws Exception {
    SemaphoreSlim s = new SemaphoreSlim(0);
    Thread releaser = Thread.currentThread();
    CompletionStage<Boolean> stage =
        s.awaitAsync().thenApply(nothing -> Thread.currentThread() == releaser);
    s.release();
    o.say("on the releasing thread", result(stage));
  }

  @Probe("sync/semslim/cancel-continuation-not-inline")
  void cancelContinuationNotInline(Out o) throws Exception {
    SemaphoreSlim s = new SemaphoreSlim(0);
    CancellationTokenSource source = new CancellationTokenSource();
    Thread canceler = Thread.currentThread();
    CompletionStage<Boolean> stage =
        s.awaitAsync(source.token()).handle((nothing, e) -> Thread.currentThread() == canceler);
    source.cancel();
    o.say("on the cancelling thread", result(stage));
  }

  @Probe("sync/semslim/interrupt")
  void interrupt(Out o) {
    SemaphoreSlim s = new SemaphoreSlim(0);
    Waiting waiting = Waiting.start(NONE, () -> s.await());
    waiting.interrupt();
    o.say(waiting.how());
    s.release();
    o.say("count", s.currentCount());
  }

  @Probe("sync/semslim/exception-type")
  @Differs(
      record = "0019-semaphores-and-mutexes.md",
      dotnet = "base=SystemException",
      ours = "base=RuntimeException")
  void exceptionType(Out o) {
    o.say("base", SemaphoreFullException.class.getSuperclass().getSimpleName());
    o.say(
        "max of one-arg ctor: "
            + how(NONE, () -> new SemaphoreSlim(0).releaseMany(Integer.MAX_VALUE)));
  }

  @Probe("sync/semslim/wait-results")
  void waitResults(Out o) throws Exception {
    CancellationToken token = new CancellationTokenSource().token();
    SemaphoreSlim s = new SemaphoreSlim(3);
    o.say("poll", s.await(POLL, token));
    o.say("infinite", s.await(Timeout.INFINITE, token));
    o.say("span", s.await(TWENTY, token));
    o.say("none left, poll", s.await(POLL, token));
    o.say("none left, 20ms", s.await(TWENTY, token));
    o.say("none left, span", s.await(TWENTY, token));
    o.say("async, none left", result(s.awaitAsync(TWENTY, token)));
  }

  @Probe("sync/semslim/release-over-max-with-waiters")
  void releaseOverMaxWithWaiters(Out o) {
    SemaphoreSlim s = new SemaphoreSlim(0, 1);
    CompletionStage<?> a = s.awaitAsync();
    CompletionStage<?> b = s.awaitAsync();
    o.attemptValue("two for two waiters", () -> s.releaseMany(2));
    o.say("a b", List.of(isCompleted(a), isCompleted(b)));
    o.attemptValue("one", s::release);
    o.attemptValue("another", s::release);
    o.say("a b", List.of(ends(a), ends(b)));
    o.say("count", s.currentCount());
  }

  @Probe("sync/semslim/release-to-waiter-skips-handle")
  void releaseToWaiterSkipsHandle(Out o) throws Exception {
    SemaphoreSlim s = new SemaphoreSlim(0);
    WaitHandle handle = s.availableWaitHandle();
    CompletionStage<?> stage = s.awaitAsync();
    s.release();
    join(stage);
    o.say("signalled", isSet(handle));
    ((EventWaitHandle) handle).set();
    o.say("set by hand, poll", s.await(POLL));
    o.say("type", handle.getClass().getSimpleName());
  }

  @Probe("sync/semslim/dispose-strands-only-the-head")
  @Differs(
      record = CLOSING,
      dotnet = {
        "first second=[WaitingForActivation, Canceled]",
        "first second=[WaitingForActivation, RanToCompletion]",
        "second=false"
      },
      ours = {"first second=[Faulted, Faulted]", "first second=[Faulted, Faulted]"})
  void disposeStrandsOnlyTheHead(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    SemaphoreSlim s = new SemaphoreSlim(0);
    CompletionStage<?> first = s.awaitAsync();
    CompletionStage<?> second = s.awaitAsync(source.token());
    s.close();
    source.cancel();
    o.say("first second", statuses(first, second));
    SemaphoreSlim r = new SemaphoreSlim(0);
    CompletionStage<?> head = r.awaitAsync();
    CompletionStage<?> timed = r.awaitAsync(MINUTE);
    r.close();
    o.say("first second", statuses(head, timed));
  }

  /** The statuses in which the stages end. */
  private static List<String> statuses(CompletionStage<?>... stages) {
    return Stream.of(stages).filter(Steps::ends).map(Steps::status).collect(Collectors.toList());
  }

  private static <T> T result(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(Steps.LONG.toSeconds(), TimeUnit.SECONDS);
  }
}
