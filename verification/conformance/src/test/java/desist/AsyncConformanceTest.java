// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Background.go;
import static desist.Background.onOtherThread;
import static desist.Contexts.within;
import static desist.Steps.LONG;
import static desist.Steps.ends;
import static desist.Steps.exceptionOf;
import static desist.Steps.isCompleted;
import static desist.Steps.isSet;
import static desist.Steps.join;
import static desist.Steps.opens;
import static desist.Steps.status;
import static desist.Steps.throwing;
import static desist.TaskSteps.startAttached;

import desist.tasks.Task;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** {@code cancelAsync}, with a stage where .NET has a task: core/async. */
final class AsyncConformanceTest extends Conformance {
  private static final String STAGES = "0017-stages.md";

  @Probe("core/async/requested-at-once-callbacks-elsewhere")
  void requestedAtOnceCallbacksElsewhere(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CountDownLatch release = new CountDownLatch(1);
    Thread me = Thread.currentThread();
    WaitHandle handle = source.token().waitHandle();
    source.token().register(() -> o.say("older"));
    source
        .token()
        .register(
            () -> {
              await(release);
              o.say("on the caller", Thread.currentThread() == me);
            });
    CompletionStage<Void> stage = source.cancelAsync();
    o.say("requested", source.isCancellationRequested());
    o.say("handle set", isSet(handle));
    o.say("completed", isCompleted(stage));
    release.countDown();
    join(stage);
    o.say("status", status(stage));
  }

  @Probe("core/async/second-call")
  void secondCall(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CountDownLatch release = new CountDownLatch(1);
    source.token().register(() -> await(release));
    CompletionStage<Void> first = source.cancelAsync();
    o.say("second completed", isCompleted(source.cancelAsync()));
    o.attempt("Cancel", source::cancel);
    o.say("first completed", isCompleted(first));
    release.countDown();
    join(first);
  }

  @Probe("core/async/register-and-unregister-meanwhile")
  void registerAndUnregisterMeanwhile(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    CancellationTokenRegistration older = source.token().register(() -> o.say("never"));
    source
        .token()
        .register(
            () -> {
              running.countDown();
              await(release);
            });
    CompletionStage<Void> stage = source.cancelAsync();
    await(running);
    source.token().register(() -> o.say("inline"));
    o.say("Unregister", older.unregister());
    release.countDown();
    join(stage);
  }

  /** The callbacks see what their thread, one of ours, carries about; it inherits nothing. */
  @Probe("core/async/async-local")
  @Differs(
      record = "0010-no-ambient-context.md",
      dotnet = {"unsafe sees=c", "captured sees=r"},
      ours = {"unsafe sees=null", "captured sees=set in callback"})
  void asyncLocal(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("r");
    source.token().register(() -> o.say("captured sees", local.get()));
    source
        .token()
        .register(
            () -> {
              o.say("unsafe sees", local.get());
              local.set("set in callback");
            });
    local.set("c");
    join(source.cancelAsync());
    o.say("caller sees", local.get());
  }

  /** A stage has no options, and none of ours is promised to be a shared one. */
  @Probe("core/async/returned-task")
  @Differs(
      record = STAGES,
      dotnet = {"the shared completed one=true", "options=DenyChildAttach"},
      ours = "completed=true")
  @Differs(
      record = STAGES,
      dotnet = "second one is the shared completed one=true",
      ours = {"second one is completed=true", "complete=true", "completed by its reader=false"})
  void returnedTask(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CountDownLatch release = new CountDownLatch(1);
    o.say("completed", isCompleted(new CancellationTokenSource().cancelAsync()));
    source.token().register(() -> await(release));
    CompletionStage<Void> stage = source.cancelAsync();
    CompletionStage<Void> second = source.cancelAsync();
    o.say("second one is the same", stage == second);
    o.say("second one is completed", isCompleted(second));
    o.attemptValue("complete", () -> stage.toCompletableFuture().complete(null));
    o.say("completed by its reader", isCompleted(stage));
    release.countDown();
    join(stage);
  }

  /** Neither the call to the task that made it, nor what a callback starts to the call. */
  @Probe("core/async/not-attached")
  void notAttached(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<Task<Void>> child = new AtomicReference<>();
    source.token().register(() -> child.set(startAttached(() -> await(release))));
    AtomicReference<CompletionStage<Void>> canceling = new AtomicReference<>();
    Task<Void> caller = Task.factory().startNewAction(() -> canceling.set(source.cancelAsync()));
    o.say("caller ends", caller.join(LONG));
    o.say("queued work ends", ends(canceling.get()));
    o.say("child ended", child.get().isCompleted());
    release.countDown();
  }

  @Probe("core/async/from-inside-callback")
  void fromInsideCallback(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    source.token().register(() -> o.say("older"));
    source.token().register(() -> o.say("status", status(source.cancelAsync())));
    source.cancel();
  }

  @Probe("core/async/sync-context-of-registration")
  void syncContextOfRegistration(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Contexts.Counting context = new Contexts.Counting();
    within(
        context,
        () -> source.token().register(() -> o.say("ran"), SynchronizationContext.current()));
    join(source.cancelAsync());
    o.say("sends", context.sends);
  }

