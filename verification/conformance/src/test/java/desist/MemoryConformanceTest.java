// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.onOtherThread;
import static desist.Steps.throwing;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * What is held, and what lets go of it: core/memory.
 *
 * <p>Where .NET asks for a source, "token" asks for the state, which is the token here.
 */
final class MemoryConformanceTest extends Conformance {
  private static final String HELD_LESS = "0014-held-less.md";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Registers a callback with a state on the token; the state is held by both. */
  private static Object registered(CancellationToken token) {
    return registered(token, new ArrayList<>());
  }

  private static Object registered(
      CancellationToken token, List<CancellationTokenRegistration> registrations) {
    Object target = new Object();
    registrations.add(token.registerWith(target, state -> Objects.requireNonNull(target)));
    return target;
  }

  @Probe("core/memory/cancel-releases")
  void cancelReleases(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    o.say(Fate.of(() -> registered(source.token()), source::cancel));
    Reference.reachabilityFence(source);
  }

  @Probe("core/memory/dispose-releases")
  void disposeReleases(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    o.say(Fate.of(() -> registered(token), source::close));
    Reference.reachabilityFence(source);
    Reference.reachabilityFence(token);
  }

  @Probe("core/memory/none-and-cancelled-hold-nothing")
  void noneAndCancelledHoldNothing(Out o) throws Exception {
    CancellationTokenSource done = new CancellationTokenSource();
    done.cancel();
    o.say("None", Fate.of(() -> registered(CancellationToken.none()), () -> {}));
    o.say("precancelled", Fate.of(() -> registered(CancellationToken.canceled()), () -> {}));
    o.say("cancelled source", Fate.of(() -> registered(done.token()), () -> {}));
    Reference.reachabilityFence(done);
  }

  @Probe("core/memory/unregister-releases")
  void unregisterReleases(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    List<CancellationTokenRegistration> kept = new ArrayList<>();
    o.say(
        Fate.of(
            () -> registered(source.token(), kept),
            () -> kept.forEach(CancellationTokenRegistration::close)));
    Reference.reachabilityFence(kept);
    Reference.reachabilityFence(source);
  }

  @Probe("core/memory/reset-releases")
  void resetReleases(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    o.say(Fate.of(() -> registered(source.token()), source::tryReset));
    Reference.reachabilityFence(source);
  }

  /** The source is not held; what the registration says of its token stays right. */
  @Probe("core/memory/registration-value-holds-source")
  @Differs(
      record = HELD_LESS,
      dotnet = {"live=held", "unregistered=held"},
      ours = {
        "live=released",
        "live, token=held",
        "can be canceled=true",
        "Unregister=true",
        "unregistered=released",
        "unregistered, token=held",
        "can be canceled=true",
        "Unregister=false"
      })
  void registrationValueHoldsSource(Out o) throws Exception {
    for (boolean unregistered : new boolean[] {false, true}) {
      List<CancellationTokenRegistration> kept = new ArrayList<>();
      String name = unregistered ? "unregistered" : "live";
      Callable<CancellationTokenSource> make =
          () -> {
            CancellationTokenSource source = new CancellationTokenSource();
            CancellationTokenRegistration registration = source.token().register(() -> {});
            if (unregistered) {
              registration.close();
            }
            kept.add(registration);
            return source;
          };
      o.say(name, Fate.of(make, () -> {}));
      o.say(name + ", token", Fate.of(() -> make.call().token(), () -> {}));
      o.say("can be canceled", kept.stream().allMatch(r -> r.token().canBeCanceled()));
      o.say("Unregister", kept.stream().allMatch(r -> r.unregister()));
    }
  }

  /** A registration lets go of a callback that can no longer run, however that came to be. */
  @Probe("core/memory/registration-value-holds-callback")
  @Differs(
      record = HELD_LESS,
      dotnet = {"Cancel=held", "Dispose=held"},
      ours = {"nothing=held", "Cancel=released", "Dispose=released"})
  @Differs(
      record = HELD_LESS,
      dotnet = "Cancel(true) before its turn=held",
      ours = "Cancel(true) before its turn=released")
  void registrationValueHoldsCallback(Out o) throws Exception {
    for (String end :
        new String[] {
          "nothing", "Cancel", "Dispose", "TryReset", "Unregister", "Cancel(true) before its turn"
        }) {
      List<CancellationTokenSource> sources = new ArrayList<>();
      List<CancellationTokenRegistration> kept = new ArrayList<>();
      o.say(
          end,
          Fate.of(
              () -> {
                CancellationTokenSource source = new CancellationTokenSource();
                sources.add(source);
                Object target = registered(source.token(), kept);
                if (end.endsWith("turn")) {
                  source.token().register(throwing(new FormatException()));
                }
                return target;
              },
              () -> end(end, sources, kept)));
      Reference.reachabilityFence(kept);
      Reference.reachabilityFence(sources);
    }
  }

  private static void end(
      String end,
      List<CancellationTokenSource> sources,
      List<CancellationTokenRegistration> registrations) {
    switch (end) {
      case "nothing" -> {}
      case "Unregister" -> registrations.forEach(CancellationTokenRegistration::unregister);
      case "Cancel" -> sources.forEach(CancellationTokenSource::cancel);
      case "Dispose" -> sources.forEach(CancellationTokenSource::close);
      case "TryReset" -> sources.forEach(CancellationTokenSource::tryReset);
      default -> {
        for (CancellationTokenSource source : sources) {
          try {
            source.cancelThrowOnFirstException();
          } catch (FormatException fromTheYoungerCallback) {
            // as the probe wants it
          }
        }
      }
    }
  }

