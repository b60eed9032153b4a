// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Background.go;
import static desist.Background.race;
import static desist.Steps.status;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Closing a source: {@code core/dispose}. */
final class CloseConformanceTest extends Conformance {
  @Probe("core/dispose/does-not-cancel")
  void doesNotCancel(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationToken t = cts.token();
    t.register(() -> o.say("ran"));
    cts.close();
    o.say("source", cts.isCancellationRequested());
    o.say("token", t.isCancellationRequested());
  }

  @Probe("core/dispose/keeps-cancelled-state")
  void keepsCanceledState(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.cancel();
    cts.close();
    o.say("requested", cts.isCancellationRequested());
  }

  @Probe("core/dispose/inside-callback")
  void insideCallback(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationToken t = cts.token();
    t.register(() -> o.say("older still runs"));
    t.register(
        () -> {
          cts.close();
          o.attemptValue("Token", () -> cts.token().canBeCanceled());
          o.attempt("nested Cancel", () -> cts.cancel());
          t.register(() -> o.say("inline even now"));
        });
    o.attempt("Cancel", () -> cts.cancel());
    o.attempt("second Cancel", () -> cts.cancel());
  }

  @Probe("core/dispose/from-other-thread-during-cancel")
  void fromOtherThreadDuringCancel(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    cts.token().register(() -> o.say("older still runs"));
    cts.token()
        .register(
            () -> {
              running.countDown();
              await(release);
            });
    Background canceling = go(() -> o.attempt("Cancel", () -> cts.cancel()));
    await(running);
    cts.close();
    o.say("Dispose returned");
    release.countDown();
    canceling.join();
  }

  @Probe("core/dispose/async-and-reset")
  void asyncAndReset(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.cancel();
    cts.close();
    o.attemptValue("TryReset", () -> cts.tryReset());
    o.attemptValue("CancelAsync", () -> status(cts.cancelAsync()));
    o.attempt("linked", () -> CancellationTokenSource.createLinkedTokenSource(cts.token()));
  }

  /** Closing racing with the others: they throw ObjectDisposedException or nothing. */
  @Probe("core/dispose/against-everything-is-quiet")
  void againstEverythingIsQuiet(Out o) {
    AtomicInteger other = new AtomicInteger();
    for (int i = 0; i < 60; i++) {
      for (int which = 0; which < 6; which++) {
        CancellationTokenSource cts = new CancellationTokenSource();
        CancellationToken token = cts.token();
        CancellationTokenRegistration r = token.register(() -> {});
        Runnable[] against = {
          () -> token.register(() -> {}),
          () -> r.unregister(),
          () -> r.close(),
          () -> cts.cancel(),
          () -> cts.cancelAfter(Duration.ofSeconds(1)),
          () -> cts.tryReset()
        };
        int rival = which;
        race(() -> quietly(other, cts::close), () -> quietly(other, against[rival]));
      }
    }
    o.say("other exceptions", other.get());
  }

  @Probe("core/dispose/register-and-unregister-never-throw")
  void registerAndUnregisterNeverThrow(Out o) {
    AtomicInteger thrown = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      CancellationTokenSource cts = new CancellationTokenSource();
      CancellationToken token = cts.token();
      race(
          () -> counting(thrown, cts::close),
          () ->
              counting(
                  thrown,
                  () -> {
                    CancellationTokenRegistration r = token.register(() -> {});
                    r.unregister();
                    r.close();
                  }));
    }
    o.say("thrown", thrown.get());
  }

  /** Registrations still to come can be taken back after the source was closed too. */
  @Probe("core/dispose/inside-callback-then-unregister")
  void insideCallbackThenUnregister(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationTokenRegistration older = cts.token().register(() -> o.say("never"));
    cts.token()
        .register(
            () -> {
              cts.close();
              o.say("Unregister", older.unregister());
            });
    o.attempt("Cancel", () -> cts.cancel());
  }

  private static void quietly(AtomicInteger others, Runnable body) {
    try {
      body.run();
    } catch (ObjectDisposedException e) {
      // What closing may do to the others.
    } catch (RuntimeException e) {
      others.incrementAndGet();
    }
  }

  private static void counting(AtomicInteger thrown, Runnable body) {
    try {
      body.run();
    } catch (RuntimeException e) {
      thrown.incrementAndGet();
    }
  }
}
