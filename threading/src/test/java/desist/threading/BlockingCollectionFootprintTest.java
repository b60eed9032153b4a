// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import desist.CancellationTokenSource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.GraphLayout;

/** Bytes of a collection with compressed oops, bytes allocated, and what waits leave behind. */
final class BlockingCollectionFootprintTest {
  private static final int ROUNDS = 10_000;
  private static final int QUEUE = 24;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final Integer item = 7;

  @Test
  void aCollectionTakesSixtyFourBytesBesideItsTwoQueues() {
    BlockingCollection<Integer> collection = new BlockingCollection<>();

    assertThat(ClassLayout.parseInstance(collection).instanceSize()).isEqualTo(24);
    assertThat(ClassLayout.parseInstance(collection.slots()).instanceSize()).isEqualTo(40);
    assertThat(GraphLayout.parseInstance(collection).totalSize()).isEqualTo(24 + 40 + 2 * QUEUE);
  }

  @Test
  void aCollectionOverAStoreTakesAsMuchBesideTheStore() {
    Queue<Integer> store = new ConcurrentLinkedQueue<>();
    BlockingCollection<Integer> collection = new BlockingCollection<>(store);

    assertThat(
            GraphLayout.parseInstance(collection).totalSize()
                - GraphLayout.parseInstance(store).totalSize())
        .isEqualTo(24 + 40 + 2 * QUEUE);
  }

  @Test
  void addingToAStoreAndTakingAllocatesWhatTheStoreDoes() throws Exception {
    BlockingCollection<Integer> collection =
        new BlockingCollection<>(new ArrayBlockingQueue<>(1), 1);

    assertThat(allocated(() -> takeBack(collection))).isZero();
  }

  @Test
  void addingAndTakingAllocatesANode() throws Exception {
    BlockingCollection<Integer> collection = new BlockingCollection<>();

    assertThat(allocated(() -> takeBack(collection))).isEqualTo(24);
  }

  @Test
  void askingForAnItemOrForRoomInVainAllocatesNothing() throws Exception {
    BlockingCollection<Integer> empty = new BlockingCollection<>();
    BlockingCollection<Integer> full = new BlockingCollection<>(1);
    full.add(item);

    assertThat(allocated(empty::tryTake)).isZero();
    assertThat(allocated(() -> empty.tryTake(Duration.ZERO, source.token()))).isZero();
    assertThat(allocated(() -> full.tryAdd(item, Duration.ZERO, source.token()))).isZero();
  }

  @Test
  void waitsThatEndedLeaveNothingBehind() throws Exception {
    BlockingCollection<Integer> full = new BlockingCollection<>(1);
    full.add(item);
    BlockingCollection<Integer> empty = new BlockingCollection<>(1);
    long before = GraphLayout.parseInstance(full, empty, source).totalSize();
    Duration moment = Duration.ofNanos(1_000);

    full.tryAdd(item, moment, source.token());
    empty.tryTake(moment, source.token());
    BlockingCollection.tryAddToAny(List.of(full, full), item, moment, source.token());
    BlockingCollection.tryTakeFromAny(List.of(empty, empty), moment, source.token());

    assertThat(GraphLayout.parseInstance(full, empty, source).totalSize()).isEqualTo(before);
    assertThat(source.registrationCount()).isZero();
  }

  private void takeBack(BlockingCollection<Integer> collection) throws InterruptedException {
    collection.add(item, source.token());
    collection.take(source.token());
  }

  /** Returns the bytes that a round allocates. */
  private static long allocated(Round round) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < ROUNDS; i++) {
      round.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      round.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
  }

  @FunctionalInterface
  private interface Round {
    void run() throws Exception;
  }
}
