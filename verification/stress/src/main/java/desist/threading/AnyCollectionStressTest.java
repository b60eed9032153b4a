// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import desist.Timeout;
import desist.threading.BlockingCollection.Taken;
import java.time.Duration;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Waits for items or room in any of two collections: one of them is used, and once. */
public final class AnyCollectionStressTest {
  private static final Duration SHORT = Duration.ofNanos(500);

  private AnyCollectionStressTest() {}

  private static String take(
      List<BlockingCollection<Integer>> collections, Duration timeout, CancellationTokenSource by) {
    return Told.taken(
        () ->
            BlockingCollection.<Integer>tryTakeFromAny(collections, timeout, by.token())
                .map(Taken::item));
  }

  private static BlockingCollection<Integer> full(int item) {
    BlockingCollection<Integer> collection = new BlockingCollection<>(1);
    collection.tryAdd(item);
    return collection;
  }

  /** Items come to both collections: one is taken, and the other left. */
  @JCStressTest
  @State
  @Outcome(id = "item 1, 0, 1", expect = ACCEPTABLE, desc = "took from the first")
  @Outcome(id = "item 2, 1, 0", expect = ACCEPTABLE, desc = "took from the second")
  @Outcome(expect = FORBIDDEN, desc = "took both, or none")
  public static class AddToBothAndTakeFromAny {
    private final BlockingCollection<Integer> first = new BlockingCollection<>();
    private final BlockingCollection<Integer> second = new BlockingCollection<>();
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void add() {
      second.tryAdd(2);
      first.tryAdd(1);
    }

    @Actor
    public void takeFromAny(LII_Result r) {
      r.r1 = take(List.of(first, second), Timeout.INFINITE, source);
    }

    @Arbiter
    public void rest(LII_Result r) {
      r.r2 = first.count();
      r.r3 = second.count();
    }
  }

  /** An item comes to one of them, and who brought it looks for it as well. */
  @JCStressTest
  @State
  @Outcome(
      id = {"item 1, empty, 0", "empty, item 1, 0"},
      expect = ACCEPTABLE,
      desc = "one has it")
  @Outcome(expect = FORBIDDEN, desc = "lost, overlooked or taken twice")
  public static class AddThenTakeAndTakeFromAny {
    private final BlockingCollection<Integer> first = new BlockingCollection<>();
    private final BlockingCollection<Integer> second = new BlockingCollection<>();
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void addAndTake(LLI_Result r) {
      second.tryAdd(1);
      r.r2 = Told.taken(() -> second.tryTake());
    }

    @Actor
    public void takeFromAny(LLI_Result r) {
      r.r1 = take(List.of(first, second), SHORT, source);
    }

    @Arbiter
    public void rest(LLI_Result r) {
      r.r3 = first.count() + second.count();
    }
  }

  /** An item comes while the token is canceled. */
  @JCStressTest
  @State
  @Outcome(id = "item 1, 0, 0", expect = ACCEPTABLE, desc = "has it")
  @Outcome(id = "canceled, 1, 0", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "lost, or something left on the token")
  public static class AddThenCancelAndTakeFromAny {
    private final BlockingCollection<Integer> first = new BlockingCollection<>();
    private final BlockingCollection<Integer> second = new BlockingCollection<>();
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void addAndCancel() {
      second.tryAdd(1);
      source.cancel();
    }

    @Actor
    public void takeFromAny(LII_Result r) {
      r.r1 = take(List.of(first, second), Timeout.INFINITE, source);
    }

    @Arbiter
    public void rest(LII_Result r) {
      r.r2 = second.count();
      r.r3 = source.registrationCount();
    }
  }

  /** Room comes in both: one item is added, and the other room left. */
  @JCStressTest
  @State
  @Outcome(id = "index 0, item 3, empty", expect = ACCEPTABLE, desc = "added to the first")
  @Outcome(id = "index 1, empty, item 3", expect = ACCEPTABLE, desc = "added to the second")
  @Outcome(expect = FORBIDDEN, desc = "lost, or added twice")
  public static class TakeFromBothAndAddToAny {
    private final BlockingCollection<Integer> first = full(1);
    private final BlockingCollection<Integer> second = full(2);

    @Actor
    public void take() {
      second.tryTake();
      first.tryTake();
    }

    @Actor
    public void addToAny(LLL_Result r) {
      r.r1 = Told.index(() -> BlockingCollection.addToAny(List.of(first, second), 3));
    }

    @Arbiter
    public void rest(LLL_Result r) {
      r.r2 = Told.taken(() -> first.tryTake());
      r.r3 = Told.taken(() -> second.tryTake());
      if (!first.tryAdd(4) || !second.tryAdd(4)) {
        r.r3 += ", and no room";
      }
    }
  }

  /** Both are completed, beside an item that is still coming. */
  @JCStressTest
  @State
  @Outcome(id = "item 1, completed", expect = ACCEPTABLE, desc = "has it")
  @Outcome(expect = FORBIDDEN, desc = "lost, or told the end too early")
  public static class AddThenCompleteAndTakeFromAny {
    private final BlockingCollection<Integer> first = new BlockingCollection<>();
    private final BlockingCollection<Integer> second = new BlockingCollection<>();
    private final CancellationTokenSource source = new CancellationTokenSource();

    @Actor
    public void addAndComplete() {
      first.completeAdding();
      second.tryAdd(1);
      second.completeAdding();
    }

    @Actor
    public void takeFromAny(LL_Result r) {
      r.r1 = take(List.of(first, second), Timeout.INFINITE, source);
    }

    @Arbiter
    public void rest(LL_Result r) {
      r.r2 = first.isCompleted() && second.isCompleted() ? "completed" : "not completed";
    }
  }

  /** A wait in two collections, one in one of them, and one item there. */
  @JCStressTest
  @State
  @Outcome(
      id = {"item 1; empty; 0 left", "empty; item 1; 0 left"},
      expect = ACCEPTABLE,
      desc = "one has it")
  @Outcome(id = "empty; empty; 1 left", expect = ACCEPTABLE, desc = "both were too early")
  @Outcome(expect = FORBIDDEN, desc = "lost, or taken twice")
  public static class AddAndTakeAndTakeFromAny {
    private final BlockingCollection<Integer> first = new BlockingCollection<>();
    private final BlockingCollection<Integer> second = new BlockingCollection<>();
    private final CancellationTokenSource source = new CancellationTokenSource();
    private String told = "";
    private String toldOfAny = "";

    @Actor
    public void add() {
      second.tryAdd(1);
    }

    @Actor
    public void take() {
      told = Told.taken(() -> second.tryTake(SHORT));
    }

    @Actor
    public void takeFromAny() {
      toldOfAny = AnyCollectionStressTest.take(List.of(first, second), SHORT, source);
    }

    @Arbiter
    public void rest(L_Result r) {
      int left = first.count() + second.count();
      r.r1 = told + "; " + toldOfAny + "; " + left + " left";
    }
  }
}
