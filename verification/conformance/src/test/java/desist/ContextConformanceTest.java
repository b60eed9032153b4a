// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.onOtherThread;

/**
 * Which ambient values a callback sees: core/context, as far as {@code AsyncLocal} is concerned.
 *
 * <p>Java has no execution context to capture (decision 0010). What a thread carries about is its
 * {@code ThreadLocal}s, and a callback meets them as .NET's {@code UnsafeRegister} callbacks meet
 * {@code AsyncLocal}s: those of the thread that it runs on. So the probes of {@code UnsafeRegister}
 * agree, and those of {@code Register} decide.
 */
final class ContextConformanceTest extends Conformance {
  private static final String NO_CONTEXT = "0010-no-ambient-context.md";

  @Probe("core/context/async-local-of-registration")
  @Differs(
      record = NO_CONTEXT,
      dotnet = "callback sees=at registration",
      ours = "callback sees=at cancel")
  void asyncLocalOfRegistration(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadLocal<String> local = new ThreadLocal<>();
    local.set("at registration");
    source.token().register(() -> o.say("callback sees", local.get()));
    local.set("at cancel");
    source.cancel();
    o.say("canceller sees", local.get());
  }

  @Probe("core/context/each-callback-its-own")
  @Differs(
      record = NO_CONTEXT,
      dotnet = {"3 sees 3", "2 sees 2", "1 sees 1"},
      ours = {"3 sees 0", "2 sees 0", "1 sees 0"})
  void eachCallbackItsOwn(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadLocal<String> local = new ThreadLocal<>();
    for (int i = 1; i <= 3; i++) {
      int n = i;
      local.set(String.valueOf(n));
      source.token().register(() -> o.say(n + " sees " + local.get()));
    }
    local.set("0");
    source.cancel();
  }

  @Probe("core/context/changes-do-not-leak-when-it-throws")
  @Differs(
      record = NO_CONTEXT,
      dotnet = "canceller sees=c",
      ours = "canceller sees=set in callback")
  void changesDoNotLeakWhenItThrows(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadLocal<String> local = new ThreadLocal<>();
    source
        .token()
        .register(
            () -> {
              local.set("set in callback");
              throw new FormatException();
            });
    local.set("c");
    o.attempt("Cancel", source::cancel);
    o.say("canceller sees", local.get());
  }

  @Probe("core/context/inline-runs-in-the-registrars")
  void inlineRunsInTheRegistrars(Out o) throws Exception {
    ThreadLocal<String> local = new ThreadLocal<>();
    local.set("r");
    CancellationToken.canceled()
        .register(
            () -> {
              o.say("callback sees", local.get());
              local.set("set in callback");
            });
    o.say("registrar sees", local.get());
  }

  /** Every registration of ours is one whose flow is suppressed. */
  @Probe("core/context/suppressed-flow")
  void suppressedFlow(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadLocal<String> local = new ThreadLocal<>();
    local.set("r");
    source
        .token()
        .register(
            () -> {
              o.say("callback sees", local.get());
              local.set("leaked");
            });
    local.set("c");
    source.cancel();
    o.say("canceller sees", local.get());
  }

  @Probe("core/context/cancel-on-other-thread")
  @Differs(record = NO_CONTEXT, dotnet = "callback sees=r", ours = "callback sees=c")
  void cancelOnOtherThread(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadLocal<String> local = new ThreadLocal<>();
    local.set("r");
    source.token().register(() -> o.say("callback sees", local.get()));
    onOtherThread(
        () -> {
          local.set("c");
          source.cancel();
        });
  }

  @Probe("core/context/through-linked")
  @Differs(
      record = NO_CONTEXT,
      dotnet = "callback sees=at registration",
      ours = "callback sees=at cancel")
  void throughLinked(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadLocal<String> local = new ThreadLocal<>();
    local.set("at link");
    CancellationTokenSource child = CancellationTokenSource.createLinkedTokenSource(source.token());
    local.set("at registration");
    child.token().register(() -> o.say("callback sees", local.get()));
    local.set("at cancel");
    source.cancel();
  }

