// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.race;
import static desist.CancellationToken.none;
import static desist.CancellationTokenSource.createLinkedTokenSource;
import static desist.Steps.isSet;
import static desist.Steps.status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Making linked sources, and what they are: {@code core/linked}, its first part. */
final class LinkedConformanceTest extends Conformance {
  @Probe("core/linked/is-another-token")
  void isAnotherToken(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    CancellationTokenSource child = createLinkedTokenSource(p.token());
    o.say("equal", child.token().equals(p.token()));
    p.cancel();
    try {
      child.token().throwIfCancellationRequested();
    } catch (OperationCanceledException e) {
      o.say("child's", e.token() == child.token());
      o.say("parent's", e.token() == p.token());
    }
  }

  @Probe("core/linked/already-cancelled")
  void alreadyCanceled(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    p.cancel();
    CancellationToken canceled = p.token();
    CancellationToken live = new CancellationTokenSource().token();
    o.say("one", createLinkedTokenSource(canceled).isCancellationRequested());
    o.say("first of two", createLinkedTokenSource(canceled, live).isCancellationRequested());
    o.say("second of two", createLinkedTokenSource(live, canceled).isCancellationRequested());
    o.say("last of three", createLinkedTokenSource(live, live, canceled).isCancellationRequested());
    o.say(
        "precancelled",
        createLinkedTokenSource(CancellationToken.canceled()).isCancellationRequested());
    o.say("is that token", createLinkedTokenSource(canceled).token() == canceled);
  }

  @Probe("core/linked/mixed-none")
  void mixedNone(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    CancellationTokenSource a = createLinkedTokenSource(none(), p.token());
    CancellationTokenSource b = createLinkedTokenSource(p.token(), none());
    CancellationTokenSource c = createLinkedTokenSource(none(), p.token(), none());
    p.cancel();
    o.say(
        "all",
        a.isCancellationRequested() && b.isCancellationRequested() && c.isCancellationRequested());
  }

  @Probe("core/linked/arguments")
  void arguments(Out o) {
    o.attempt("null array", () -> createLinkedTokenSource((CancellationToken[]) null));
    o.attempt("empty array", () -> createLinkedTokenSource(new CancellationToken[0]));
    o.attemptValue(
        "array of one",
        () -> createLinkedTokenSource(new CancellationToken[] {none()}).isCancellationRequested());
  }

  @Probe("core/linked/array-is-copied")
  void arrayIsCopied(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    CancellationToken[] tokens = {p.token(), none(), none()};
    CancellationTokenSource c = createLinkedTokenSource(tokens);
    tokens[0] = none();
    p.cancel();
    o.say("cancelled", c.isCancellationRequested());
  }

  @Probe("core/linked/to-disposed-source")
  void toClosedSource(Out o) {
    CancellationTokenSource live = new CancellationTokenSource();
    CancellationToken t = live.token();
    live.close();
    o.attemptValue(
        "live when disposed", () -> createLinkedTokenSource(t, t).isCancellationRequested());
    CancellationTokenSource canceled = new CancellationTokenSource();
    CancellationToken u = canceled.token();
    canceled.cancel();
    canceled.close();
    o.attemptValue(
        "cancelled when disposed", () -> createLinkedTokenSource(u, u).isCancellationRequested());
  }

  @Probe("core/linked/parent-disposed-later")
  void parentClosedLater(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    CancellationTokenSource c = createLinkedTokenSource(p.token());
    p.close();
    o.say("child", c.isCancellationRequested());
    c.token().register(() -> o.say("child ran"));
    c.cancel();
    o.attempt("child Dispose", () -> c.close());
  }

  @Probe("core/linked/long-chain")
  void longChain(Out o) {
    CancellationTokenSource root = new CancellationTokenSource();
    CancellationTokenSource last = root;
    for (int i = 0; i < 200; i++) {
      last = createLinkedTokenSource(last.token());
    }
    root.cancel();
    o.say("last", last.isCancellationRequested());
  }

  /** .NET's span is a collection here. */
  @Probe("core/linked/span")
  void collection(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    List<CancellationToken> tokens = new ArrayList<>(Arrays.asList(none(), p.token(), none()));
    CancellationTokenSource c = createLinkedTokenSource(tokens);
    o.attempt("empty span", () -> createLinkedTokenSource(List.of()));
    tokens.set(1, none());
    p.cancel();
    o.say("cancelled", c.isCancellationRequested());
  }

  @Probe("core/linked/made-inside-callback")
  void madeInsideCallback(Out o) {
    CancellationTokenSource p = new CancellationTokenSource();
    p.token().register(() -> o.say("older"));
    p.token()
        .register(
            () -> {
              CancellationTokenSource c = createLinkedTokenSource(p.token(), none());
              o.say("requested", c.isCancellationRequested());
              c.token().register(() -> o.say("inline"));
              o.say("handle", isSet(c.token().waitHandle()));
            });
    p.cancel();
  }

  @Probe("core/linked/already-cancelled-members")
  void alreadyCanceledMembers(Out o) {
    CancellationTokenSource c =
        createLinkedTokenSource(
            CancellationToken.canceled(), new CancellationTokenSource().token());
    o.say("handle", isSet(c.token().waitHandle()));
    o.say("TryReset", c.tryReset());
    o.attempt("Cancel(true)", () -> c.cancelThrowOnFirstException());
    o.say("CancelAsync", status(c.cancelAsync()));
    o.attempt("Dispose", () -> c.close());
    o.say("requested", c.isCancellationRequested());
  }

  @Probe("core/linked/params")
  void variableArguments(Out o) {
    o.attempt("no tokens", () -> createLinkedTokenSource());
    o.attempt("default span", () -> createLinkedTokenSource(List.of()));
    CancellationTokenSource p = new CancellationTokenSource();
    CancellationTokenSource c = createLinkedTokenSource(none(), none(), none(), p.token());
    p.cancel();
    o.say("four tokens", c.isCancellationRequested());
  }

  /** A child made while the parent is canceled is requested when both calls have returned. */
  @Probe("core/linked/made-against-cancel")
  void madeAgainstCancel(Out o) {
    int wrong = 0;
    for (int i = 0; i < 100; i++) {
      CancellationTokenSource p = new CancellationTokenSource();
      AtomicReference<CancellationTokenSource> c = new AtomicReference<>();
      race(() -> p.cancel(), () -> c.set(createLinkedTokenSource(p.token())));
      if (!c.get().isCancellationRequested()) {
        wrong++;
      }
    }
    o.say("wrong", wrong);
  }
}
