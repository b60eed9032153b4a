// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
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
}
