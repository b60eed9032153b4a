// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Background.race;
import static desist.Steps.awaitDelay;
import static desist.Steps.isSet;
import static desist.Steps.join;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code tryReset}: core/reset. */
final class ResetConformanceTest extends Conformance {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Probe("core/reset/cancelled")
  void cancelled(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    source.cancel();
    o.say("TryReset", source.tryReset());
    o.say("requested", source.isCancellationRequested());
    o.say("zero delay", new CancellationTokenSource(Duration.ZERO).tryReset());
  }

  @Probe("core/reset/stops-timer")
  void stopsTimer(Out o) throws Exception {
    CancellationTokenSource source;
    boolean isReset;
    do {
      source = new CancellationTokenSource(Duration.ofMillis(300));
      isReset = source.tryReset();
    } while (source.isCancellationRequested()); // the reset came too late, on a busy machine
    o.say("TryReset", isReset);
    awaitDelay(Duration.ofMillis(600));
    o.say("requested", source.isCancellationRequested());
    source.cancelAfter(Duration.ofMillis(10));
    o.say("timer usable again", source.token().waitHandle().waitOne(LIMIT));
    o.say("TryReset after it fired", source.tryReset());
  }

  @Probe("core/reset/keeps-handle")
  void keepsHandle(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    WaitHandle handle = source.token().waitHandle();
    source.tryReset();
    o.say("same", handle == source.token().waitHandle());
    source.cancel();
    o.say("set", isSet(handle));
  }

  @Probe("core/reset/parent-loses-its-children")
  void parentLosesItsChildren(Out o) throws Exception {
    CancellationTokenSource parent = new CancellationTokenSource();
    CancellationTokenSource child = CancellationTokenSource.createLinkedTokenSource(parent.token());
    o.say("TryReset", parent.tryReset());
    parent.cancel();
    o.say("child", child.isCancellationRequested());
  }

  @Probe("core/reset/inside-callback")
  void insideCallback(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    source.token().register(() -> o.say("older still runs"));
    source.token().register(() -> o.say("TryReset", source.tryReset()));
    source.cancel();
  }

  @Probe("core/reset/every-state")
  void everyState(Out o) throws Exception {
    o.say("infinite delay", new CancellationTokenSource(Timeout.INFINITE).tryReset());
    o.say("60 s", new CancellationTokenSource(MINUTE).tryReset());
    CancellationTokenSource off = new CancellationTokenSource();
    off.cancelAfter(MINUTE);
    off.cancelAfter(Timeout.INFINITE);
    o.say("switched off", off.tryReset());
    o.say("linked to a live one", linkedTo(off.token()).tryReset());
    o.say("linked to None", linkedTo(CancellationToken.none()).tryReset());
    o.say("linked to a cancelled one", linkedTo(CancellationToken.canceled()).tryReset());
    CancellationTokenSource done = new CancellationTokenSource();
    done.cancel();
    done.close();
    o.attempt("cancelled and disposed", () -> done.tryReset());
  }

  private static CancellationTokenSource linkedTo(CancellationToken token) {
    return CancellationTokenSource.createLinkedTokenSource(token);
  }

  @Probe("core/reset/after-cancel-async")
  void afterCancelAsync(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CountDownLatch release = new CountDownLatch(1);
    source.token().register(() -> await(release));
    CompletionStage<Void> stage = source.cancelAsync();
    o.say("TryReset", source.tryReset());
    release.countDown();
    join(stage);
    o.say("afterwards", source.tryReset());
  }

  @Probe("core/reset/stale-handle")
  void staleHandle(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationTokenRegistration old = source.token().register(() -> o.say("never"));
    source.tryReset();
    CancellationTokenRegistration fresh = source.token().register(() -> o.say("fresh"));
    o.say("equal", old.equals(fresh));
    o.say("old.Unregister", old.unregister());
    old.close();
    source.cancel();
  }

  @Probe("core/reset/order-starts-afresh")
  void orderStartsAfresh(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    for (String name : new String[] {"x", "y", "z"}) {
      source.token().register(() -> o.say(name));
    }
    source.tryReset();
    for (String name : new String[] {"a", "b", "c"}) {
      source.token().register(() -> o.say(name));
    }
    source.cancel();
  }

  @Probe("core/reset/against-unregister")
  void againstUnregister(Out o) throws Exception {
    int wrong = 0;
    for (int i = 0; i < 100; i++) {
      CancellationTokenSource source = new CancellationTokenSource();
      AtomicBoolean ran = new AtomicBoolean();
      CancellationTokenRegistration registration = source.token().register(() -> ran.set(true));
      race(source::tryReset, registration::unregister);
      source.cancel();
      if (ran.get()) {
        wrong++;
      }
    }
    o.say("wrong", wrong);
  }
}
