// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Waiting.how;
import static desist.threading.BlockingCollection.addToAny;
import static desist.threading.BlockingCollection.takeFromAny;
import static desist.threading.BlockingCollection.tryAddToAny;
import static desist.threading.BlockingCollection.tryTakeFromAny;

import desist.threading.BlockingCollection;
import desist.threading.BlockingCollection.Taken;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Waits for items or room in any of several collections: sync/blocking/any. */
final class AnyCollectionConformanceTest extends Conformance {
  private static final String DURATIONS = "0013-durations.md";
  private static final Duration POLL = Duration.ZERO;
  private static final Duration MINUS_TWO = Duration.ofMillis(-2);

  private static BlockingCollection<Integer> of(int... items) {
    BlockingCollection<Integer> collection = new BlockingCollection<>();
    for (int item : items) {
      collection.tryAdd(item);
    }
    return collection;
  }

  private static BlockingCollection<Integer> full() {
    BlockingCollection<Integer> collection = new BlockingCollection<>(1);
    collection.tryAdd(1);
    return collection;
  }

  private static String show(Taken<Integer> taken) {
    return taken.index() + " " + taken.item();
  }

  private static int index(Optional<Taken<Integer>> taken) {
    return taken.map(Taken::index).orElse(-1);
  }

  @Probe("sync/blocking/any-index")
  void anyIndex(Out o) throws Exception {
    List<BlockingCollection<Integer>> all = List.of(of(), of(1), of(2));
    o.say("take", show(takeFromAny(all)));
    o.say("take", show(takeFromAny(all)));
    o.say("try empty", index(tryTakeFromAny(all)));
    BlockingCollection<Integer> f = full();
    o.say("try full", tryAddToAny(List.of(f, f), 1));
    o.say("add", addToAny(List.of(f, new BlockingCollection<>(1), new BlockingCollection<>(1)), 1));
  }

  /** No time-out is bad, and a null element is what null is everywhere. */
  @Probe("sync/blocking/any-order-of-checks")
  @Differs(
      record = "0023-blocking-collections.md",
      dotnet = "take null element: ArgumentException",
      ours = "take null element: ArgumentNullException")
  @Differs(
      record = DURATIONS,
      dotnet = "try take bad int: ArgumentOutOfRangeException",
      ours = "try take negative: OperationCanceledException token=same")
  @Differs(
      record = DURATIONS,
      dotnet = "try add bad int: ArgumentOutOfRangeException",
      ours = "try add negative: OperationCanceledException token=same")
  void anyOrderOfChecks(Out o) {
    CancellationToken c = CancellationToken.canceled();
    BlockingCollection<Integer> gone = of();
    gone.close();
    BlockingCollection<Integer> done = of();
    done.completeAdding();
    BlockingCollection<Integer> empty = of();
    BlockingCollection<Integer> full = full();
    List<BlockingCollection<Integer>> nothing = Collections.singletonList(null);
    o.say("take null: " + how(c, () -> takeFromAny(null, c)));
    o.say("take none: " + how(c, () -> takeFromAny(List.of(), c)));
    o.say("take null element: " + how(c, () -> takeFromAny(nothing, c)));
    o.say("take disposed: " + how(c, () -> takeFromAny(List.of(empty, gone), c)));
    o.say("take all done: " + how(c, () -> takeFromAny(List.of(done), c)));
    o.say("try take all done: " + how(c, () -> tryTakeFromAny(List.of(done), POLL, c)));
    o.say("try take negative: " + how(c, () -> tryTakeFromAny(List.of(empty), MINUS_TWO, c)));
    o.say("add disposed: " + how(c, () -> addToAny(List.of(full, gone), 1, c)));
    o.say("add one done: " + how(c, () -> addToAny(List.of(full, done), 1, c)));
    o.say("try add full, poll: " + how(c, () -> tryAddToAny(List.of(full), 1, POLL, c)));
    o.say("try add negative: " + how(c, () -> tryAddToAny(List.of(full), 1, MINUS_TWO, c)));
  }

  @Probe("sync/blocking/any-cancelled-while-blocked")
  void anyCancelledWhileBlocked(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    List<BlockingCollection<Integer>> e = List.of(of(), of());
    List<BlockingCollection<Integer>> f = List.of(full(), full());
    Waiting take = Waiting.start(token, () -> takeFromAny(e, token));
    Waiting add = Waiting.start(token, () -> addToAny(f, 2, token));
    source.cancel();
    o.say("take: " + take.how());
    o.say("add: " + add.how());
    o.say("counts", List.of(f.get(0).count(), f.get(1).count()));
  }

  @Probe("sync/blocking/any-blocked-then")
  void anyBlockedThen(Out o) throws Exception {
    List<BlockingCollection<Integer>> e = List.of(of(), of());
    AtomicReference<Taken<Integer>> taken = new AtomicReference<>();
    Waiting take = Waiting.start(() -> taken.set(takeFromAny(e)));
    e.get(1).add(5);
    o.say("item comes: " + take.how() + " " + show(taken.get()));
    List<BlockingCollection<Integer>> f = List.of(full(), full());
    AtomicInteger index = new AtomicInteger(-9);
    Waiting add = Waiting.start(() -> index.set(addToAny(f, 7)));
    f.get(1).take();
    o.say("room comes: " + add.how() + " " + index + " " + f.get(1).take());
  }

  @Probe("sync/blocking/any-completed-while-blocked")
  void anyCompletedWhileBlocked(Out o) {
    List<BlockingCollection<Integer>> e = List.of(of(), of());
    AtomicInteger got = new AtomicInteger(-9);
    Waiting take = Waiting.start(() -> takeFromAny(e));
    Waiting tryTake = Waiting.start(() -> got.set(index(tryTakeFromAny(e, Timeout.INFINITE))));
    e.get(0).completeAdding();
    boolean ends =
        take.endsWithin(Duration.ofMillis(200)) || tryTake.endsWithin(Duration.ofMillis(1));
    o.say("one completed, still wait", ends ? "ended" : -1);
    e.get(1).completeAdding();
    o.say("take: " + take.how());
    o.say("try take: " + tryTake.how() + " " + got);
    List<BlockingCollection<Integer>> f = List.of(full(), full());
    Waiting add = Waiting.start(() -> addToAny(f, 2));
    f.get(0).completeAdding();
    o.say("add, one completed: " + add.how());
    o.say("counts", List.of(f.get(0).count(), f.get(1).count()));
  }
}
