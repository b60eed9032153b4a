// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Background.go;
import static desist.Background.race;
import static desist.Steps.isSet;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Canceling: {@code core/cancel}. */
final class CancelConformanceTest extends Conformance {
  @Probe("core/cancel/once")
  void once(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.token().register(() -> o.say("ran"));
    cts.cancel();
    o.attempt("second", () -> cts.cancel());
    o.attempt("third, throwing", () -> cts.cancelThrowOnFirstException());
  }

  @Probe("core/cancel/synchronous-on-caller")
  void synchronousOnTheCaller(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    Thread caller = Thread.currentThread();
    cts.token().register(() -> o.say("callback on the caller", Thread.currentThread() == caller));
    cts.cancel();
    o.say("Cancel returned");
  }

  @Probe("core/cancel/waits-for-callbacks")
  void waitsForCallbacks(Out o) {
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
    Background t =
        go(
            () -> {
              cts.cancel();
              o.say("Cancel returned");
            });
    await(running);
    o.say("requested meanwhile", cts.isCancellationRequested());
    o.say("Cancel still blocked", t.blocks());
    release.countDown();
    t.join();
  }

  @Probe("core/cancel/second-caller-does-not-wait")
  void secondCallerDoesNotWait(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    cts.token().register(() -> o.say("b ran"));
    cts.token()
        .register(
            () -> {
              running.countDown();
              await(release);
              o.say("a done");
            });
    Background t = go(() -> cts.cancel());
    await(running);
    cts.cancel();
    o.say("second Cancel returned, callbacks still running");
    release.countDown();
    t.join();
  }

  /** The mode of the outermost call holds; the inner one changes nothing. */
  @Probe("core/cancel/reentrant-throwing-overload")
  void reentrantThrowingForm(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.token().register(CancelConformanceTest::throwArgument);
    cts.token()
        .register(
            () -> {
              o.attempt("inner", () -> cts.cancelThrowOnFirstException());
              throw new FormatException();
            });
    o.attempt("outer", () -> cts.cancel());
  }

  @Probe("core/cancel/single-exception-is-wrapped")
  void singleExceptionIsWrapped(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    FormatException mine = new FormatException();
    cts.token()
        .register(
            () -> {
              throw mine;
            });
    try {
      cts.cancel();
    } catch (AggregateException e) {
      o.say("count", e.innerExceptions().size());
      o.say("same object", e.innerExceptions().get(0) == mine && e.getCause() == mine);
    }
  }

  @Probe("core/cancel/aggregate-in-callback-is-not-flattened")
  void aggregateInCallbackIsNotFlattened(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.token()
        .register(
            () -> {
              throw new AggregateException(new FormatException(), new IllegalArgumentException());
            });
    o.attempt("Cancel", () -> cts.cancel());
  }

  @Probe("core/cancel/throw-on-first")
  void throwOnFirst(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationTokenRegistration never = cts.token().register(() -> o.say("never runs"));
    cts.token().register(CancelConformanceTest::throwArgument);
    cts.token().register(() -> o.say("ran before"));
    o.attempt("Cancel(true)", () -> cts.cancelThrowOnFirstException());
    o.say("requested", cts.isCancellationRequested());
    o.attempt("Cancel", () -> cts.cancel());
    cts.token().register(() -> o.say("late one runs inline"));
    o.say("skipped one unregisters", never.unregister());
  }

  @Probe("core/cancel/throw-on-first-same-object")
  void throwOnFirstSameObject(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    FormatException mine = new FormatException();
    cts.token()
        .register(
            () -> {
              throw mine;
            });
    try {
      cts.cancelThrowOnFirstException();
    } catch (RuntimeException e) {
      o.say("same object", e == mine);
    }
  }

  @Probe("core/cancel/nested-source")
  void nestedSource(Out o) {
    CancellationTokenSource outer = new CancellationTokenSource();
    CancellationTokenSource inner = new CancellationTokenSource();
    inner.token().register(CancelConformanceTest::throwFormat);
    outer.token().register(() -> o.say("outer a"));
    outer.token().register(inner::cancel);
    o.attempt("Cancel", () -> outer.cancel());
  }

