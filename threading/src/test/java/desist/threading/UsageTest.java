// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users write compiles as they write it: lambdas, method references, try blocks. */
final class UsageTest {
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void releaseIsPassedAroundAsAMethodReference() throws Exception {
    SemaphoreSlim semaphore = new SemaphoreSlim(0);
    Runnable runnable = semaphore::release;
    Supplier<Integer> supplier = semaphore::release;
    IntUnaryOperator many = semaphore::releaseMany;
    Consumer<SemaphoreSlim> unbound = SemaphoreSlim::release;

    runnable.run();
    supplier.get();
    many.applyAsInt(2);
    unbound.accept(semaphore);
    CompletableFuture.completedFuture("work").thenRun(semaphore::release);
    var executor = Executors.newSingleThreadExecutor();
    executor.execute(semaphore::release);
    executor.submit(semaphore::release).get(); // ambiguous if release() had overloads
    executor.submit(new CountdownEvent(1)::signal).get();
    executor.shutdown();
    source.token().register(semaphore::release);
    source.token().registerWith(semaphore, SemaphoreSlim::release);
    source.cancel();

    assertThat(semaphore.currentCount()).isEqualTo(10);
  }

  @Test
  void aStageReleasesWhatItHasTaken() {
    SemaphoreSlim semaphore = new SemaphoreSlim(1);

    var work =
        semaphore
            .awaitAsync(source.token())
            .thenApply(nothing -> "done")
            .whenComplete((result, failure) -> semaphore.release());

    assertThat(work.toCompletableFuture()).isCompletedWithValue("done");
    assertThat(semaphore.currentCount()).isEqualTo(1);
  }

  @Test
  void setAndResetArePassedAroundAsMethodReferences() throws Exception {
    try (ManualResetEventSlim event = new ManualResetEventSlim()) {
      source.token().register(event::set);
      Runnable reset = event::reset;

      source.cancel();
      assertThat(event.isSet()).isTrue();
      reset.run();
      assertThat(event.isSet()).isFalse();
    }
  }

  @Test
  void aCollectionIsFilledDrainedAndCompletedByMethodReferences() throws Exception {
    try (BlockingCollection<String> collection = new BlockingCollection<>(10)) {
      List<String> all = new ArrayList<>();
      Predicate<String> add = collection::tryAdd;
      Supplier<Optional<String>> take = collection::tryTake;
      ToIntFunction<BlockingCollection<String>> count = BlockingCollection::count;

      add.test("a");
      Stream.of("b", "c", "d").forEach(collection::tryAdd);
      take.get().ifPresent(all::add);
      collection.tryTake().map(item -> item + "!").ifPresent(all::add);
      assertThat(count.applyAsInt(collection)).isEqualTo(2);
      source.token().register(collection::completeAdding);
      source.cancel();
      collection.forEach(item -> assertThat(item).isNotNull());
      collection
          .getConsumingEnumerable()
          .forEach(
              item -> {
                all.add(item);
              });

      assertThat(all).containsExactly("a", "b!", "c", "d");
      assertThat(collection.isCompleted()).isTrue();
    }
  }

  @Test
  void anyOfSeveralCollectionsIsUsedWithoutNamingTypes() throws Exception {
    var numbers = new BlockingCollection<Integer>(1);
    var letters = new BlockingCollection<String>(1);

    BlockingCollection.addToAny(List.of(numbers), 1);
    BlockingCollection.addToAny(List.of(letters), "a", source.token());
    var taken = BlockingCollection.takeFromAny(List.of(numbers, letters));
    String item =
        BlockingCollection.<Object>tryTakeFromAny(List.of(numbers, letters))
            .map(it -> it.index() + ": " + it.item())
            .orElse("nothing");

    assertThat(taken.item()).isEqualTo(1);
    assertThat(item).isEqualTo("1: a");
  }
}