  @Probe("core/context/unsafe-register")
  void unsafeRegister(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadLocal<String> local = new ThreadLocal<>();
    local.set("at registration");
    source.token().register(() -> o.say("older sees", local.get()));
    source
        .token()
        .register(
            () -> {
              o.say("callback sees", local.get());
              local.set("set in callback");
            });
    local.set("at cancel");
    source.cancel();
    o.say("canceller sees", local.get());
  }

  @Probe("core/context/default-context-is-captured-too")
  @Differs(
      record = NO_CONTEXT,
      dotnet = {"callback sees=null", "canceller sees=c"},
      ours = {"callback sees=c", "canceller sees=set in callback"})
  void defaultContextIsCapturedToo(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadLocal<String> local = new ThreadLocal<>();
    source
        .token()
        .register(
            () -> {
              o.say("callback sees", local.get());
              local.set("set in callback");
            });
    local.set("c");
    source.cancel();
    o.say("canceller sees", local.get());
  }

  @Probe("core/context/same-context")
  @Differs(
      record = NO_CONTEXT,
      dotnet = {"older sees=both", "canceller sees=both"},
      ours = {"older sees=set in callback", "canceller sees=set in callback"})
  void sameContext(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadLocal<String> local = new ThreadLocal<>();
    local.set("both");
    source.token().register(() -> o.say("older sees", local.get()));
    source.token().register(() -> local.set("set in callback"));
    source.cancel();
    o.say("canceller sees", local.get());
  }

  /** 1 and 3 capture in .NET, 2 and 4 do not; here all four share the canceller's values. */
  @Probe("core/context/mixed")
  @Differs(
      record = NO_CONTEXT,
      dotnet = {
        "1 captured sees=r",
        "2 uncaptured sees=c",
        "3 captured sees=r",
        "4 uncaptured sees=by 2",
        "canceller sees=by 2"
      },
      ours = {
        "1 captured sees=c",
        "2 uncaptured sees=by 1",
        "3 captured sees=by 2",
        "4 uncaptured sees=by 3",
        "canceller sees=by 3"
      })
  void mixed(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadLocal<String> local = new ThreadLocal<>();
    local.set("r");
    source.token().register(() -> o.say("4 uncaptured sees", local.get()));
    source
        .token()
        .register(
            () -> {
              o.say("3 captured sees", local.get());
              local.set("by 3");
            });
    source
        .token()
        .register(
            () -> {
              o.say("2 uncaptured sees", local.get());
              local.set("by 2");
            });
    source
        .token()
        .register(
            () -> {
              o.say("1 captured sees", local.get());
              local.set("by 1");
            });
    local.set("c");
    source.cancel();
    o.say("canceller sees", local.get());
  }

  @Probe("core/context/unsafe-inside-captured")
  @Differs(record = NO_CONTEXT, dotnet = "canceller sees=c", ours = "canceller sees=inner")
  void unsafeInsideCaptured(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadLocal<String> local = new ThreadLocal<>();
    local.set("r");
    source
        .token()
        .register(
            () -> {
              local.set("outer");
              source
                  .token()
                  .register(
                      () -> {
                        o.say("inline sees", local.get());
                        local.set("inner");
                      });
              o.say("outer sees", local.get());
            });
    local.set("c");
    source.cancel();
    o.say("canceller sees", local.get());
  }

  @Probe("core/context/sync-context-flows-async-local")
  @Differs(record = NO_CONTEXT, dotnet = "callback sees=r", ours = "callback sees=null")
  void syncContextFlowsAsyncLocal(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    ThreadLocal<String> local = new ThreadLocal<>();
    local.set("r");
    source.token().register(() -> o.say("callback sees", local.get()), new Contexts.OtherThread());
    local.set("c");
    source.cancel();
  }
}
