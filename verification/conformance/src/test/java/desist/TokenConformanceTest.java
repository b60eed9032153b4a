// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.canceled;
import static desist.CancellationToken.none;

import java.util.List;

/** Tokens: {@code core/token}. .NET's default value of a token is {@code none()} here. */
final class TokenConformanceTest extends Conformance {
  @Probe("core/token/none-and-default")
  void noneAndDefault(Out o) {
    CancellationToken made = none();
    o.say("None.CanBeCanceled", none().canBeCanceled());
    o.say("None.IsCancellationRequested", none().isCancellationRequested());
    o.say("None==default", none() == CancellationTokenRegistration.none().token());
    o.say("None==new(false)", none() == made);
    o.say("same hash", none().hashCode() == made.hashCode());
    o.attempt("ThrowIf", () -> made.throwIfCancellationRequested());
  }

  @Probe("core/token/none-equals-nothing-else")
  void noneEqualsNothingElse(Out o) {
    o.say("None==source token", none().equals(new CancellationTokenSource().token()));
    o.say("None==new(true)", none().equals(canceled()));
  }

  @Probe("core/token/precancelled")
  void precanceled(Out o) {
    CancellationToken t = canceled();
    CancellationTokenSource cts = new CancellationTokenSource();
    cts.cancel();
    o.say("CanBeCanceled", t.canBeCanceled());
    o.say("IsCancellationRequested", t.isCancellationRequested());
    o.say("equals another new(true)", t.equals(canceled()));
    o.say("equals the token of a cancelled source", t.equals(cts.token()));
    o.attempt("ThrowIf", () -> t.throwIfCancellationRequested());
    CancellationTokenRegistration r = t.register(() -> o.say("ran inline"));
    o.say("registration is default", r == CancellationTokenRegistration.none());
  }

  @Probe("core/token/copies-see-cancel")
  void copiesSeeCancel(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationToken early = cts.token();
    CancellationToken copy = early;
    cts.cancel();
    o.say("early", early.isCancellationRequested());
    o.say("copy", copy.isCancellationRequested());
    o.say("equal", early.equals(cts.token()));
  }

  @Probe("core/token/none-register")
  void noneRegister(Out o) {
    CancellationTokenRegistration r = none().register(() -> o.say("ran"));
    o.say("default", r == CancellationTokenRegistration.none());
    o.say("Unregister", r.unregister());
    o.attempt("Dispose", () -> r.close());
  }

  /** .NET's four overloads are {@code register} in two forms and the forms with a state. */
  @Probe("core/token/null-callback")
  void nullCallback(Out o) {
    for (CancellationToken t : List.of(none(), canceled(), new CancellationTokenSource().token())) {
      o.attempt("Register(null)", () -> t.register(null));
      o.attempt("Register(null, false)", () -> t.register(null, (SynchronizationContext) null));
      o.attempt("Register(null, state)", () -> t.registerWith("s", null));
      o.attempt("Register(null, state, true)", () -> t.registerWithToken("s", null));
    }
  }

  @Probe("core/token/throw-if")
  void throwIf(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    o.attempt("before", () -> cts.token().throwIfCancellationRequested());
    cts.cancel();
    try {
      cts.token().throwIfCancellationRequested();
    } catch (OperationCanceledException e) {
      o.say("type", Out.nameOf(e));
      o.say("token", e.token() == cts.token());
      o.say("inner", e.getCause());
    }
  }

  @Probe("core/token/of-disposed-source")
  @Differs(
      record = "0001-token-holds-the-state.md",
      dotnet = "hash=true",
      ours = {})
  void ofClosedSource(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationToken t = cts.token();
    cts.close();
    o.say("CanBeCanceled", t.canBeCanceled());
    o.say("IsCancellationRequested", t.isCancellationRequested());
    o.attempt("ThrowIf", () -> t.throwIfCancellationRequested());
    o.attemptValue(
        "Register is default",
        () -> t.register(() -> o.say("ran")) == CancellationTokenRegistration.none());
    o.attemptValue("WaitHandle", () -> t.waitHandle() != null);
    CancellationToken same = t;
    o.attemptValue("equals itself", () -> t.equals(same));
  }

  @Probe("core/token/hash")
  void hash(Out o) {
    CancellationToken alsoNone = CancellationTokenRegistration.none().token();
    o.say("None's is one and the same", none().hashCode() == alsoNone.hashCode());
    o.say("new(true)'s is one and the same", canceled().hashCode() == canceled().hashCode());
    o.say("None's is new(true)'s", none().hashCode() == canceled().hashCode());
    CancellationTokenSource cts = new CancellationTokenSource();
    int live = cts.token().hashCode();
    cts.cancel();
    o.say("unchanged by Cancel", cts.token().hashCode() == live);
  }

  /** The name of the type stands first here too, and the state after it. */
  @Probe("core/token/no-tostring")
  @Differs(
      record = "0002-reason-of-cancellation.md",
      dotnet = {
        "token=System.Threading.CancellationToken",
        "source=System.Threading.CancellationTokenSource",
        "registration=System.Threading.CancellationTokenRegistration"
      },
      ours = {
        "token=CancellationToken[cancellation requested]",
        "source=CancellationTokenSource[live]",
        "registration=desist.CancellationTokenRegistration"
      })
  void toStringTellsTheState(Out o) {
    o.say("token", canceled().toString());
    o.say("source", new CancellationTokenSource().toString());
    String registration = CancellationTokenRegistration.none().toString();
    o.say("registration", registration.substring(0, registration.indexOf('@')));
  }

  @Probe("core/token/throw-if-each-time-new")
  void throwIfEachTimeNew(Out o) {
    CancellationToken token = canceled();
    OperationCanceledException first = thrownBy(token);
    OperationCanceledException second = thrownBy(token);
    o.say("same object", first == second);
    o.say("message", first.getMessage());
    o.say("token", first.token() == token);
  }

  private static OperationCanceledException thrownBy(CancellationToken token) {
    try {
      token.throwIfCancellationRequested();
      throw new AssertionError("Nothing was thrown");
    } catch (OperationCanceledException e) {
      return e;
    }
  }
}
