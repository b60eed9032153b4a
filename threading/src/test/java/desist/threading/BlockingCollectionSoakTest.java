// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.threading.TestThreads.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Producers and consumers that are canceled, timed out and interrupted at random: what was added is
 * taken once, and nothing else.
 */
final class BlockingCollectionSoakTest {
  private static final int PRODUCERS = 2;
  private static final int CONSUMERS = 2;
  private static final int ATTEMPTS =
      "long".equals(System.getProperty("desist.budget")) ? 10_000_000 : 40_000;

  private final BlockingCollection<Integer> tiny = new BlockingCollection<>(1);
  private final BlockingCollection<Integer> small =
      new BlockingCollection<>(new ConcurrentLinkedQueue<>(), 3);
  private final List<BlockingCollection<Integer>> both = List.of(tiny, small);
  private final List<Actor> producers = new ArrayList<>();
  private final List<Actor> consumers = new ArrayList<>();

  @Test
  void whatWasAddedIsTakenOnce() throws Exception {
    for (int i = 0; i < PRODUCERS; i++) {
      producers.add(new Producer(i));
    }
    for (int i = 0; i < CONSUMERS; i++) {
      consumers.add(new Consumer(i));
    }
    List<Running<Void>> adding = producers.stream().map(TestThreads::run).toList();
    List<Running<Void>> taking = consumers.stream().map(TestThreads::run).toList();
    CancellationTokenSource end = new CancellationTokenSource();
    Running<Void> disturbing = TestThreads.run(() -> disturb(adding, taking, end.token()));

    joinAll(adding);
    tiny.completeAdding();
    small.completeAdding();
    joinAll(taking);
    end.cancel();
    disturbing.join();

    long gaveUp = producers.stream().mapToLong(p -> p.gaveUp).sum();
    BitSet added = union(producers);
    BitSet taken = union(consumers);
    System.out.printf(
        "%d items, taken once each; %d adds and %d takes gave up%n",
        taken.cardinality(), gaveUp, consumers.stream().mapToLong(c -> c.gaveUp).sum());
    assertThat(taken).isEqualTo(added);
    assertThat(added.cardinality()).isEqualTo(PRODUCERS * ATTEMPTS - gaveUp);
    assertThat(tiny.count() + small.count()).isZero();
    assertThat(producers).extracting(p -> p.source.registrationCount()).containsOnly(0);
    assertThat(consumers).extracting(c -> c.source.registrationCount()).containsOnly(0);
  }

  private void disturb(
      List<Running<Void>> adding, List<Running<Void>> taking, CancellationToken end) {
    SplittableRandom random = new SplittableRandom(-1);
    while (!end.isCancellationRequested()) {
      boolean isProducer = random.nextBoolean();
      int i = random.nextInt(isProducer ? PRODUCERS : CONSUMERS);
      if (random.nextBoolean()) {
        (isProducer ? producers : consumers).get(i).source.cancel();
      } else {
        (isProducer ? adding : taking).get(i).thread().interrupt();
      }
      for (int spins = random.nextInt(2_000); spins > 0; spins--) {
        Thread.onSpinWait();
      }
    }
  }

  private static void joinAll(List<Running<Void>> threads) throws Exception {
    for (Running<Void> running : threads) {
      running.thread().join(); // however long it takes
      running.join();
    }
  }

  private static BitSet union(List<Actor> actors) {
    BitSet all = new BitSet();
    for (Actor actor : actors) {
      assertThat(all.intersects(actor.items)).as("an item twice").isFalse();
      all.or(actor.items);
    }
    return all;
  }

  private abstract static class Actor implements Runnable {
    final SplittableRandom random;
    volatile CancellationTokenSource source = new CancellationTokenSource();

    /** What this actor has added, or taken. */
    final BitSet items = new BitSet();

    long gaveUp;

    Actor(int seed) {
      random = new SplittableRandom(seed);
    }

    /** Calls until it is done; a call that is canceled or interrupted has done nothing. */
    @Override
    public final void run() {
      for (boolean goesOn = true; goesOn; ) {
        try {
          goesOn = step(source.token());
        } catch (OperationCanceledException e) {
          if (e.token() == CancellationToken.none()) {
            assertThat(Thread.interrupted()).isTrue();
          } else {
            source = new CancellationTokenSource();
          }
          gaveUp++;
        } catch (InterruptedException e) {
          gaveUp++;
        }
      }
    }

    abstract boolean step(CancellationToken token) throws InterruptedException;

    final Duration moment() {
      return Duration.ofNanos(random.nextInt(100_000));
    }

    final void note(int item) {
      assertThat(items.get(item)).as("item %d twice", item).isFalse();
      items.set(item);
    }
  }

  private final class Producer extends Actor {
    private int next;
    private final int end;

    Producer(int number) {
      super(number);
      next = number * ATTEMPTS;
      end = next + ATTEMPTS;
    }

    @Override
    boolean step(CancellationToken token) throws InterruptedException {
      if (next == end) {
        return false;
      }
      int item = next++;
      if (add(both.get(random.nextInt(2)), item, token)) {
        note(item);
      } else {
        gaveUp++;
      }
      return true;
    }

    private boolean add(BlockingCollection<Integer> to, int item, CancellationToken token)
        throws InterruptedException {
      switch (random.nextInt(6)) {
        case 0:
          return to.tryAdd(item);
        case 1:
          return to.tryAdd(item, moment(), token);
        case 2:
          return BlockingCollection.tryAddToAny(both, item, moment()) >= 0;
        case 3:
          return BlockingCollection.addToAny(both, item, token) >= 0;
        default:
          to.add(item, token);
          return true;
      }
    }
  }

  private final class Consumer extends Actor {
    Consumer(int number) {
      super(-2 - number);
    }

    @Override
    boolean step(CancellationToken token) throws InterruptedException {
      Integer item = take(both.get(random.nextInt(2)), token);
      if (item == null) {
        return !(tiny.isCompleted() && small.isCompleted());
      }
      note(item);
      return true;
    }

    private @Nullable Integer take(BlockingCollection<Integer> from, CancellationToken token)
        throws InterruptedException {
      switch (random.nextInt(6)) {
        case 0:
          return from.tryTake().orElse(null);
        case 1:
          return from.tryTake(moment(), token).orElse(null);
        case 2:
          return takeFromAny(moment(), token);
        case 3:
          return takeFromAny(Duration.ofDays(1), token);
        default:
          for (int item : from.getConsumingEnumerable(token)) {
            return item;
          }
          return null;
      }
    }

    private @Nullable Integer takeFromAny(Duration timeout, CancellationToken token)
        throws InterruptedException {
      return BlockingCollection.<Integer>tryTakeFromAny(both, timeout, token)
          .map(BlockingCollection.Taken::item)
          .orElse(null);
    }
  }
}
