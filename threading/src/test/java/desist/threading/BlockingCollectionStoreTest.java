// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.threading.TestThreads.Running;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.PriorityBlockingQueue;
import org.junit.jupiter.api.Test;

/** Collections over stores of the user's, also over those that fail. */
final class BlockingCollectionStoreTest {
  private final FailingStore store = new FailingStore();
  private final BlockingCollection<String> collection = new BlockingCollection<>(store, 1);

  @Test
  void theStoreDecidesTheOrder() throws Exception {
    BlockingCollection<String> smallest = new BlockingCollection<>(new PriorityBlockingQueue<>());
    BlockingCollection<String> newest =
        new BlockingCollection<>(Collections.asLifoQueue(new ConcurrentLinkedDeque<>()));
    for (String item : List.of("b", "c", "a")) {
      smallest.add(item);
      newest.add(item);
    }

    assertThat(List.of(smallest.take(), smallest.take(), smallest.take()))
        .containsExactly("a", "b", "c");
    assertThat(List.of(newest.take(), newest.take(), newest.take())).containsExactly("a", "c", "b");
  }

  @Test
  void whatTheStoreHoldsAlreadyIsThereAndCounts() throws Exception {
    Queue<String> two = new ConcurrentLinkedQueue<>(List.of("a", "b"));
    BlockingCollection<String> full = new BlockingCollection<>(two, 2);

    assertThat(full.count()).isEqualTo(2);
    assertThat(full.tryAdd("c")).isFalse();
    assertThat(full.take()).isEqualTo("a");
    assertThat(full.tryAdd("c")).isTrue();
  }

  @Test
  void badArgumentsAreRefused() {
    Queue<String> two = new ConcurrentLinkedQueue<>(List.of("a", "b"));

    assertThatThrownBy(() -> new BlockingCollection<>(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("boundedCapacity")
        .hasMessageContaining("0");
    assertThatThrownBy(() -> new BlockingCollection<>(two, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2");
    assertThatThrownBy(() -> new BlockingCollection<>((Queue<String>) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("store");
  }

  @Test
  void aRefusedItemIsNotAddedAndItsRoomIsGivenBack() throws Exception {
    store.isRefusing = true;
    assertThatThrownBy(() -> collection.add("a"))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("refuses");
    assertThatThrownBy(() -> collection.tryAdd("a"))
        .isExactlyInstanceOf(IllegalStateException.class);
    assertThat(collection.count()).isZero();

    store.isRefusing = false;
    assertThat(collection.tryAdd("b")).isTrue();
  }

  @Test
  void whatTheStoreThrowsLeavesAndNothingIsLost() throws Exception {
    store.failure = new ArithmeticException();
    assertThatThrownBy(() -> collection.add("a")).isSameAs(store.failure);
    store.failure = null;
    collection.add("b");

    store.failure = new StackOverflowError();
    assertThatThrownBy(collection::take).isSameAs(store.failure);
    assertThat(collection.count()).isEqualTo(1);
    assertThat(collection.tryAdd("c")).isFalse();
    store.failure = null;
    assertThat(collection.take()).isEqualTo("b");
    assertThat(collection.tryAdd("c")).isTrue();
  }

  @Test
  void theRoomOfAnItemThatCouldNotBeAddedGoesToWhoWaits() throws Exception {
    store.awaitsRelease = true;
    store.isRefusing = true;
    Running<Boolean> failing = TestThreads.start(() -> collection.tryAdd("a")).awaitBlocked();
    Running<Void> waiting =
        TestThreads.start(
            () -> {
              collection.add("b");
              return null;
            });
    waiting.awaitBlocked();

    store.release.countDown();

    assertThatThrownBy(failing::join).isInstanceOf(IllegalStateException.class);
    waiting.join();
    assertThat(collection.toArray()).containsExactly("b");
  }

  @Test
  void anItemThatOthersTookIsToldAndForgotten() throws Exception {
    collection.add("a");
    store.clear();

    assertThatThrownBy(collection::take)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lacks");

    assertThat(collection.count()).isZero();
    assertThat(collection.tryAdd("b")).isTrue();
  }

  @Test
  void theEndIsNotToldWhileAnItemIsOnItsWay() throws Exception {
    store.awaitsRelease = true;
    Running<Boolean> adder = TestThreads.start(() -> collection.tryAdd("a")).awaitBlocked();
    collection.completeAdding();
    assertThat(collection.isAddingCompleted()).isTrue();
    assertThat(collection.isCompleted()).isFalse();
    assertThat(collection.tryTake()).isEmpty();
    Running<String> taker = TestThreads.start(collection::take).awaitBlocked();
    Running<String> late = TestThreads.start(collection::take).awaitBlocked();

    store.release.countDown();

    assertThat(adder.join()).isTrue();
    assertThat(taker.join()).isEqualTo("a");
    assertThatThrownBy(late::join).isInstanceOf(IllegalStateException.class);
    assertThat(collection.isCompleted()).isTrue();
  }

  @Test
  void theEndIsToldWhenTheLastItemOnItsWayIsRefused() throws Exception {
    store.awaitsRelease = true;
    store.isRefusing = true;
    Running<Boolean> adder = TestThreads.start(() -> collection.tryAdd("a")).awaitBlocked();
    collection.completeAdding();
    Running<String> taker = TestThreads.start(collection::take).awaitBlocked();

    store.release.countDown();

    assertThatThrownBy(adder::join).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(taker::join).hasMessageContaining("nothing is left");
  }

  @Test
  void anAddUnderWayEndsWellThoughTheCollectionIsClosed() throws Exception {
    store.awaitsRelease = true;
    Running<Boolean> adder = TestThreads.start(() -> collection.tryAdd("a")).awaitBlocked();

    collection.close();
    store.release.countDown();

    assertThat(adder.join()).isTrue();
    assertThat(store).containsExactly("a");
  }

  /** Refuses, throws or takes its time when told so. */
  private static final class FailingStore extends ConcurrentLinkedQueue<String> {
    private static final long serialVersionUID = 1;

    private final transient CountDownLatch release = new CountDownLatch(1);
    private transient volatile boolean awaitsRelease;
    private transient volatile boolean isRefusing;
    private transient volatile Throwable failure;

    @Override
    public boolean offer(String item) {
      boolean refuses = isRefusing;
      if (awaitsRelease) {
        try {
          release.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        isRefusing = false; // the first alone
      }
      fail();
      return !refuses && super.offer(item);
    }

    @Override
    public String poll() {
      fail();
      return super.poll();
    }

    private void fail() {
      Throwable thrown = failure;
      if (thrown instanceof Error error) {
        throw error;
      } else if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