  @Probe("core/cancel/after-dispose")
  void afterClose(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.token().register(() -> o.say("never"));
    cts.close();
    o.attempt("Cancel()", () -> cts.cancel());
    o.attempt("Cancel(true)", () -> cts.cancelThrowOnFirstException());
    o.say("requested", cts.isCancellationRequested());
    CancellationTokenSource done = new CancellationTokenSource();
    done.cancel();
    done.close();
    o.attempt("Cancel, cancelled and disposed", () -> done.cancel());
  }

  @Probe("core/cancel/racing-cancels-run-callbacks-once")
  void racingCancelsRunCallbacksOnce(Out o) {
    int wrong = 0;
    for (int i = 0; i < 100; i++) {
      CancellationTokenSource cts = new CancellationTokenSource();
      AtomicInteger runs = new AtomicInteger();
      for (int k = 0; k < 3; k++) {
        cts.token().register(() -> runs.incrementAndGet());
      }
      race(() -> cts.cancel(), () -> cts.cancel());
      if (runs.get() != 3) {
        wrong++;
      }
    }
    o.say("wrong", wrong);
  }

  /** Two sources that cancel each other: the second hop finds its source already canceled. */
  @Probe("core/cancel/mutual")
  void mutual(Out o) {
    CancellationTokenSource a = new CancellationTokenSource();
    CancellationTokenSource b = new CancellationTokenSource();
    a.token()
        .register(
            () -> {
              o.say("a to b");
              b.cancel();
            });
    b.token()
        .register(
            () -> {
              o.say("b to a");
              a.cancel();
            });
    a.cancel();
    o.say("b", b.isCancellationRequested());
  }

  @Probe("core/cancel/order-of-events")
  @Differs(
      record = "0011-handles-belong-to-the-token.md",
      dotnet = "timer: Dispose, requested=True handle=False",
      ours = "timer: Dispose, requested=True handle=True")
  void orderOfEvents(Out o) {
    ManualTime time = new ManualTime();
    CancellationTokenSource cts = new CancellationTokenSource(Duration.ofMillis(10), time);
    WaitHandle h = cts.token().waitHandle();
    time.log =
        event ->
            o.say(
                String.format(
                    "timer: %s, requested=%s handle=%s",
                    event, capital(cts.isCancellationRequested()), capital(isSet(h))));
    cts.token()
        .register(
            () -> {
              o.say("callback, handle", isSet(h));
              throw new FormatException();
            });
    o.attempt("Cancel", () -> cts.cancel());
  }

  @Probe("core/cancel/many-exceptions")
  void manyExceptions(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    for (int i = 0; i < 6; i++) {
      int n = i;
      cts.token()
          .register(
              () -> {
                if (n != 3) {
                  throw new RuntimeException(Integer.toString(n));
                }
              });
    }
    try {
      cts.cancel();
    } catch (AggregateException e) {
      o.say(
          "messages",
          e.innerExceptions().stream().map(Throwable::getMessage).collect(Collectors.toList()));
      o.say("first", e.getCause().getMessage());
      o.say("message", e.getMessage());
    }
  }

  @Probe("core/cancel/throw-on-first-nothing-thrown")
  void throwOnFirstNothingThrown(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.token().register(() -> o.say("a"));
    cts.token().register(() -> o.say("b"));
    o.attempt("Cancel(true)", () -> cts.cancelThrowOnFirstException());
  }

  @Probe("core/cancel/disposed-message")
  void closedMessage(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.close();
    try {
      cts.cancel();
    } catch (ObjectDisposedException e) {
      o.say("object", e.objectName());
      o.say("message", e.getMessage().replace("\n", " | "));
    }
  }

  private static String capital(boolean value) {
    return value ? "True" : "False";
  }

  private static void throwArgument() {
    throw new IllegalArgumentException();
  }

  private static void throwFormat() {
    throw new FormatException();
  }
}
