// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import desist.Timeout;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.LZI_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Items are added and taken while waits end otherwise: none is lost, none taken twice. */
public final class BlockingCollectionStressTest {
  private static final Duration SHORT = Duration.ofNanos(500);

  private BlockingCollectionStressTest() {}

  /** A collection with room for one item, and the item 1 in it. */
  private static BlockingCollection<Integer> full() {
    BlockingCollection<Integer> collection = new BlockingCollection<>(1);
    collection.tryAdd(1);
    return collection;
  }

  /** One item in a store and two who look for it: exactly one has it. */
  @JCStressTest
  @State
  @Outcome(
      id = {"item 1, empty, 0", "empty, item 1, 0"},
      expect = ACCEPTABLE,
      desc = "one has it")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken twice")
  public static class TryTakeAndTryTake {
    private final BlockingCollection<Integer> collection =
        new BlockingCollection<>(new ConcurrentLinkedQueue<>());

    @Actor
    public void addAndTryTake(LLI_Result r) {
      collection.tryAdd(1);
      r.r1 = Told.taken(() -> collection.tryTake());
    }

    @Actor
    public void tryTake(LLI_Result r) {
      r.r2 = Told.taken(() -> collection.tryTake());
    }

    @Arbiter
    public void rest(LLI_Result r) {
      r.r3 = collection.count();
    }
  }

  /** Room for one item and two who want it: exactly one has it. */
  @JCStressTest
  @State
  @Outcome(
      id = {"added; full; BlockingCollection[1 of 1]", "full; added; BlockingCollection[1 of 1]"},
      expect = ACCEPTABLE,
      desc = "one has it")
  @Outcome(expect = FORBIDDEN, desc = "room lost, or given twice")
  public static class TryAddAndTryAdd {
    private final BlockingCollection<Integer> collection = new BlockingCollection<>(1);
    private String told = "";
    private String toldToo = "";

    @Actor
    public void tryAdd() {
      told = Told.added(() -> collection.tryAdd(1));
    }

    @Actor
    public void tryAddToo() {
      toldToo = Told.added(() -> collection.tryAdd(2));
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 = told + "; " + toldToo + "; " + collection;
    }
  }

  /** Two threads hand each other items through collections for one item. */
  @JCStressTest
  @State
  @Outcome(id = "items 1 2 3, 0", expect = ACCEPTABLE, desc = "all, in order")
  @Outcome(expect = FORBIDDEN, desc = "lost, doubled or out of order")
  public static class AddAndTakeThrice {
    private final BlockingCollection<Integer> collection = new BlockingCollection<>(1);

    @Actor
    public void add() {
      for (int item = 1; item <= 3; item++) {
        int next = item;
        Told.added(() -> collection.tryAdd(next, Timeout.INFINITE));
      }
      collection.completeAdding();
    }

    @Actor
    public void take(LL_Result r) {
      StringBuilder items = new StringBuilder("items");
      collection.getConsumingEnumerable().forEach(item -> items.append(' ').append(item));
      r.r1 = items.toString();
    }

    @Arbiter
    public void rest(LL_Result r) {
      r.r2 = collection.count();
    }
  }

  /** An item comes, and then the token of the taker is canceled. */
  @JCStressTest
  @State
  @Outcome(id = "item 1, 0", expect = ACCEPTABLE, desc = "has it")
  @Outcome(id = "canceled, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken and there")
  public static class AddThenCancelAndTake {
    private final BlockingCollection<Integer> collection = new BlockingCollection<>();
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void addAndCancel() {
      collection.tryAdd(1);
      source.cancel();
    }

    @Actor
    public void take(LL_Result r) {
      r.r1 = Told.taken(() -> collection.tryTake(Timeout.INFINITE, source.token()));
    }

    @Arbiter
    public void rest(LL_Result r) {
      r.r2 = collection.count() + source.registrationCount();
    }
  }

  /** The token of the taker is canceled, and then an item comes. */
  @JCStressTest
  @State
  @Outcome(id = "item 1, 0", expect = ACCEPTABLE, desc = "looked at the token before")
  @Outcome(id = "canceled, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken and there")
  public static class CancelThenAddAndTake {
    private final BlockingCollection<Integer> collection = new BlockingCollection<>();
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void cancelAndAdd() {
      source.cancel();
      collection.tryAdd(1);
    }

