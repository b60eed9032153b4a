// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.Timeout;
import desist.threading.TestThreads.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class BlockingCollectionTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  private final BlockingCollection<String> unbounded = new BlockingCollection<>();
  private final BlockingCollection<String> ofOne = new BlockingCollection<>(1);
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void itemsComeOutInTheOrderInWhichTheyWentIn() throws Exception {
    unbounded.add("a");
    unbounded.add("b", source.token());
    assertThat(unbounded.tryAdd("c")).isTrue();
    assertThat(unbounded.tryAdd("d", SHORT)).isTrue();
    assertThat(unbounded.tryAdd("e", SHORT, source.token())).isTrue();
    assertThat(unbounded.count()).isEqualTo(5);

    assertThat(unbounded.take()).isEqualTo("a");
    assertThat(unbounded.take(source.token())).isEqualTo("b");
    assertThat(unbounded.tryTake()).contains("c");
    assertThat(unbounded.tryTake(SHORT)).contains("d");
    assertThat(unbounded.tryTake(SHORT, source.token())).contains("e");
    assertThat(unbounded.count()).isZero();
  }

  @Test
  void withoutRoomOrItemATryFailsAtOnceOrWhenItsTimeIsUp() throws Exception {
    ofOne.add("a");
    assertThat(ofOne.tryAdd("b")).isFalse();
    assertThat(ofOne.tryAdd("b", Duration.ofSeconds(-1))).isFalse();
    long start = System.nanoTime();
    assertThat(ofOne.tryAdd("b", SHORT, source.token())).isFalse();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    assertThat(ofOne.toArray()).containsExactly("a");

    ofOne.take();
    assertThat(ofOne.tryTake()).isEmpty();
    assertThat(ofOne.tryTake(Duration.ZERO)).isEmpty();
    start = System.nanoTime();
    assertThat(ofOne.tryTake(SHORT, source.token())).isEmpty();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aTakerWaitsForAnItemAndAnAdderForRoom() throws Exception {
    Running<String> taker = TestThreads.start(ofOne::take).awaitBlocked();
    ofOne.add("a");
    assertThat(taker.join()).isEqualTo("a");

    ofOne.add("b");
    Running<Boolean> adder = TestThreads.start(() -> ofOne.tryAdd("c", Timeout.INFINITE));
    adder.awaitBlocked();
    assertThat(ofOne.take()).isEqualTo("b");
    assertThat(adder.join()).isTrue();
    assertThat(ofOne.take()).isEqualTo("c");
  }

  @Test
  void whoHasWaitedLongestIsServedFirst() throws Exception {
    List<Running<String>> takers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      takers.add(TestThreads.start(unbounded::take).awaitBlocked());
    }
    for (int i = 0; i < 3; i++) {
      unbounded.add("item " + i);
      assertThat(unbounded.tryTake()).isEmpty(); // nobody overtakes
      assertThat(takers.get(i).join()).isEqualTo("item " + i);
    }
  }

  @Test
  void aCanceledTakerSaysByWhichTokenAndWhyAndHasTakenNothing() throws Exception {
    Exception reason = new Exception("stop");
    Running<String> taker = TestThreads.start(() -> unbounded.take(source.token())).awaitBlocked();
    assertThat(source.registrationCount()).isEqualTo(1);

    source.cancelBecause(reason);

    assertThatThrownBy(taker::join)
        .isInstanceOfSatisfying(
            OperationCanceledException.class,
            e -> {
              assertThat(e.token()).isSameAs(source.token());
              assertThat(e.getCause()).isSameAs(reason);
            });
    assertThat(source.registrationCount()).isZero();
    unbounded.add("a");
    assertThat(unbounded.take()).isEqualTo("a");
  }

  @Test
  void anAdderThatIsCanceledOrInterruptedHasAddedNothingAndKeepsNoRoom() throws Exception {
    ofOne.add("a");
    Running<Void> canceled = add("b", source.token());
    Running<Void> interrupted = add("c", CancellationToken.none());

    source.cancel();
    interrupted.thread().interrupt();

    assertThatThrownBy(canceled::join).isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(interrupted::join).isInstanceOf(InterruptedException.class);
    assertThat(ofOne.take()).isEqualTo("a");
    assertThat(ofOne.count()).isZero();
    assertThat(ofOne.tryAdd("d")).isTrue();
    assertThat(ofOne.toArray()).containsExactly("d");
  }

  @Test
  void anInterruptedTakerHasTakenNothing() throws Exception {
    Running<String> taker = TestThreads.start(unbounded::take).awaitBlocked();

    taker.thread().interrupt();

    assertThatThrownBy(taker::join).isInstanceOf(InterruptedException.class);
    unbounded.add("a");
    assertThat(unbounded.count()).isEqualTo(1);
  }

  @Test
  void aWaiterThatGaveUpIsPassedOver() throws Exception {
    Running<String> first = TestThreads.start(() -> unbounded.take(source.token())).awaitBlocked();
    Running<String> second = TestThreads.start(unbounded::take).awaitBlocked();

    source.cancel();
    assertThatThrownBy(first::join).isInstanceOf(OperationCanceledException.class);
    unbounded.add("a");

    assertThat(second.join()).isEqualTo("a");
  }

  @Test
  void whatNeedNotWaitRegistersNothing() throws Exception {
    int[] registered = {0};
    BlockingCollection<String> looksAtTheToken =
        new BlockingCollection<>(
            new java.util.concurrent.ConcurrentLinkedQueue<>() {
              @Override
              public boolean offer(String item) {
                registered[0] += source.registrationCount();
                return super.offer(item);
              }

              @Override
              public String poll() {
                registered[0] += source.registrationCount();
                return super.poll();
              }
            },
            1);

    looksAtTheToken.add("a", source.token());
    looksAtTheToken.take(source.token());

    assertThat(registered[0] + source.registrationCount()).isZero();
  }

  @Test
  void whatIsWrongIsToldInOrder() throws Exception {
    BlockingCollection<String> closed = new BlockingCollection<>();
    closed.close();
    source.cancel();
    CancellationToken canceled = source.token();
    Thread.currentThread().interrupt();

    assertNull("item", () -> closed.add(null, canceled));
    assertNull("item", () -> closed.tryAdd(null));
    assertNull("token", () -> closed.add("a", null));
    assertNull("timeout", () -> closed.tryAdd("a", null));
    assertNull("token", () -> closed.tryAdd("a", SHORT, null));
    assertNull("token", () -> closed.take(null));
    assertNull("timeout", () -> closed.tryTake(null));
    assertNull("token", () -> closed.tryTake(SHORT, null));
    assertThatThrownBy(() -> closed.add("a", canceled)).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> closed.take(canceled)).isInstanceOf(InterruptedException.class);

    assertThatThrownBy(() -> closed.add("a", canceled)).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(() -> closed.take(canceled)).isInstanceOf(ObjectDisposedException.class);

    unbounded.add("a");
    assertCanceled(() -> unbounded.add("b", canceled));
    assertCanceled(() -> unbounded.tryTake(SHORT, canceled));
    assertThat(unbounded.toArray()).containsExactly("a");

    unbounded.completeAdding();
    assertCanceled(() -> unbounded.tryAdd("b", SHORT, canceled));
    assertCompleted(() -> unbounded.add("b"));
    assertCompleted(() -> unbounded.tryAdd("b"));
    assertCompleted(() -> unbounded.tryAdd("b", SHORT));
    unbounded.take();
    assertCanceled(() -> unbounded.take(canceled));
    assertCompleted(unbounded::take);
  }

  @Test
  void whatNeverWaitsLooksAtNoInterrupt() {
    Thread.currentThread().interrupt();

    assertThat(unbounded.tryAdd("a")).isTrue();
    assertThat(unbounded.tryTake()).contains("a");

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void completingLetsTakersHaveWhatIsLeftAndThenEndsTheirWaits() throws Exception {
    unbounded.add("a");

    unbounded.completeAdding();
    unbounded.completeAdding();

    assertThat(unbounded.isAddingCompleted()).isTrue();
    assertThat(unbounded.isCompleted()).isFalse();
    assertThat(unbounded.take()).isEqualTo("a");
    assertThat(unbounded.isCompleted()).isTrue();
    assertCompleted(unbounded::take);
    assertThat(unbounded.tryTake()).isEmpty();
    assertThat(unbounded.tryTake(Timeout.INFINITE)).isEmpty();
  }

  @Test
  void completingWakesTakersOfAnEmptyCollection() throws Exception {
    Running<String> taker = TestThreads.start(() -> unbounded.take(source.token())).awaitBlocked();
    Running<Boolean> trying =
        TestThreads.start(() -> unbounded.tryTake(Timeout.INFINITE).isPresent()).awaitBlocked();

    unbounded.completeAdding();

    assertCompleted(taker::join);
    assertThat(trying.join()).isFalse();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void completingWakesAddersWhoseItemsAreNotAdded() throws Exception {
    ofOne.add("a");
    Running<Void> adder = add("b", source.token());
    Running<Boolean> trying =
        TestThreads.start(() -> ofOne.tryAdd("c", Timeout.INFINITE)).awaitBlocked();

    ofOne.completeAdding();

    assertCompleted(adder::join);
    assertCompleted(trying::join);
    assertThat(ofOne.toArray()).containsExactly("a");
    assertThat(ofOne.take()).isEqualTo("a");
    assertThat(ofOne.isCompleted()).isTrue();
  }

  @Test
  void closingWakesWhoWaits() throws Exception {
    ofOne.add("a");
    Running<Void> adder = add("b", source.token());
    Running<String> taker = TestThreads.start(() -> unbounded.take(source.token())).awaitBlocked();

    ofOne.close();
    unbounded.close();
    unbounded.close();

    assertThatThrownBy(adder::join).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(taker::join).isInstanceOf(ObjectDisposedException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aClosedCollectionAnswersNothing() {
    unbounded.close();

    List<Consumer<BlockingCollection<String>>> questions =
        List.of(
            BlockingCollection::count,
            BlockingCollection::boundedCapacity,
            BlockingCollection::isAddingCompleted,
            BlockingCollection::isCompleted,
            BlockingCollection::completeAdding,
            BlockingCollection::tryTake,
            BlockingCollection::iterator,
            BlockingCollection::toArray,
            collection -> collection.toArray(new String[0]),
            collection -> collection.tryAdd("a"));
    for (Consumer<BlockingCollection<String>> question : questions) {
      assertThatThrownBy(() -> question.accept(unbounded))
          .isInstanceOf(ObjectDisposedException.class)
          .hasMessageContaining("BlockingCollection");
    }
    assertThat(unbounded).hasToString("BlockingCollection[0, closed]");
  }

  @Test
  void enumeratingIsASnapshotThatTakesNothing() throws Exception {
    unbounded.add("a");
    unbounded.add("b");
    List<String> seen = new ArrayList<>();

    for (String item : unbounded) {
      seen.add(item);
      unbounded.add("later");
    }

    assertThat(seen).containsExactly("a", "b");
    assertThat(unbounded.toArray(new String[0])).containsExactly("a", "b", "later", "later");
    assertThat(unbounded.count()).isEqualTo(4);
    assertThatThrownBy(() -> unbounded.iterator().remove())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aSnapshotIsConsistentWhileItemsComeAndGo() throws Exception {
    BlockingCollection<Integer> window = new BlockingCollection<>();
    Running<Void> moving =
        TestThreads.start(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                window.add(i);
                if (i >= 10) {
                  window.take();
                }
              }
              return null;
            });

    while (!moving.task().isDone()) {
      Object[] seen = window.toArray();
      for (int i = 1; i < seen.length; i++) {
        assertThat((int) seen[i]).isEqualTo((int) seen[i - 1] + 1);
      }
      assertThat(seen.length).isLessThanOrEqualTo(11);
    }

    moving.join();
    assertThat(window.toArray()).hasSize(10);
  }

  @Test
  void theStateIsTold() throws Exception {
    assertThat(unbounded.boundedCapacity()).isEqualTo(-1);
    assertThat(ofOne.boundedCapacity()).isEqualTo(1);
    assertThat(unbounded).hasToString("BlockingCollection[0]");
    ofOne.add("a");
    ofOne.completeAdding();
    assertThat(ofOne).hasToString("BlockingCollection[1 of 1, adding completed]");
  }

  private Running<Void> add(String item, CancellationToken token) {
    Callable<Void> body =
        () -> {
          ofOne.add(item, token);
          return null;
        };
    return TestThreads.start(body).awaitBlocked();
  }

  private static void assertNull(String parameter, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(parameter);
  }

  private static void assertCanceled(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(OperationCanceledException.class);
  }

  private static void assertCompleted(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("completed");
  }
}