  /** The stage fails with the exception itself, where a task wraps it once more. */
  @Probe("core/async/exceptions-nest")
  @Differs(
      record = STAGES,
      dotnet =
          "Exception=AggregateException[AggregateException[ArgumentException,"
              + " AggregateException[FormatException]]]",
      ours = "Exception=AggregateException[ArgumentException, AggregateException[FormatException]]")
  void exceptionsNest(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationTokenSource child = CancellationTokenSource.createLinkedTokenSource(source.token());
    child.token().register(throwing(new FormatException()));
    source.token().register(throwing(new IllegalArgumentException()));
    CompletionStage<Void> stage = source.cancelAsync();
    o.attempt("awaited", () -> join(stage));
    o.say("Exception", Out.describe(exceptionOf(stage)));
  }

  /**
   * .NET's pool is kept busy; ours has a thread for what is queued. So the callback that is the
   * first to run holds the others back.
   */
  @Probe("core/async/before-the-queued-work-starts")
  void beforeTheQueuedWorkStarts(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CountDownLatch release = new CountDownLatch(1);
    CancellationTokenRegistration a = source.token().register(() -> o.say("a never"));
    CancellationTokenRegistration b = source.token().register(() -> o.say("b never"));
    source.token().register(() -> o.say("c ran"));
    source.token().register(() -> await(release));
    CompletionStage<Void> stage = source.cancelAsync();
    o.say("requested", source.isCancellationRequested());
    o.say("Unregister a", a.unregister());
    b.close();
    source.token().register(() -> o.say("new one inline"));
    o.say("completed", isCompleted(stage));
    release.countDown();
    o.say("completes", ends(stage));
  }

  @Probe("core/async/unobserved-exception")
  @Differs(
      record = STAGES,
      dotnet = "reported=AggregateException[AggregateException[FormatException]]",
      ours = "reported=nothing")
  void unobservedException(Out o) throws Exception {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> seen.set(e));
    try {
      onOtherThread(
          () -> {
            CancellationTokenSource each = new CancellationTokenSource();
            each.token().register(throwing(new FormatException()));
            ends(each.cancelAsync());
          });
      Fate.collect();
      o.say("reported", seen.get() == null ? "nothing" : Out.describe(seen.get()));
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  /**
   * .NET's pool is kept busy, so that {@code Dispose} is first. Ours cannot be, so it is tried
   * often; whoever is first, everything is carried out.
   */
  @Probe("core/async/disposed-before-the-queued-work-starts")
  @Differs(
      record = "0006-what-was-requested-is-carried-out.md",
      dotnet = {"completed=false", "completes=true", "status=RanToCompletion", "child=false"},
      ours = {
        "completes=true",
        "status=RanToCompletion",
        "callback ran=true",
        "child=true",
        "child's callback ran=true"
      })
  @Differs(
      record = "0006-what-was-requested-is-carried-out.md",
      dotnet = "Unregister=true",
      ours = "Unregister=false")
  void disposedBeforeTheQueuedWorkStarts(Out o) throws Exception {
    Map<String, Boolean> always = new LinkedHashMap<>();
    Map<String, Boolean> ever = new LinkedHashMap<>();
    Set<String> statuses = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      CancellationTokenSource source = new CancellationTokenSource();
      AtomicBoolean ran = new AtomicBoolean();
      AtomicBoolean childRan = new AtomicBoolean();
      CancellationTokenRegistration registration = source.token().register(() -> ran.set(true));
      CancellationTokenSource child =
          CancellationTokenSource.createLinkedTokenSource(source.token());
      child.token().register(() -> childRan.set(true));
      CompletionStage<Void> stage = source.cancelAsync();
      source.close();
      always.merge("completes", ends(stage), Boolean::logicalAnd);
      statuses.add(status(stage));
      always.merge("callback ran", ran.get(), Boolean::logicalAnd);
      always.merge("child", child.isCancellationRequested(), Boolean::logicalAnd);
      always.merge("child's callback ran", childRan.get(), Boolean::logicalAnd);
      ever.merge("Unregister", registration.unregister(), Boolean::logicalOr);
    }
    o.say("completes", always.remove("completes"));
    o.say("status", String.join(" or ", statuses));
    always.forEach(o::say);
    ever.forEach(o::say);
  }

  /** Waiting for a stage runs nothing, and threads of ours that block hold up nobody for long. */
  @Probe("core/async/wait-runs-it-inline")
  @Differs(record = STAGES, dotnet = "own thread, ended=false", ours = "own thread, ended=true")
  @Differs(
      record = STAGES,
      dotnet = "on the waiting thread=true",
      ours = "on the waiting thread=false")
  void waitRunsItInline(Out o) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i < 16; i++) {
      CancellationTokenSource blocked = new CancellationTokenSource();
      blocked.token().register(() -> await(release));
      blocked.cancelAsync();
    }
    for (boolean ours : new boolean[] {false, true}) {
      CancellationTokenSource source = new CancellationTokenSource();
      AtomicReference<Thread> ran = new AtomicReference<>();
      AtomicReference<Thread> waited = new AtomicReference<>();
      CountDownLatch ended = new CountDownLatch(1);
      source.token().register(() -> ran.set(Thread.currentThread()));
      Runnable body =
          () -> {
            waited.set(Thread.currentThread());
            source.cancelAsync().toCompletableFuture().join();
            ended.countDown();
          };
      if (ours) {
        CancellationTokenSource caller = new CancellationTokenSource();
        caller.token().register(body);
        caller.cancelAsync();
      } else {
        go(body::run);
      }
      o.say(ours ? "pool thread, ended" : "own thread, ended", opens(ended));
      o.say("on the waiting thread", ran.get() == waited.get());
    }
    release.countDown();
  }
}
