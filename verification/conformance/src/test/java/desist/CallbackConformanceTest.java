// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Background.go;
import static desist.Background.onOtherThread;
import static desist.Background.race;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Callbacks, their order and what they may do: {@code core/callback}. */
final class CallbackConformanceTest extends Conformance {
  @Probe("core/callback/lifo")
  void lifo(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    for (String name : List.of("a", "b", "c")) {
      cts.token().register(() -> o.say(name));
    }
    cts.cancel();
  }

  @Probe("core/callback/lifo-after-unregister")
  void lifoAfterUnregister(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.token().register(() -> o.say("a"));
    CancellationTokenRegistration b = cts.token().register(() -> o.say("b"));
    cts.token().register(() -> o.say("c"));
    b.close();
    cts.token().register(() -> o.say("d"));
    cts.cancel();
  }

  @Probe("core/callback/register-inside-runs-inline")
  void registerInsideRunsInline(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.token().register(() -> o.say("a"));
    cts.token()
        .register(
            () -> {
              o.say("b in");
              CancellationTokenRegistration r = cts.token().register(() -> o.say("new"));
              o.say("default", r == CancellationTokenRegistration.none());
              o.say("b out");
            });
    cts.cancel();
  }

  @Probe("core/callback/register-inside-throws-into-callback")
  void registerInsideThrowsIntoCallback(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.token()
        .register(
            () -> o.attempt("Register", () -> cts.token().register(this::throwFormatException)));
    o.attempt("Cancel", () -> cts.cancel());
  }

  @Probe("core/callback/register-while-running-on-another-thread")
  void registerWhileRunningOnAnotherThread(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    cts.token()
        .register(
            () -> {
              running.countDown();
              await(release);
              o.say("callback done");
            });
    Background t = go(() -> cts.cancel());
    await(running);
    Thread me = Thread.currentThread();
    cts.token().register(() -> o.say("new one on its registrar", Thread.currentThread() == me));
    release.countDown();
    t.join();
  }

  @Probe("core/callback/unregister-pending-from-callback")
  void unregisterPendingFromCallback(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationTokenRegistration a = cts.token().register(() -> o.say("a"));
    CancellationTokenRegistration b = cts.token().register(() -> o.say("b"));
    cts.token().register(() -> o.say("c"));
    cts.token()
        .register(
            () -> {
              o.say("Unregister b", b.unregister());
              a.close();
            });
    cts.cancel();
    o.say("a afterwards", a.unregister());
  }

  @Probe("core/callback/disposes-itself")
  void closesItself(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    AtomicReference<CancellationTokenRegistration> self = new AtomicReference<>();
    self.set(
        cts.token()
            .register(
                () -> {
                  o.say("Unregister", self.get().unregister());
                  self.get().close();
                  o.say("Dispose returned");
                  o.say("DisposeAsync completed", Steps.isDone(self.get().closeAsync()));
                }));
    cts.cancel();
  }

  @Probe("core/callback/disposes-finished-one")
  void closesFinishedOne(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    AtomicReference<CancellationTokenRegistration> later = new AtomicReference<>();
    cts.token()
        .register(
            () -> {
              later.get().close();
              o.say("Dispose returned");
              o.say("Unregister", later.get().unregister());
            });
    later.set(cts.token().register(() -> o.say("runs first")));
    cts.cancel();
  }

  @Probe("core/callback/one-at-a-time")
  void oneAtATime(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      cts.token()
          .register(
              () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
              });
    }
    cts.cancel();
    o.say("at most at once", most.get());
  }

  /** Whoever wins, the callback runs exactly once, by the end of both calls. */
  @Probe("core/callback/register-against-cancel-runs-once")
  void registerAgainstCancelRunsOnce(Out o) {
    int wrong = 0;
    for (int i = 0; i < 100; i++) {
      CancellationTokenSource cts = new CancellationTokenSource();
      AtomicInteger runs = new AtomicInteger();
      race(() -> cts.cancel(), () -> cts.token().register(() -> runs.incrementAndGet()));
      if (runs.get() != 1) {
        wrong++;
      }
    }
    o.say("wrong", wrong);
  }

  /**
   * A future completed by a callback runs its dependents inside cancel. The dependent closes an
   * older registration, which therefore never runs.
   */
  @Probe("core/callback/completes-task-that-unregisters")
  void completesFutureThatUnregisters(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CompletableFuture<Integer> done = new CompletableFuture<>();
    CancellationTokenRegistration older = cts.token().register(() -> o.say("older ran"));
    cts.token().register(() -> done.complete(1));
    done.thenRun(older::close);
    cts.cancel();
    o.say("done");
  }

  @Probe("core/callback/lifo-across-threads")
  void lifoAcrossThreads(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    for (int i = 0; i < 4; i++) {
      int n = i;
      onOtherThread(() -> cts.token().register(() -> o.say("registered " + n)));
    }
    cts.cancel();
  }

  @Probe("core/callback/with-token")
  void withToken(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.token()
        .registerWithToken(
            "x",
            (s, t) -> {
              o.say("state", s);
              o.say("token", t == cts.token());
              o.say("requested", t.isCancellationRequested());
            });
    cts.cancel();
    cts.token().registerWithToken(null, (s, t) -> o.say("inline token", t == cts.token()));
    CancellationToken canceled = CancellationToken.canceled();
    canceled.registerWithToken(null, (s, t) -> o.say("precancelled token", t == canceled));
    o.attempt("null", () -> cts.token().registerWithToken("s", null));
  }

  @Probe("core/callback/with-token-after-dispose")
  void withTokenAfterClose(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationToken token = cts.token();
    token.registerWithToken(null, (s, t) -> o.say("token", t == token));
    token.registerWith(null, s -> cts.close());
    o.attempt("Cancel", () -> cts.cancel());
  }

  /** Of five, the one in the middle closes all: the younger have run, the older never do. */
  @Probe("core/callback/disposes-younger-and-older")
  void closesYoungerAndOlder(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationTokenRegistration[] all = new CancellationTokenRegistration[5];
    for (int i = 0; i < 5; i++) {
      int n = i;
      all[i] =
          cts.token()
              .register(
                  () -> {
                    o.say("ran " + n);
                    if (n == 2) {
                      List.of(all).forEach(CancellationTokenRegistration::close);
                    }
                  });
    }
    cts.cancel();
  }

  @Probe("core/callback/very-many")
  void veryMany(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    AtomicInteger next = new AtomicInteger(100_000);
    AtomicBoolean inOrder = new AtomicBoolean(true);
    for (int i = 0; i < 100_000; i++) {
      int n = i;
      cts.token()
          .register(
              () -> {
                if (n != next.decrementAndGet()) {
                  inOrder.set(false);
                }
              });
    }
    cts.cancel();
    o.say("all ran", next.get() == 0);
    o.say("newest first", inOrder.get());
  }

  private void throwFormatException() {
    throw new FormatException();
  }
}
