// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Waiting.how;

import desist.threading.BlockingCollection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Collections of which threads wait for items or room, one at a time: sync/blocking. */
final class BlockingCollectionConformanceTest extends Conformance {
  private static final String COLLECTIONS = "0023-blocking-collections.md";
  private static final String DURATIONS = "0013-durations.md";
  private static final Duration POLL = Duration.ZERO;
  private static final Duration TWENTY = Duration.ofMillis(20);
  private static final Duration MINUTE = Duration.ofMinutes(1);
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

  /** No time-out is bad: a negative one means zero. */
  @Probe("sync/blocking/add-order-of-checks")
  @Differs(
      record = DURATIONS,
      dotnet = "cancelled, bad int: ArgumentOutOfRangeException",
      ours = "cancelled, negative: OperationCanceledException token=same")
  @Differs(
      record = DURATIONS,
      dotnet = {
        "disposed, bad int: ArgumentOutOfRangeException",
        "disposed, bad span: ArgumentOutOfRangeException"
      },
      ours = {
        "disposed, negative: ObjectDisposedException",
        "disposed, null: ArgumentNullException"
      })
  void addOrderOfChecks(Out o) {
    CancellationToken c = CancellationToken.canceled();
    BlockingCollection<Integer> b = of();
    o.say("cancelled, room: " + how(c, () -> b.add(1, c)));
    o.say("count", b.count());
    o.say("cancelled, negative: " + how(c, () -> b.tryAdd(1, MINUS_TWO, c)));
    b.completeAdding();
    o.say("cancelled, completed: " + how(c, () -> b.add(1, c)));
    o.say("completed: " + how(c, () -> b.add(1)));
    o.say("completed, try: " + how(c, () -> b.tryAdd(1)));
    b.close();
    o.say("disposed, cancelled: " + how(c, () -> b.add(1, c)));
    o.say("disposed, negative: " + how(c, () -> b.tryAdd(1, MINUS_TWO, c)));
    o.say("disposed, null: " + how(c, () -> b.tryAdd(1, null)));
  }

  @Probe("sync/blocking/take-cancelled")
  void takeCancelled(Out o) throws Exception {
    BlockingCollection<Integer> b = of();
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Waiting take = Waiting.start(token, () -> b.take(token));
    Waiting tryTake = Waiting.start(token, () -> b.tryTake(MINUTE, token));
    source.cancel();
    o.say(take.how());
    o.say(tryTake.how());
    b.add(1);
    o.say("count", b.count());
  }

  @Probe("sync/blocking/add-cancelled")
  void addCancelled(Out o) throws Exception {
    BlockingCollection<Integer> b = full();
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Waiting add = Waiting.start(token, () -> b.add(2, token));
    source.cancel();
    o.say(add.how());
    o.say("items", b.toArray());
    o.say("poll", b.tryAdd(3));
    b.take();
    o.say("room again", b.tryAdd(3));
  }

  @Probe("sync/blocking/try-cancelled")
  void tryCancelled(Out o) {
    BlockingCollection<Integer> full = full();
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Waiting a = Waiting.start(token, () -> full.tryAdd(2, MINUTE, token));
    Waiting b = Waiting.start(token, () -> full.tryAdd(2, Timeout.INFINITE, token));
    source.cancel();
    o.say(a.how());
    o.say(b.how());
    o.say("items", full.toArray());
  }

  @Probe("sync/blocking/live-token")
  void liveToken(Out o) throws Exception {
    CancellationToken token = new CancellationTokenSource().token();
    BlockingCollection<Integer> b = new BlockingCollection<>(1);
    o.say("add", b.tryAdd(1, POLL, token));
    o.say("full, 20ms", b.tryAdd(2, TWENTY, token));
    o.say("full, span", b.tryAdd(2, TWENTY));
    o.say("take", b.take(token));
    o.say("empty, 20ms", b.tryTake(TWENTY, token).isPresent());
    o.say("empty, span", b.tryTake(TWENTY).isPresent());
  }

  @Probe("sync/blocking/interrupt")
  void interrupt(Out o) throws Exception {
    BlockingCollection<Integer> empty = of();
    BlockingCollection<Integer> full = full();
    Waiting take = Waiting.start(() -> empty.take());
    take.interrupt();
    o.say("take: " + take.how());
    Waiting add = Waiting.start(() -> full.add(2));
    add.interrupt();
    o.say("add: " + add.how());
    empty.add(7);
    o.say("counts", List.of(empty.count(), full.count()));
    full.take();
    o.say("room again", full.tryAdd(3));
  }

  @Probe("sync/blocking/complete")
  void complete(Out o) throws Exception {
    BlockingCollection<Integer> b = of(1);
    b.completeAdding();
    o.attempt("again", b::completeAdding);
    o.say("adding completed", b.isAddingCompleted());
    o.say("completed", b.isCompleted());
    o.say("take", b.take());
    o.say("completed", b.isCompleted());
  }

