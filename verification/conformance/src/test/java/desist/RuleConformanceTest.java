// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import desist.threading.Barrier;
import desist.threading.CountdownEvent;
import desist.threading.ManualResetEventSlim;
import desist.threading.SemaphoreSlim;
import java.time.Duration;

/** What holds for all waits with a token: sync/rule. */
final class RuleConformanceTest extends Conformance {
  private static final Duration SHORT = Duration.ofMillis(300);

  @Probe("sync/rule/registration-ends-with-the-wait")
  @Later(
      dotnet = {
        "take=0 1 0",
        "add=0 1 0",
        "take from any=0 1 0",
        "channel read=0 1 0",
        "channel wait to read=0 1 0",
        "channel write=0 1 0",
        "consuming enumeration: made, after a step, disposed=[0, 1, 0]"
      },
      with = "BlockingCollection; channels stay out")
  void registrationEndsWithTheWait(Out o) throws Exception {
    ManualResetEventSlim set = new ManualResetEventSlim(true);
    ManualResetEventSlim event = new ManualResetEventSlim();
    registered(o, "slim event", set::await, event::await, event::set);
    registered(
        o,
        "slim event, timed out",
        token -> set.await(SHORT, token),
        token -> new ManualResetEventSlim().await(SHORT, token),
        () -> {});
    SemaphoreSlim semaphore = new SemaphoreSlim(1);
    registered(o, "slim semaphore", semaphore::await, semaphore::await, semaphore::release);
    registered(
        o,
        "slim semaphore, async",
        token -> Steps.join(new SemaphoreSlim(1).awaitAsync(token)),
        token -> Steps.join(semaphore.awaitAsync(token)),
        semaphore::release);
    CountdownEvent countdown = new CountdownEvent(1);
    registered(
        o, "countdown", new CountdownEvent(0)::await, countdown::await, () -> countdown.signal());
    Barrier barrier = new Barrier(2);
    registered(
        o,
        "barrier",
        new Barrier(1)::signalAndWait,
        barrier::signalAndWait,
        barrier::signalAndWait);
  }

  /**
   * Says how many callbacks are registered after a wait that need not block, while one blocks, and
   * after that was satisfied.
   */
  private static void registered(Out o, String name, Wait atOnce, Wait blocks, Body satisfy)
      throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    atOnce.await(token);
    int before = source.registrationCount();
    Waiting waiting = Waiting.start(token, () -> blocks.await(token));
    int during = source.registrationCount();
    satisfy.run();
    waiting.how();
    o.say(name, before + " " + during + " " + source.registrationCount());
  }

  /** A wait with a token. */
  @FunctionalInterface
  private interface Wait {
    void await(CancellationToken token) throws Exception;
  }
}
