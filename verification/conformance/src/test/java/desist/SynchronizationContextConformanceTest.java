// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Contexts.within;
import static desist.Steps.onThreadOfOurs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Callbacks that are sent to a synchronization context: core/context.
 *
 * <p>Where .NET's {@code useSynchronizationContext: true} takes the current context, {@code
 * register} is given {@code SynchronizationContext.current()}.
 */
final class SynchronizationContextConformanceTest extends Conformance {
  /** Registers the callback with the context as the current one, and asks for it. */
  private static CancellationTokenRegistration registerWithin(
      CancellationTokenSource source, SynchronizationContext context, Runnable callback)
      throws Exception {
    AtomicReference<CancellationTokenRegistration> registration = new AtomicReference<>();
    within(
        context,
        () ->
            registration.set(source.token().register(callback, SynchronizationContext.current())));
    return registration.get();
  }

  @Probe("core/context/sync-context-send")
  void send(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Contexts.Counting counting = new Contexts.Counting();
    registerWithin(source, counting, () -> o.say("ran"));
    source.cancel();
    o.say("sends", counting.sends);
    o.say("posts", counting.posts);
  }

  @Probe("core/context/sync-context-not-asked-for")
  void notAskedFor(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Contexts.Counting counting = new Contexts.Counting();
    within(
        counting,
        () -> {
          source.token().register(() -> o.say("a"));
          source.token().register(() -> o.say("b"), (SynchronizationContext) null);
          source.token().registerWith(o, s -> s.say("c"));
          source.token().registerWithToken(o, (s, token) -> s.say("d"));
        });
    source.cancel();
    o.say("sends", counting.sends);
  }

  @Probe("core/context/sync-context-order-and-wait")
  void orderAndWait(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Thread caller = Thread.currentThread();
    source
        .token()
        .register(() -> o.say("older on the canceller", Thread.currentThread() == caller));
    registerWithin(
        source,
        new Contexts.OtherThread(),
        () -> o.say("younger on the canceller", Thread.currentThread() == caller));
    source.cancel();
  }

  @Probe("core/context/sync-context-dispose-inside")
  void disposeInside(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    AtomicReference<CancellationTokenRegistration> self = new AtomicReference<>();
    CancellationTokenRegistration older = source.token().register(() -> o.say("never"));
    self.set(
        registerWithin(
            source,
            new Contexts.OtherThread(),
            () -> {
              self.get().close();
              older.close();
              o.say("both returned");
            }));
    source.cancel();
  }

  /** The line "restored" differs: nothing is captured, so nothing is put back. */
  @Probe("core/context/current-sync-context-is-the-cancellers")
  @Differs(record = "0010-no-ambient-context.md", dotnet = "restored=true", ours = "restored=false")
  void currentIsTheCancellers(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Contexts.Counting counting = new Contexts.Counting();
    within(
        new Contexts.Counting(),
        () ->
            source
                .token()
                .register(
                    () -> {
                      o.say(
                          "current is the canceller's",
                          SynchronizationContext.current() == counting);
                      SynchronizationContext.setSynchronizationContext(null);
                    }));
    within(
        counting,
        () -> {
          source.cancel();
          o.say("restored", SynchronizationContext.current() == counting);
        });
  }

  @Probe("core/context/unsafe-register-leaks-sync-context")
  void unsafeRegisterLeaksIt(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Contexts.Counting counting = new Contexts.Counting();
    source.token().register(() -> SynchronizationContext.setSynchronizationContext(counting));
    within(
        null,
        () -> {
          source.cancel();
          o.say("left behind", SynchronizationContext.current() == counting);
        });
  }

  @Probe("core/context/default-send-post")
  void defaultSendPost(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    SynchronizationContext context = new SynchronizationContext();
    Thread me = Thread.currentThread();
    context.send(() -> o.say("Send on the caller", Thread.currentThread() == me));
    CountDownLatch done = new CountDownLatch(1);
    context.post(
        () -> {
          o.say("Post on a pool thread", onThreadOfOurs());
          done.countDown();
        });
    await(done);
    o.attempt(
        "Send throws",
        () ->
            context.send(
                () -> {
                  throw new FormatException();
                }));
    registerWithin(
        source, context, () -> o.say("callback on the canceller", Thread.currentThread() == me));
    source.cancel();
  }

  @Probe("core/context/sync-context-that-drops")
  void contextThatDrops(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    source.token().register(() -> o.say("older still runs"));
    CancellationTokenRegistration registration =
        registerWithin(source, new Contexts.Dropping(), () -> o.say("never"));
    o.attempt("Cancel", source::cancel);
    o.say("Unregister", registration.unregister());
  }

  /** The form with a state and a context is a lambda that captures the state. */
  @Probe("core/context/sync-context-with-state")
  void withState(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Contexts.Counting counting = new Contexts.Counting();
    String state = "x";
    registerWithin(source, counting, () -> o.say("state", state));
    within(
        counting,
        () -> source.token().registerWithToken("y", (s, token) -> o.say("two arguments", s)));
    source.cancel();
    o.say("sends", counting.sends);
  }

  @Probe("core/context/sync-context-several")
  void several(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Contexts.Counting counting = new Contexts.Counting();
    Contexts.Counting a = counting;
    Contexts.Counting b = new Contexts.Counting();
    registerWithin(source, a, () -> o.say("1: a=" + a.sends + " b=" + b.sends));
    registerWithin(source, a, () -> o.say("2: a=" + a.sends + " b=" + b.sends));
    registerWithin(source, b, () -> o.say("3: a=" + a.sends + " b=" + b.sends));
    source.cancel();
  }

  @Probe("core/context/sync-context-exempt-thread-goes-back")
  void exemptThreadGoesBack(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    AtomicReference<CancellationTokenRegistration> self = new AtomicReference<>();
    self.set(
        source
            .token()
            .register(
                () -> {
                  self.get().close();
                  o.say("own Dispose returned on the canceller");
                }));
    registerWithin(source, new Contexts.OtherThread(), () -> o.say("ran elsewhere"));
    source.cancel();
  }

  @Probe("core/context/sync-context-unregister")
  void unregister(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    Contexts.Counting counting = new Contexts.Counting();
    CancellationTokenRegistration registration =
        registerWithin(source, counting, () -> o.say("never"));
    o.say("Unregister", registration.unregister());
    source.cancel();
    o.say("sends", counting.sends);
  }
}
