// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.threading.TestThreads.Running;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

final class ConsumingEnumerableTest {
  private final BlockingCollection<String> collection = new BlockingCollection<>();
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void itWaitsForItemsAndEndsWithTheLast() throws Exception {
    Running<List<String>> consumer = TestThreads.start(this::consumeAll).awaitBlocked();

    collection.add("a");
    collection.add("b");
    consumer.awaitBlocked();
    collection.completeAdding();

    assertThat(consumer.join()).containsExactly("a", "b");
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aLoopThatIsLeftHasTakenWhatItSawAndLeavesNothingBehind() throws Exception {
    for (String item : List.of("a", "b", "c")) {
      collection.add(item);
    }

    for (String item : collection.getConsumingEnumerable(source.token())) {
      assertThat(source.registrationCount()).isZero();
      if (item.equals("b")) {
        break;
      }
    }

    assertThat(collection.toArray()).containsExactly("c");
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void severalShareTheItems() throws Exception {
    Iterator<String> first = collection.getConsumingEnumerable().iterator();
    Iterator<String> second = collection.getConsumingEnumerable().iterator();
    for (String item : List.of("a", "b", "c")) {
      collection.add(item);
    }
    collection.completeAdding();

    assertThat(List.of(first.next(), second.next(), first.next())).containsExactly("a", "b", "c");

    assertThat(first.hasNext() || second.hasNext()).isFalse();
    assertThatThrownBy(first::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void askingTwiceTakesOnce() throws Exception {
    collection.add("a");
    collection.add("b");
    Iterator<String> items = collection.getConsumingEnumerable().iterator();

    assertThat(items.hasNext() && items.hasNext()).isTrue();

    assertThat(collection.count()).isEqualTo(1);
    assertThat(items.next()).isEqualTo("a");
  }

  @Test
  void aCancellationBetweenTwoItemsEndsItAndTheRestStays() throws Exception {
    collection.add("a");
    collection.add("b");
    Iterator<String> items = collection.getConsumingEnumerable(source.token()).iterator();
    items.next();

    source.cancel();

    assertThatThrownBy(items::hasNext)
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(source.token()));
    assertThat(items.hasNext()).isFalse();
    assertThat(collection.toArray()).containsExactly("b");
  }

  @Test
  void aCancellationEndsTheWaitForTheNext() throws Exception {
    Running<List<String>> consumer = TestThreads.start(this::consumeAll).awaitBlocked();
    assertThat(source.registrationCount()).isEqualTo(1);

    source.cancel();

    assertThatThrownBy(consumer::join).isInstanceOf(OperationCanceledException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void theEndComesBeforeTheToken() throws Exception {
    collection.completeAdding();

    assertThat(collection.getConsumingEnumerable(CancellationToken.canceled())).isEmpty();
  }

  @Test
  void nothingIsLookedAtBeforeTheFirstStep() throws Exception {
    BlockingCollection<String> closed = new BlockingCollection<>();
    closed.close();
    collection.add("a");

    Iterator<String> ofClosed = closed.getConsumingEnumerable().iterator();
    Iterator<String> canceled =
        collection.getConsumingEnumerable(CancellationToken.canceled()).iterator();

    assertThatThrownBy(ofClosed::hasNext).isInstanceOf(ObjectDisposedException.class);
    assertThat(ofClosed.hasNext()).isFalse();
    assertThatThrownBy(canceled::next).isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(() -> collection.getConsumingEnumerable(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("token");
  }

  @Test
  void closingEndsTheWaitForTheNext() throws Exception {
    Running<List<String>> consumer = TestThreads.start(this::consumeAll).awaitBlocked();

    collection.close();

    assertThatThrownBy(consumer::join).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void anInterruptStaysAndEndsItWithoutToken() throws Exception {
    Running<Boolean> consumer =
        TestThreads.start(
                () -> {
                  Iterator<String> items =
                      collection.getConsumingEnumerable(source.token()).iterator();
                  assertThatThrownBy(items::hasNext)
                      .isInstanceOfSatisfying(
                          OperationCanceledException.class,
                          e -> assertThat(e.token()).isSameAs(CancellationToken.none()))
                      .hasCauseInstanceOf(InterruptedException.class);
                  return Thread.interrupted() && !items.hasNext();
                })
            .awaitBlocked();

    consumer.thread().interrupt();

    assertThat(consumer.join()).isTrue();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void anInterruptThatIsPendingComesFirst() throws Exception {
    collection.add("a");
    Iterator<String> items = collection.getConsumingEnumerable().iterator();
    Thread.currentThread().interrupt();

    assertThatThrownBy(items::hasNext).hasCauseInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(collection.count()).isEqualTo(1);
  }

  @Test
  void aStreamOfItTakesNoMoreThanItNeeds() throws Exception {
    for (String item : List.of("a", "b", "c")) {
      collection.add(item);
    }

    List<String> two =
        StreamSupport.stream(collection.getConsumingEnumerable().spliterator(), false)
            .limit(2)
            .toList();

    assertThat(two).containsExactly("a", "b");
    assertThat(collection.toArray()).containsExactly("c");
  }

  @Test
  void aParallelStreamOfItTakesNoneAhead() throws Exception {
    for (String item : List.of("a", "b", "c")) {
      collection.add(item);
    }
    collection.completeAdding();
    Queue<String> seen = new ConcurrentLinkedQueue<>();

    assertThatThrownBy(
            () ->
                StreamSupport.stream(
                        collection.getConsumingEnumerable(source.token()).spliterator(), true)
                    .forEach(
                        item -> {
                          seen.add(item);
                          source.cancel();
                        }))
        .isInstanceOf(OperationCanceledException.class);

    assertThat(seen).containsExactly("a");
    assertThat(collection.toArray()).containsExactly("b", "c");
  }

  @Test
  void itsSpliteratorTakesOneAtEachStepAndCannotBeSplit() throws Exception {
    for (String item : List.of("a", "b", "c")) {
      collection.add(item);
    }
    collection.completeAdding();
    Spliterator<String> items = collection.getConsumingEnumerable().spliterator();
    List<String> seen = new ArrayList<>();

    assertThat(items.trySplit()).isNull();
    assertThat(items.tryAdvance(seen::add)).isTrue();
    assertThat(collection.count()).isEqualTo(2);

    items.forEachRemaining(seen::add);

    assertThat(items.tryAdvance(seen::add)).isFalse();
    assertThat(seen).containsExactly("a", "b", "c");
    assertThat(items.hasCharacteristics(Spliterator.ORDERED | Spliterator.NONNULL)).isTrue();
    assertThat(items.getExactSizeIfKnown()).isEqualTo(-1);
  }

  private List<String> consumeAll() {
    List<String> items = new ArrayList<>();
    collection.getConsumingEnumerable(source.token()).forEach(items::add);
    return items;
  }
}