  /** There is no out parameter that would have to be something. */
  @Probe("sync/blocking/bounded")
  @Differs(
      record = COLLECTIONS,
      dotnet = "out when empty=0",
      ours = "out when empty=Optional.empty")
  void bounded(Out o) throws Exception {
    BlockingCollection<Integer> b = new BlockingCollection<>(1);
    o.say("add", b.tryAdd(1));
    o.say("full poll", b.tryAdd(2));
    o.say("full 20ms", b.tryAdd(2, TWENTY));
    o.say("take", b.tryTake().isPresent());
    o.say("empty poll", b.tryTake().isPresent());
    o.say("empty 20ms", b.tryTake(TWENTY).isPresent());
    o.say("out when empty", b.tryTake());
  }

  @Probe("sync/blocking/enumerate-snapshot")
  void enumerateSnapshot(Out o) {
    BlockingCollection<Integer> b = of(1, 2);
    o.say("items", b);
    o.say("not taken", b.count());
  }

  /** The place is given back. */
  @Probe("sync/blocking/store-refuses")
  void storeRefuses(Out o) {
    BlockingCollection<Integer> b =
        new BlockingCollection<>(
            new ConcurrentLinkedQueue<>() {
              @Override
              public boolean offer(Integer item) {
                return false;
              }
            },
            1);
    o.attempt("add", () -> b.add(1));
    o.say("count", b.count());
    o.attempt("try again", () -> b.tryAdd(1));
  }

  /** Closing wakes who waits. */
  @Probe("sync/blocking/dispose-while-blocked")
  @Differs(
      record = "0012-closing-wakes.md",
      dotnet = {"still waits=true", "cancelled: OperationCanceledException token=same"},
      ours = {"still waits=false", "cancelled: ObjectDisposedException"})
  void disposeWhileBlocked(Out o) {
    BlockingCollection<Integer> b = of();
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Waiting take = Waiting.start(token, () -> b.take(token));
    b.close();
    o.say("still waits", !take.endsWithin(Steps.LONG));
    source.cancel();
    o.say("cancelled: " + take.how());
  }

  @Probe("sync/blocking/consuming-cancel-between")
  void consumingCancelBetween(Out o) {
    BlockingCollection<Integer> b = of(1, 2, 3);
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    o.say(
        how(
            token,
            () -> {
              for (int item : b.getConsumingEnumerable(token)) {
                o.say("item", item);
                source.cancel();
              }
            }));
    o.say("left", b.count());
  }

  @Probe("sync/blocking/consuming-completed-beats-cancel")
  void consumingCompletedBeatsCancel(Out o) {
    BlockingCollection<Integer> b = of();
    b.completeAdding();
    CancellationToken c = CancellationToken.canceled();
    List<Integer> items = new ArrayList<>();
    o.say(how(c, () -> b.getConsumingEnumerable(c).forEach(items::add)));
    o.say("items", items.size());
  }

  @Probe("sync/blocking/consuming-waits-and-ends")
  void consumingWaitsAndEnds(Out o) throws Exception {
    BlockingCollection<Integer> b = of();
    List<Integer> got = new CopyOnWriteArrayList<>();
    Waiting loop = Waiting.start(() -> b.getConsumingEnumerable().forEach(got::add));
    b.add(1);
    b.add(2);
    b.completeAdding();
    o.say(loop.how());
    o.say("got", got);
  }

  @Probe("sync/blocking/consuming-blocked-cancelled")
  void consumingBlockedCancelled(Out o) {
    BlockingCollection<Integer> b = of();
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Waiting loop = Waiting.start(token, () -> b.getConsumingEnumerable(token).forEach(item -> {}));
    source.cancel();
    o.say(loop.how());
  }

  @Probe("sync/blocking/consuming-is-lazy")
  void consumingIsLazy(Out o) {
    CancellationToken c = CancellationToken.canceled();
    Iterator<Integer> items = of(1).getConsumingEnumerable(c).iterator();
    o.say("nothing yet");
    o.say("first move: " + how(c, items::hasNext));
    BlockingCollection<Integer> disposed = of();
    disposed.close();
    o.attempt("disposed, call", disposed::getConsumingEnumerable);
    o.attempt("disposed, move", () -> disposed.getConsumingEnumerable().iterator().hasNext());
  }

  @Probe("sync/blocking/consuming-disposed-meanwhile")
  void consumingDisposedMeanwhile(Out o) {
    BlockingCollection<Integer> b = of(1, 2);
    Iterator<Integer> items = b.getConsumingEnumerable().iterator();
    o.say("first", (items.hasNext() ? "True " : "False ") + items.next());
    b.close();
    o.attempt("next", items::hasNext);
    o.attemptValue("after a failure", items::hasNext);
  }
}
