// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Background.go;
import static desist.Background.race;
import static desist.CancellationTokenSource.createLinkedTokenSource;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Canceling and closing parents and children: {@code core/linked}, its second part. */
final class LinkedCancelConformanceTest extends Conformance {
  private static final String NEVER_BEHIND = "0005-a-child-is-never-behind.md";

  /** A younger callback of the parent sees the older child canceled already. */
  @Probe("core/linked/state-lags-down-the-tree")
  @Differs(
      record = NEVER_BEHIND,
      dotnet = {
        "older sibling in younger's callback=false",
        "older child in parent's callback=false"
      },
      ours = {"older sibling in younger's callback=true", "older child in parent's callback=true"})
  void stateDoesNotLag(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    CancellationTokenSource older = createLinkedTokenSource(p.token());
    p.token()
        .register(() -> o.say("older child in parent's callback", older.isCancellationRequested()));
    CancellationTokenSource younger = createLinkedTokenSource(p.token());
    younger
        .token()
        .register(
            () -> o.say("older sibling in younger's callback", older.isCancellationRequested()));
    p.cancel();
    o.say("afterwards", older.isCancellationRequested());
  }

  @Probe("core/linked/exceptions-nest")
  void exceptionsNest(Out o) {
    CancellationTokenSource root = new CancellationTokenSource();
    root.token()
        .register(
            () -> {
              throw new IllegalArgumentException();
            });
    CancellationTokenSource child = createLinkedTokenSource(root.token());
    child.token().register(LinkedCancelConformanceTest::throwFormat);
    child
        .token()
        .register(
            () -> {
              throw new ClassCastException();
            });
    try {
      root.cancel();
    } catch (AggregateException e) {
      o.say(Out.describe(e));
      o.say("flat: " + Out.describe(e.flatten()));
    }
  }

  /** Closing the child in the parent's callback comes too late to save it. */
  @Probe("core/linked/pending-link-disposed-in-callback")
  @Differs(
      record = "0006-what-was-requested-is-carried-out.md",
      dotnet = "child=false",
      ours = {"child ran", "child=true"})
  void childClosedInParentsCallback(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    CancellationTokenSource c = createLinkedTokenSource(p.token());
    c.token().register(() -> o.say("child ran"));
    p.token().register(() -> c.close());
    p.cancel();
    o.say("child", c.isCancellationRequested());
  }

  @Probe("core/linked/dispose-in-own-callback")
  void closedInOwnCallback(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    CancellationTokenSource c = createLinkedTokenSource(p.token());
    c.token().register(() -> o.say("older still runs"));
    c.token()
        .register(
            () -> {
              c.close();
              o.say("Dispose returned");
            });
    o.attempt("Cancel", () -> p.cancel());
    o.say("child", c.isCancellationRequested());
  }

  @Probe("core/linked/dispose-waits-for-running-link")
  void closeWaitsForRunningLink(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    CancellationTokenSource c = createLinkedTokenSource(p.token());
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    c.token()
        .register(
            () -> {
              running.countDown();
              await(release);
              o.say("child's callback done");
            });
    Background canceling = go(() -> p.cancel());
    await(running);
    Background closer =
        go(
            () -> {
              c.close();
              o.say("Dispose returned");
            });
    o.say("still blocked", closer.blocks());
    release.countDown();
    closer.join();
    canceling.join();
  }

  @Probe("core/linked/dispose-does-not-wait-when-child-was-cancelled-itself")
  void closeDoesNotWaitWhenChildWasCanceledItself(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    CancellationTokenSource c = createLinkedTokenSource(p.token());
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    c.token()
        .register(
            () -> {
              running.countDown();
              await(release);
              o.say("child's callback done");
            });
    Background canceling = go(() -> c.cancel());
    await(running);
    c.close();
    o.say("Dispose returned");
    release.countDown();
    canceling.join();
  }