  /** What a thread's own variable held when {@code register} was called. */
  @Probe("core/memory/context-is-held-and-released")
  @Differs(
      record = "0010-no-ambient-context.md",
      dotnet = {"Register=held", "UnsafeRegister=released"},
      ours = "Register=released")
  void contextIsHeldAndReleased(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    InheritableThreadLocal<Object> local = new InheritableThreadLocal<>();
    Callable<Object> make =
        () -> {
          Object value = new Object();
          onOtherThread(
              () -> {
                local.set(value);
                source.token().register(() -> {});
              });
          return value;
        };
    o.say("Register", Fate.of(make, () -> {}));
    o.say("after Cancel", Fate.of(make, source::cancel));
    Reference.reachabilityFence(source);
  }

  @Probe("core/memory/whole-tree-is-collected")
  void wholeTreeIsCollected(Out o) throws Exception {
    o.say(
        "child",
        Fate.of(
            () -> {
              CancellationTokenSource parent = new CancellationTokenSource();
              CancellationTokenSource child =
                  CancellationTokenSource.createLinkedTokenSource(parent.token());
              child.token().register(() -> {});
              return child.token();
            },
            () -> {}));
    o.say(
        "callback state",
        Fate.of(() -> registered(new CancellationTokenSource().token()), () -> {}));
  }

  @Probe("core/memory/exception-holds-source")
  @Differs(
      record = HELD_LESS,
      dotnet = "held",
      ours = {"source=released", "token=held", "can be canceled=true"})
  void exceptionHoldsSource(Out o) throws Exception {
    List<OperationCanceledException> kept = new ArrayList<>();
    Callable<CancellationTokenSource> make =
        () -> {
          CancellationTokenSource source = new CancellationTokenSource();
          kept.add(new OperationCanceledException(source.token()));
          return source;
        };
    o.say("source", Fate.of(make, () -> {}));
    o.say("token", Fate.of(() -> make.call().token(), () -> {}));
    o.say("can be canceled", kept.stream().allMatch(e -> e.token().canBeCanceled()));
  }

  @Probe("core/memory/waithandle-holds-nothing")
  void waithandleHoldsNothing(Out o) throws Exception {
    List<WaitHandle> kept = new ArrayList<>();
    o.say(
        Fate.of(
            () -> {
              CancellationTokenSource source = new CancellationTokenSource();
              kept.add(source.token().waitHandle());
              return source;
            },
            () -> {}));
    Reference.reachabilityFence(kept);
  }

  /** A pending delay holds the token that it will cancel, not the source. */
  @Probe("core/memory/pending-timer-holds-source")
  @Differs(
      record = HELD_LESS,
      dotnet = "60 s=held",
      ours = {"60 s, source=released", "60 s=held"})
  void pendingTimerHoldsSource(Out o) throws Exception {
    o.say("60 s, source", Fate.of(() -> new CancellationTokenSource(MINUTE), () -> {}));
    o.say("60 s", Fate.of(() -> new CancellationTokenSource(MINUTE).token(), () -> {}));
    o.say(
        "infinite", Fate.of(() -> new CancellationTokenSource(Timeout.INFINITE).token(), () -> {}));
    o.say("60 s, disposed", fateOfDelayed(CancellationTokenSource::close));
    o.say("60 s, cancelled", fateOfDelayed(CancellationTokenSource::cancel));
    o.say("60 s, switched off", fateOfDelayed(s -> s.cancelAfter(Timeout.INFINITE)));
  }

  /** Makes sources with a delay of a minute and does that to each: are their tokens held? */
  private static String fateOfDelayed(Consumer<CancellationTokenSource> action) {
    return Fate.of(
        () -> {
          CancellationTokenSource source = new CancellationTokenSource(MINUTE);
          CancellationToken token = source.token();
          action.accept(source);
          return token;
        },
        () -> {});
  }

  @Probe("core/memory/timer-fired-or-reset")
  @Differs(
      record = HELD_LESS,
      dotnet = "60 s, reset=released",
      ours = {"60 s, reset=released", "60 s by CancelAfter, source=released"})
  void timerFiredOrReset(Out o) throws Exception {
    o.say(
        "fired",
        Fate.of(
            () -> {
              CancellationToken token = new CancellationTokenSource(Duration.ofMillis(1)).token();
              token.awaitCancellation();
              return token;
            },
            () -> {}));
    o.say("60 s, reset", fateOfDelayed(CancellationTokenSource::tryReset));
    Callable<CancellationTokenSource> make =
        () -> {
          CancellationTokenSource source = new CancellationTokenSource();
          source.cancelAfter(MINUTE);
          return source;
        };
    o.say("60 s by CancelAfter, source", Fate.of(make, () -> {}));
    o.say("60 s by CancelAfter", Fate.of(() -> make.call().token(), () -> {}));
  }

  @Probe("core/memory/pending-timer-on-linked-child")
  @Differs(
      record = HELD_LESS,
      dotnet = "parent=held",
      ours = {"parent=released", "parent's token=held"})
  void pendingTimerOnLinkedChild(Out o) throws Exception {
    Callable<CancellationTokenSource> make =
        () -> {
          CancellationTokenSource parent = new CancellationTokenSource();
          CancellationTokenSource.createLinkedTokenSource(parent.token()).cancelAfter(MINUTE);
          return parent;
        };
    o.say("parent", Fate.of(make, () -> {}));
    o.say("parent's token", Fate.of(() -> make.call().token(), () -> {}));
  }
}
