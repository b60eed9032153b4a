// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Background.go;
import static desist.Background.onOtherThread;
import static desist.Background.race;
import static desist.Steps.ends;
import static desist.Steps.isDone;
import static desist.Steps.status;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** Registrations: {@code core/registration}. */
final class RegistrationConformanceTest extends Conformance {
  @Probe("core/registration/dispose-removes")
  void closeRemoves(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationTokenRegistration r = cts.token().register(() -> o.say("ran"));
    r.close();
    o.attempt("again", () -> r.close());
    o.say("Unregister", r.unregister());
    cts.cancel();
  }

  @Probe("core/registration/after-cancel")
  void afterCancel(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationTokenRegistration r = cts.token().register(() -> o.say("ran"));
    cts.cancel();
    o.say("Unregister", r.unregister());
    o.attempt("Dispose", () -> r.close());
    o.say("DisposeAsync", isDone(r.closeAsync()));
    o.say("Token", r.token() == cts.token());
  }

  @Probe("core/registration/token")
  void token(Out o) {
    CancellationTokenSource live = new CancellationTokenSource();
    CancellationToken t = live.token();
    CancellationTokenRegistration r = t.register(() -> {});
    o.say("live", r.token() == t);
    r.close();
    o.say("unregistered", r.token() == t);
    CancellationTokenSource canceled = new CancellationTokenSource();
    canceled.cancel();
    CancellationTokenRegistration inline = canceled.token().register(() -> {});
    o.say("inline one is None", inline.token() == CancellationToken.none());
  }

  @Probe("core/registration/stale-handle-does-not-hit-successor")
  void staleRegistrationDoesNotHitSuccessor(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationTokenRegistration old = cts.token().register(() -> o.say("old"));
    old.close();
    CancellationTokenRegistration fresh = cts.token().register(() -> o.say("fresh"));
    o.say("equal", old.equals(fresh));
    o.say("old.Unregister", old.unregister());
    old.close();
    cts.cancel();
  }

  @Probe("core/registration/dispose-blocks-while-callback-runs")
  void closeBlocksWhileCallbackRuns(Out o) {
    RunningCallback running = new RunningCallback(o, "callback done");
    Background closer =
        go(
            () -> {
              running.registration.close();
              o.say("Dispose returned");
            });
    o.say("still blocked", closer.blocks());
    running.release.countDown();
    closer.join();
    running.canceling.join();
  }

  /** Either it is unregistered or the callback runs, never both, never neither. */
  @Probe("core/registration/unregister-or-run")
  void unregisterOrRun(Out o) {
    int wrong = 0;
    for (int i = 0; i < 100; i++) {
      CancellationTokenSource cts = new CancellationTokenSource();
      AtomicBoolean ran = new AtomicBoolean();
      AtomicBoolean removed = new AtomicBoolean();
      CancellationTokenRegistration r = cts.token().register(() -> ran.set(true));
      race(() -> cts.cancel(), () -> removed.set(r.unregister()));
      if (ran.get() == removed.get()) {
        wrong++;
      }
    }
    o.say("wrong", wrong);
  }

  @Probe("core/registration/nothing-runs-after-dispose")
  void nothingRunsAfterClose(Out o) {
    int wrong = 0;
    for (int i = 0; i < 100; i++) {
      CancellationTokenSource cts = new CancellationTokenSource();
      AtomicBoolean closed = new AtomicBoolean();
      AtomicBoolean late = new AtomicBoolean();
      CancellationTokenRegistration r =
          cts.token()
              .register(
                  () -> {
                    Thread.yield();
                    if (closed.get()) {
                      late.set(true);
                    }
                  });
      race(
          () -> cts.cancel(),
          () -> {
            r.close();
            closed.set(true);
          });
      if (late.get()) {
        wrong++;
      }
    }
    o.say("wrong", wrong);
  }

  @Probe("core/registration/dispose-finished-while-another-runs")
  void closeFinishedWhileAnotherRuns(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    cts.token()
        .register(
            () -> {
              running.countDown();
              await(release);
              o.say("second done");
            });
    CancellationTokenRegistration first = cts.token().register(() -> o.say("first done"));
    Background canceling = go(() -> cts.cancel());
    await(running);
    first.close();
    o.say("Dispose returned");
    release.countDown();
    canceling.join();
  }

  /** The callback tries the lock for a limited time: a plain lock would block for ever. */
  @Probe("core/registration/dispose-holding-lock-the-callback-wants")
  void closeHoldingLockTheCallbackWants(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    ReentrantLock gate = new ReentrantLock();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    CancellationTokenRegistration r =
        cts.token()
            .register(
                () -> {
                  running.countDown();
                  await(held);
                  o.attemptValue(
                      "lock got in time", () -> gate.tryLock(200, TimeUnit.MILLISECONDS));
                });
    Background canceling = go(() -> cts.cancel());
    await(running);
    gate.lock();
    try {
      held.countDown();
      r.close();
      o.say("Dispose returned");
    } finally {
      gate.unlock();
    }
    canceling.join();
  }

  @Probe("core/registration/unregister-after-source-dispose")
  void unregisterAfterSourceClosed(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationTokenRegistration r = cts.token().register(() -> o.say("ran"));
    cts.close();
    o.attemptValue("Unregister", () -> r.unregister());
    o.attemptValue("again", () -> r.unregister());
    o.attempt("Dispose", () -> r.close());
  }