  @Probe("core/linked/dispose-against-parents-cancel-is-quiet")
  void closeAgainstParentsCancelIsQuiet(Out o) {
    AtomicInteger thrown = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      CancellationTokenSource p = new CancellationTokenSource();
      CancellationTokenSource c = createLinkedTokenSource(p.token());
      c.token().register(() -> {});
      race(() -> counting(thrown, () -> p.cancel()), () -> counting(thrown, () -> c.close()));
    }
    o.say("thrown", thrown.get());
  }

  @Probe("core/linked/throws-in-two-levels")
  void throwsInTwoLevels(Out o) {
    CancellationTokenSource root = new CancellationTokenSource();
    CancellationTokenSource a = createLinkedTokenSource(root.token());
    CancellationTokenSource b = createLinkedTokenSource(a.token());
    b.token().register(LinkedCancelConformanceTest::throwFormat);
    o.attempt("Cancel()", () -> root.cancel());
  }

  /** The second parent finds the child already requested and runs nothing of it. */
  @Probe("core/linked/two-parents-cancelled")
  void twoParentsCanceled(Out o) {
    CancellationTokenSource a = new CancellationTokenSource();
    CancellationTokenSource b = new CancellationTokenSource();
    CancellationTokenSource c = createLinkedTokenSource(a.token(), b.token());
    c.token()
        .register(
            () -> {
              o.say("ran");
              throw new FormatException();
            });
    o.attempt("a", () -> a.cancel());
    o.attempt("b", () -> b.cancel());
  }

  /** While a younger callback of the parent runs, other threads see parent and child agree. */
  @Probe("core/linked/window-seen-from-other-thread")
  @Differs(record = NEVER_BEHIND, dotnet = "child=false", ours = "child=true")
  @Differs(
      record = NEVER_BEHIND,
      dotnet = "registered on the child meanwhile",
      ours = {"registered on the child meanwhile", "parent's callback done"})
  void noWindowSeenFromOtherThread(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CancellationTokenSource c = createLinkedTokenSource(p.token());
    p.token()
        .register(
            () -> {
              running.countDown();
              await(release);
              o.say("parent's callback done");
            });
    Background canceling = go(() -> p.cancel());
    await(running);
    o.say("parent", p.isCancellationRequested());
    o.say("child", c.isCancellationRequested());
    o.say("child born now", createLinkedTokenSource(p.token()).isCancellationRequested());
    c.token().register(() -> o.say("registered on the child meanwhile"));
    release.countDown();
    canceling.join();
  }

  @Probe("core/linked/throw-on-first-skips-older-siblings")
  @Differs(
      record = NEVER_BEHIND,
      dotnet = "Cancel(true): FormatException",
      ours = {"older child ran", "Cancel(true): FormatException"})
  @Differs(record = NEVER_BEHIND, dotnet = "older child=false", ours = "older child=true")
  void throwOnFirstTellsOlderSiblings(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    CancellationTokenSource older = createLinkedTokenSource(p.token());
    older.token().register(() -> o.say("older child ran"));
    p.token().register(LinkedCancelConformanceTest::throwFormat);
    CancellationTokenSource younger = createLinkedTokenSource(p.token());
    o.attempt("Cancel(true)", () -> p.cancelThrowOnFirstException());
    o.say("younger child", younger.isCancellationRequested());
    o.say("older child", older.isCancellationRequested());
    older.cancel();
    o.say("its own Cancel still works", older.isCancellationRequested());
  }

  /** The child's callback cancels the parent, whose link finds the child requested. */
  @Probe("core/linked/child-callback-cancels-parent")
  void childCallbackCancelsParent(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    p.token().register(() -> o.say("parent older"));
    CancellationTokenSource c = createLinkedTokenSource(p.token());
    p.token().register(() -> o.say("parent younger"));
    c.token().register(() -> o.say("child older"));
    c.token()
        .register(
            () -> {
              p.cancel();
              o.say("child younger");
            });
    c.cancel();
  }

  @Probe("core/linked/to-grandparent-and-parent")
  @Differs(record = NEVER_BEHIND, dotnet = "leaf ran, mid=false", ours = "leaf ran, mid=true")
  void toGrandparentAndParent(Out o) {
    CancellationTokenSource root = new CancellationTokenSource();
    CancellationTokenSource mid = createLinkedTokenSource(root.token());
    CancellationTokenSource leaf = createLinkedTokenSource(mid.token(), root.token());
    leaf.token().register(() -> o.say("leaf ran, mid", mid.isCancellationRequested()));
    mid.token().register(() -> o.say("mid ran, leaf", leaf.isCancellationRequested()));
    root.cancel();
  }

  private static void counting(AtomicInteger thrown, Runnable body) {
    try {
      body.run();
    } catch (RuntimeException e) {
      thrown.incrementAndGet();
    }
  }

  private static void throwFormat() {
    throw new FormatException();
  }
}