    @Actor
    public void take(LL_Result r) {
      r.r1 = Told.taken(() -> collection.tryTake(Timeout.INFINITE, source.token()));
    }

    @Arbiter
    public void rest(LL_Result r) {
      r.r2 = collection.count() + source.registrationCount();
    }
  }

  /** An item comes at about the time when the wait is over. */
  @JCStressTest
  @State
  @Outcome(id = "item 1, 0", expect = ACCEPTABLE, desc = "in time")
  @Outcome(id = "empty, 1", expect = ACCEPTABLE, desc = "too late, and still there")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken and there")
  public static class AddAndTimeout {
    private final BlockingCollection<Integer> collection = new BlockingCollection<>();

    @Actor
    public void add() {
      collection.tryAdd(1);
    }

    @Actor
    public void take(LL_Result r) {
      r.r1 = Told.taken(() -> collection.tryTake(SHORT));
    }

    @Arbiter
    public void rest(LL_Result r) {
      r.r2 = collection.count();
    }
  }

  /** The taker is interrupted and an item comes: one of the two ends its wait, neither is lost. */
  @JCStressTest
  @State
  @Outcome(id = "item 1, true, 0", expect = ACCEPTABLE, desc = "the interrupt is pending")
  @Outcome(id = "interrupted, false, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "an item or an interrupt lost")
  public static class InterruptAndAdd {
    private final BlockingCollection<Integer> collection = new BlockingCollection<>();
    private volatile @Nullable Thread taker;
    private volatile boolean isDone;

    @Actor
    public void interruptAndAdd() {
      Thread thread;
      while ((thread = taker) == null) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      collection.tryAdd(1);
      isDone = true;
    }

    @Actor
    public void take(LZI_Result r) {
      taker = Thread.currentThread();
      r.r1 = Told.taken(() -> collection.tryTake(Timeout.INFINITE));
      while (!isDone) {
        Thread.onSpinWait();
      }
      r.r2 = Thread.interrupted();
    }

    @Arbiter
    public void rest(LZI_Result r) {
      r.r3 = collection.count();
    }
  }

  /** Room comes, and the token of who waits for it is canceled. */
  @JCStressTest
  @State
  @Outcome(id = "added, item 1, item 2", expect = ACCEPTABLE, desc = "has the room")
  @Outcome(id = "canceled, item 1, empty", expect = ACCEPTABLE, desc = "has added nothing")
  @Outcome(expect = FORBIDDEN, desc = "an item or room lost")
  public static class TakeThenCancelAndAdd {
    private final BlockingCollection<Integer> collection = full();
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void takeAndCancel(LLL_Result r) {
      r.r2 = Told.taken(() -> collection.tryTake());
      source.cancel();
    }

    @Actor
    public void add(LLL_Result r) {
      r.r1 = Told.added(() -> collection.tryAdd(2, Timeout.INFINITE, source.token()));
    }

    @Arbiter
    public void rest(LLL_Result r) {
      r.r3 = Told.taken(() -> collection.tryTake());
      if (!collection.tryAdd(3)) {
        r.r3 += ", and no room";
      }
    }
  }

  /**
   * Adding is completed beside an add to a store: who takes afterwards does not overlook its item.
   */
  @JCStressTest
  @State
  @Outcome(id = "added; item 1; completed", expect = ACCEPTABLE, desc = "in time, and taken")
  @Outcome(id = "refused; refused; completed", expect = ACCEPTABLE, desc = "too late: the end")
  @Outcome(expect = FORBIDDEN, desc = "the end was told before the item came")
  public static class AddAndComplete {
    private final BlockingCollection<Integer> collection =
        new BlockingCollection<>(new ConcurrentLinkedQueue<>());
    private String toldAdder = "";
    private String toldTaker = "";

    @Actor
    public void add() {
      toldAdder = Told.added(() -> collection.tryAdd(1));
    }

    @Actor
    public void completeAndTake() {
      collection.completeAdding();
      toldTaker = Told.taken(() -> Optional.of(collection.take()));
    }

    @Arbiter
    public void rest(L_Result r) {
      String end = collection.isCompleted() ? "completed" : "not completed";
      r.r1 = toldAdder + "; " + toldTaker + "; " + end;
    }
  }

  /** Adding is completed while one waits for room, which then comes. */
  @JCStressTest
  @State
  @Outcome(id = "refused, item 1, refused", expect = ACCEPTABLE, desc = "did not get the room")
  @Outcome(expect = FORBIDDEN, desc = "added after the completion, or no end")
  public static class CompleteThenTakeAndAdd {
    private final BlockingCollection<Integer> collection = full();

    @Actor
    public void completeAndTake(LLL_Result r) {
      collection.completeAdding();
      r.r2 = Told.taken(() -> collection.tryTake());
    }

    @Actor
    public void add(LLL_Result r) {
      r.r1 = Told.added(() -> collection.tryAdd(2, Timeout.INFINITE));
    }

    @Arbiter
    public void rest(LLL_Result r) {
      r.r3 = Told.taken(() -> Optional.of(collection.take()));
    }
  }

  /** The last item is taken while another taker waits: it is told the end. */
  @JCStressTest
  @State
  @Outcome(
      id = {"item 1, refused", "refused, item 1"},
      expect = ACCEPTABLE,
      desc = "one has it")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken twice")
  public static class TakeTheLastAndTake {
    private final BlockingCollection<Integer> collection = full();

    @Actor
    public void completeAndTake(LL_Result r) {
      collection.completeAdding();
      r.r1 = Told.taken(() -> Optional.of(collection.take()));
    }

    @Actor
    public void take(LL_Result r) {
      r.r2 = Told.taken(() -> Optional.of(collection.take()));
    }
  }

  /** The collection is closed beside a take that waits. */
  @JCStressTest
  @State
  @Outcome(id = "item 1, 0", expect = ACCEPTABLE, desc = "has it")
  @Outcome(id = "closed, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken and there")
  public static class AddThenCloseAndTake {
    private final ConcurrentLinkedQueue<Integer> store = new ConcurrentLinkedQueue<>();
    private final BlockingCollection<Integer> collection = new BlockingCollection<>(store);

    @Actor
    public void addAndClose() {
      collection.tryAdd(1);
      collection.close();
    }

    @Actor
    public void take(LL_Result r) {
      r.r1 = Told.taken(() -> collection.tryTake(Timeout.INFINITE));
    }

    @Arbiter
    public void rest(LL_Result r) {
      r.r2 = store.size();
    }
  }

  /** Of two takers one is canceled when the item comes: then it goes to the other. */
  @JCStressTest
  @State
  @Outcome(id = "item 1; empty; 0 left", expect = ACCEPTABLE, desc = "was in time")
  @Outcome(id = "canceled; item 1; 0 left", expect = ACCEPTABLE, desc = "was passed over")
  @Outcome(id = "empty; item 1; 0 left", expect = ACCEPTABLE, desc = "came to the end")
  @Outcome(expect = FORBIDDEN, desc = "lost, overlooked or taken twice")
  public static class AddThenCancelAndTakeAndTake {
    private final BlockingCollection<Integer> collection = new BlockingCollection<>();
    private final CancellationTokenSource source = new CancellationTokenSource();
    private String toldWithToken = "";
    private String told = "";

    @Actor
    public void addAndCancel() {
      collection.tryAdd(1);
      source.cancel();
      collection.completeAdding();
    }

    @Actor
    public void takeWithToken() {
      toldWithToken = Told.taken(() -> collection.tryTake(Timeout.INFINITE, source.token()));
    }

    @Actor
    public void take() {
      told = Told.taken(() -> collection.tryTake(Timeout.INFINITE));
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 = toldWithToken + "; " + told + "; " + collection.count() + " left";
    }
  }

  /** Adding is completed, and then the token of a loop over the empty collection canceled. */
  @JCStressTest
  @State
  @Outcome(id = "not through, 0", expect = ACCEPTABLE, desc = "the end comes before the token")
  @Outcome(id = "canceled, 0", expect = FORBIDDEN, desc = "canceled after the end")
  @Outcome(expect = FORBIDDEN, desc = "anything else")
  public static class CompleteThenCancelAndStep {
    private final BlockingCollection<Integer> collection = new BlockingCollection<>();
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void completeAndCancel() {
      collection.completeAdding();
      source.cancel();
    }

    @Actor
    public void step(LL_Result r) {
      Iterator<Integer> items = collection.getConsumingEnumerable(source.token()).iterator();
      r.r1 = Answer.to(items::hasNext);
    }

    @Arbiter
    public void rest(LL_Result r) {
      r.r2 = source.registrationCount();
    }
  }
}
