// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static desist.threading.BlockingCollection.addToAny;
import static desist.threading.BlockingCollection.takeFromAny;
import static desist.threading.BlockingCollection.tryAddToAny;
import static desist.threading.BlockingCollection.tryTakeFromAny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.Timeout;
import desist.threading.BlockingCollection.Taken;
import desist.threading.TestThreads.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** addToAny and takeFromAny of BlockingCollection. */
final class AnyCollectionTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  private final BlockingCollection<Integer> first = new BlockingCollection<>(1);
  private final BlockingCollection<Integer> second = new BlockingCollection<>(1);
  private final BlockingCollection<Integer> unbounded = new BlockingCollection<>();
  private final List<BlockingCollection<Integer>> both = List.of(first, second);
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken canceled = CancellationToken.canceled();

  @Test
  void theFirstThatHasRoomGetsTheItemAndTheFirstThatHasOneGivesIt() throws Exception {
    assertThat(addToAny(both, 1)).isZero();
    assertThat(addToAny(both, 2, source.token())).isEqualTo(1);
    assertThat(takeFromAny(both)).isEqualTo(new Taken<>(0, 1));
    assertThat(takeFromAny(both, source.token())).isEqualTo(new Taken<>(1, 2));

    assertThat(tryAddToAny(both, 3)).isZero();
    assertThat(tryAddToAny(both, 4, SHORT)).isEqualTo(1);
    assertThat(tryTakeFromAny(both)).contains(new Taken<>(0, 3));
    assertThat(tryTakeFromAny(both, SHORT)).contains(new Taken<>(1, 4));

    assertThat(tryAddToAny(both, 5, SHORT, source.token())).isZero();
    assertThat(tryTakeFromAny(both, SHORT, source.token())).contains(new Taken<>(0, 5));
  }

  @Test
  void aTryWithoutRoomOrItemFailsAtOnceOrWhenItsTimeIsUp() throws Exception {
    assertThat(tryTakeFromAny(both)).isEmpty();
    assertThat(tryTakeFromAny(both, Duration.ZERO)).isEmpty();
    assertThat(tryTakeFromAny(both, SHORT, source.token())).isEmpty();
    fill();
    assertThat(tryAddToAny(both, 3)).isEqualTo(-1);
    assertThat(tryAddToAny(both, 3, Duration.ofSeconds(-1))).isEqualTo(-1);
    assertThat(tryAddToAny(both, 3, SHORT, source.token())).isEqualTo(-1);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void theFirstWithoutBoundGetsTheItemAndTheTokenIsNotLookedAt() throws Exception {
    List<BlockingCollection<Integer>> all = List.of(first, unbounded, new BlockingCollection<>());

    assertThat(addToAny(all, 1, canceled)).isEqualTo(1);
    assertThat(tryAddToAny(all, 2)).isEqualTo(1);

    assertThat(unbounded.toArray()).containsExactly(1, 2);
  }

  @Test
  void anItemThatIsThereIsTakenWithoutLookingAtTheToken() throws Exception {
    second.add(1);

    assertThat(takeFromAny(both, canceled)).isEqualTo(new Taken<>(1, 1));
    assertCanceled(() -> takeFromAny(both, canceled));
    assertCanceled(() -> tryTakeFromAny(both, Duration.ZERO, canceled));
  }

  @Test
  void aCanceledTokenComesBeforeRoom() {
    assertCanceled(() -> addToAny(both, 1, canceled));
    assertCanceled(() -> tryAddToAny(both, 1, Duration.ZERO, canceled));
    assertThat(first.count() + second.count()).isZero();
  }

  @Test
  void aTakerThatWaitsGetsTheFirstItemThatComesAndNoOther() throws Exception {
    Running<Taken<Integer>> taker =
        TestThreads.start(() -> takeFromAny(both, source.token())).awaitBlocked();
    assertThat(source.registrationCount()).isEqualTo(1);

    second.add(1);
    first.add(2);

    assertThat(taker.join()).isEqualTo(new Taken<>(1, 1));
    assertThat(first.count()).isEqualTo(1);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void anAdderThatWaitsGetsTheFirstRoomThatComesAndNoOther() throws Exception {
    fill();
    Running<Integer> adder = TestThreads.start(() -> addToAny(both, 3)).awaitBlocked();

    second.take();
    assertThat(adder.join()).isEqualTo(1);
    first.take();

    assertThat(first.tryAdd(4)).isTrue();
    assertThat(second.take()).isEqualTo(3);
  }

  @Test
  void aWaitThatIsCanceledOrInterruptedAddsAndTakesNothing() throws Exception {
    Running<Taken<Integer>> taker =
        TestThreads.start(() -> takeFromAny(both, source.token())).awaitBlocked();
    source.cancel();
    assertCanceled(taker::join);

    fill();
    CancellationTokenSource other = new CancellationTokenSource();
    Running<Integer> adder =
        TestThreads.start(() -> addToAny(both, 3, other.token())).awaitBlocked();
    adder.thread().interrupt();
    assertThatThrownBy(adder::join).isInstanceOf(InterruptedException.class);

    assertThat(first.take() + second.take()).isEqualTo(3);
    assertThat(first.count() + second.count()).isZero();
    assertThat(other.registrationCount()).isZero();
    fill();
  }

  @Test
  void theSameCollectionTwiceIsServedOnce() throws Exception {
    List<BlockingCollection<Integer>> twice = List.of(first, first);
    Running<Taken<Integer>> taker = TestThreads.start(() -> takeFromAny(twice)).awaitBlocked();

    first.add(1);
    assertThat(taker.join()).isEqualTo(new Taken<>(0, 1));
    first.add(2);

    assertThat(first.count()).isEqualTo(1);
  }

  @Test
  void completedCollectionsAreSkippedWhenTaking() throws Exception {
    first.completeAdding();
    second.add(1);
    assertThat(takeFromAny(both)).isEqualTo(new Taken<>(1, 1));
    Running<Taken<Integer>> taker = TestThreads.start(() -> takeFromAny(both)).awaitBlocked();

    second.add(2);

    assertThat(taker.join()).isEqualTo(new Taken<>(1, 2));
  }

  @Test
  void aTakerWaitsOnIfOneIsCompleted() throws Exception {
    Running<Taken<Integer>> taker = TestThreads.start(() -> takeFromAny(both)).awaitBlocked();

    first.completeAdding();
    taker.awaitBlocked();
    second.add(1);

    assertThat(taker.join()).isEqualTo(new Taken<>(1, 1));
  }

  @Test
  void takersWaitNoLongerIfAllAreCompleted() throws Exception {
    Running<Taken<Integer>> taker = TestThreads.start(() -> takeFromAny(both)).awaitBlocked();
    Running<Optional<Taken<Integer>>> trying =
        TestThreads.start(() -> BlockingCollection.<Integer>tryTakeFromAny(both, Timeout.INFINITE))
            .awaitBlocked();

    first.completeAdding();
    second.completeAdding();

    assertThatThrownBy(taker::join).isInstanceOf(IllegalArgumentException.class);
    assertThat(trying.join()).isEmpty();
    assertThatThrownBy(() -> takeFromAny(both, canceled))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(tryTakeFromAny(both)).isEmpty();
    assertThat(tryTakeFromAny(both, SHORT, canceled)).isEmpty();
  }

  @Test
  void nothingCanBeAddedOnceOneIsCompleted() throws Exception {
    fill();
    Running<Integer> adder = TestThreads.start(() -> addToAny(both, 3)).awaitBlocked();

    first.completeAdding();

    assertThatThrownBy(adder::join).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tryAddToAny(both, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> addToAny(List.of(unbounded, first), 3, canceled))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(unbounded.count()).isZero();
    assertThat(second.toArray()).containsExactly(2);
  }

  @Test
  void closingOneWakesWhoWaits() throws Exception {
    Running<Taken<Integer>> taker = TestThreads.start(() -> takeFromAny(both)).awaitBlocked();
    List<BlockingCollection<Integer>> full =
        List.of(new BlockingCollection<>(1), new BlockingCollection<>(1));
    addToAny(full, 1);
    addToAny(full, 2);
    Running<Integer> adder = TestThreads.start(() -> addToAny(full, 3)).awaitBlocked();

    second.close();
    full.get(1).close();

    assertThatThrownBy(taker::join).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(adder::join).isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(() -> tryTakeFromAny(both)).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void whatIsWrongIsToldInOrder() {
    first.close();
    Thread.currentThread().interrupt();

    assertNull("collections", () -> takeFromAny(null, canceled));
    assertNull("collections", () -> tryAddToAny(null, 1));
    assertNull("collections[1]", () -> tryTakeFromAny(Arrays.asList(first, null)));
    assertNull("item", () -> addToAny(both, null, canceled));
    assertNull("token", () -> addToAny(both, 1, null));
    assertNull("timeout", () -> tryTakeFromAny(both, null));
    assertThatThrownBy(() -> takeFromAny(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("collections");
    assertThatThrownBy(() -> takeFromAny(both, canceled)).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> addToAny(both, 1, canceled)).isInstanceOf(InterruptedException.class);
    assertThatThrownBy(() -> takeFromAny(both, canceled))
        .isInstanceOf(ObjectDisposedException.class);
    assertThatThrownBy(() -> addToAny(both, 1, canceled))
        .isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void thereMayBeManyCollections() throws Exception {
    List<BlockingCollection<Integer>> many = new ArrayList<>();
    IntStream.range(0, 100).forEach(i -> many.add(new BlockingCollection<>()));
    Running<Taken<Integer>> taker = TestThreads.start(() -> takeFromAny(many)).awaitBlocked();

    many.get(99).add(7);

    assertThat(taker.join()).isEqualTo(new Taken<>(99, 7));
  }

  @Test
  void theCollectionsMayBeOfOtherTypesThatFit() throws Exception {
    BlockingCollection<Number> numbers = new BlockingCollection<>(1);
    BlockingCollection<Object> objects = new BlockingCollection<>(1);

    assertThat(addToAny(List.of(numbers, objects), 1)).isZero();
    Taken<Number> number = takeFromAny(List.of(first, numbers));

    assertThat(number.item()).isEqualTo(1);
    assertThat(number.index()).isEqualTo(1);
  }

  private void fill() throws InterruptedException {
    first.add(1);
    second.add(2);
  }

  private static void assertNull(String parameter, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(parameter);
  }

  private static void assertCanceled(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(OperationCanceledException.class);
  }
}