  @Probe("core/registration/dispose-async-completes-after-callback")
  void closeAsyncCompletesAfterCallback(Out o) {
    RunningCallback running = new RunningCallback(o, "callback done");
    CompletionStage<Void> stage = running.registration.closeAsync();
    o.say("completed early", stage.toCompletableFuture().isDone());
    running.release.countDown();
    o.say("completes", ends(stage));
    running.canceling.join();
  }

  @Probe("core/registration/token-after-source-dispose")
  void tokenAfterSourceClosed(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationToken t = cts.token();
    CancellationTokenRegistration r = t.register(() -> {});
    cts.close();
    o.attemptValue("registered", () -> r.token() == t);
    r.close();
    o.attemptValue("unregistered", () -> r.token() == t);
  }

  @Probe("core/registration/dispose-async-pending")
  void closeAsyncPending(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationTokenRegistration r = cts.token().register(() -> o.say("never"));
    o.say("completed", isDone(r.closeAsync()));
    o.say("again", isDone(r.closeAsync()));
    o.say("Unregister", r.unregister());
    cts.cancel();
  }

  @Probe("core/registration/dispose-async-while-another-runs")
  void closeAsyncWhileAnotherRuns(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CancellationTokenRegistration pending = cts.token().register(() -> o.say("never"));
    cts.token()
        .register(
            () -> {
              running.countDown();
              await(release);
            });
    CancellationTokenRegistration finished = cts.token().register(() -> {});
    Background canceling = go(() -> cts.cancel());
    await(running);
    o.say("pending one", isDone(pending.closeAsync()));
    o.say("finished one", isDone(finished.closeAsync()));
    release.countDown();
    canceling.join();
  }

  @Probe("core/registration/dispose-async-when-callback-throws")
  void closeAsyncWhenCallbackThrows(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CancellationTokenRegistration r =
        cts.token()
            .register(
                () -> {
                  running.countDown();
                  await(release);
                  throw new FormatException();
                });
    Background canceling = go(() -> o.attempt("Cancel", () -> cts.cancel()));
    await(running);
    CompletionStage<Void> stage = r.closeAsync();
    release.countDown();
    canceling.join();
    o.say("in time", ends(stage));
    o.say("status", status(stage));
  }

  /** .NET's wait is broken off by an interrupt. Ours goes on, and the interrupt stays pending. */
  @Probe("core/registration/wait-is-a-spin")
  @Differs(
      record = "0016-interruption.md",
      dotnet = {
        "Dispose: ThreadInterruptedException",
        "ended by the interrupt=true",
        "callback done"
      },
      ours = {
        "ended by the interrupt=false",
        "callback done",
        "Dispose: ok",
        "interrupt still pending=true"
      })
  void waitIsNotInterruptible(Out o) {
    RunningCallback running = new RunningCallback(o, "callback done");
    Background closer =
        go(
            () -> {
              o.attempt("Dispose", () -> running.registration.close());
              o.say("interrupt still pending", Thread.interrupted());
            });
    closer.blocks();
    closer.thread().interrupt();
    o.say("ended by the interrupt", closer.endsWithin(Duration.ofMillis(200)));
    running.release.countDown();
    running.canceling.join();
    closer.join();
  }

  /** Running callbacks of one source exempts no thread from waiting for another source's. */
  @Probe("core/registration/exempt-is-by-source")
  void exemptIsBySource(Out o) {
    RunningCallback running = new RunningCallback(o, "a's callback done");
    CancellationTokenSource b = new CancellationTokenSource();
    b.token()
        .register(
            () -> {
              running.registration.close();
              o.say("Dispose returned");
            });
    Background other = go(() -> b.cancel());
    o.say("waits", other.blocks());
    running.release.countDown();
    other.join();
    running.canceling.join();
  }

  /** A callback that is run inline on another thread waits like any other code there. */
  @Probe("core/registration/inline-callback-is-not-exempt")
  void inlineCallbackIsNotExempt(Out o) {
    RunningCallback running = new RunningCallback(o, "callback done");
    Background other =
        go(
            () ->
                running
                    .cts
                    .token()
                    .register(
                        () -> {
                          running.registration.close();
                          o.say("Dispose returned");
                        }));
    o.say("waits", other.blocks());
    running.release.countDown();
    other.join();
    running.canceling.join();
  }

  /** With an interrupt pending: nothing that does not wait minds, and the interrupt stays. */
  @Probe("core/registration/interrupted-thread")
  void interruptedThread(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationTokenRegistration r = cts.token().register(() -> o.say("never"));
    cts.token().register(() -> o.say("ran"));
    onOtherThread(
        () -> {
          Thread.currentThread().interrupt();
          o.attempt("Dispose", () -> r.close());
          o.attempt("Cancel", () -> cts.cancel());
          o.attempt("Register", () -> cts.token().register(() -> o.say("inline")));
          o.attempt("Dispose of the source", () -> cts.close());
          o.attempt("Sleep", () -> Thread.sleep(1));
        });
  }

  /** A source that is being canceled, by a thread that is held up inside its only callback. */
  private static final class RunningCallback {
    final CancellationTokenSource cts = new CancellationTokenSource();
    final CountDownLatch release = new CountDownLatch(1);
    final CancellationTokenRegistration registration;
    final Background canceling;

    RunningCallback(Out o, String done) {
      CountDownLatch running = new CountDownLatch(1);
      registration =
          cts.token()
              .register(
                  () -> {
                    running.countDown();
                    Background.await(release);
                    o.say(done);
                  });
      canceling = go(() -> cts.cancel());
      Background.await(running);
    }
  }
}
