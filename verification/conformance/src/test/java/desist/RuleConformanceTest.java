// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import desist.threading.Barrier;
import desist.threading.BlockingCollection;
import desist.threading.CountdownEvent;
import desist.threading.ManualResetEventSlim;
import desist.threading.SemaphoreSlim;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/** What holds for all waits with a token: sync/rule. */
final class RuleConformanceTest extends Conformance {
  private static final Duration SHORT = Duration.ofSeconds(1);

  @Probe("sync/rule/registration-ends-with-the-wait")
  @Differs(
      record = "0021-what-is-left-out.md",
      dotnet = {"channel read=0 1 0", "channel wait to read=0 1 0", "channel write=0 1 0"},
      ours = {})
  @Differs(
      record = "0023-blocking-collections.md",
      dotnet = "consuming enumeration: made, after a step, disposed=[0, 1, 0]",
      ours = "consuming enumeration: made, after a step=[0, 0]")
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
    BlockingCollection<Integer> items = new BlockingCollection<>();
    items.add(1);
    registered(o, "take", items::take, items::take, () -> items.add(1));
    BlockingCollection<Integer> full = new BlockingCollection<>(1);
    registered(o, "add", token -> full.add(1, token), token -> full.add(2, token), full::take);
    items.add(1);
    List<BlockingCollection<Integer>> any = List.of(items);
    registered(
        o,
        "take from any",
        token -> BlockingCollection.takeFromAny(any, token),
        token -> BlockingCollection.takeFromAny(any, token),
        () -> items.add(1));
    CancellationTokenSource live = new CancellationTokenSource();
    items.add(1);
    Iterator<Integer> steps = items.getConsumingEnumerable(live.token()).iterator();
    int made = live.registrationCount();
    steps.next();
    o.say("consuming enumeration: made, after a step", List.of(made, live.registrationCount()));
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
    Steps.comes(
        () -> source.registrationCount() > 0); // it may have blocked before, to load a class
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
