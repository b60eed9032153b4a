// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hundred thousand asynchronous waits for one semaphore. */
@Timeout(60)
final class ManyStagesTest {
  private static final int WAITERS = 100_000;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
  private final CountDownLatch ended = new CountDownLatch(WAITERS);
  private final AtomicInteger letThrough = new AtomicInteger();
  private final AtomicInteger canceled = new AtomicInteger();

  @Test
  void allAreCanceledAtOnce() throws Exception {
    begin();

    source.cancel();

    awaitAll();
    assertThat(canceled).hasValue(WAITERS);
    assertThat(source.registrationCount()).isZero();
    semaphore.release();
    assertThat(semaphore.currentCount()).isEqualTo(1);
  }

  @Test
  void oneReleaseLetsThemAllThrough() throws Exception {
    begin();

    semaphore.releaseMany(WAITERS);

    awaitAll();
    assertThat(letThrough).hasValue(WAITERS);
    assertThat(source.registrationCount()).isZero();
    assertThat(semaphore.currentCount()).isZero();
  }

  @Test
  void closingFailsThemAll() throws Exception {
    begin();

    semaphore.close();

    awaitAll();
    assertThat(letThrough).hasValue(0);
    assertThat(canceled).hasValue(0);
    assertThat(source.registrationCount()).isZero();
  }

  /** Begins the waits, every second one with a time-out that is far away. */
  private void begin() {
    List<CompletionStage<?>> stages = new ArrayList<>(WAITERS);
    for (int i = 0; i < WAITERS; i++) {
      stages.add(
          i % 2 == 0
              ? semaphore.awaitAsync(source.token())
              : semaphore.awaitAsync(Duration.ofDays(1), source.token()));
    }
    for (CompletionStage<?> stage : stages) {
      stage.whenComplete((value, failure) -> count(failure));
    }
  }

  private void count(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    if (cause == null) {
      letThrough.incrementAndGet();
    } else if (cause instanceof OperationCanceledException) {
      canceled.incrementAndGet();
    }
    ended.countDown();
  }

  private void awaitAll() throws InterruptedException {
    assertThat(ended.await(60, TimeUnit.SECONDS)).as("all stages ended").isTrue();
  }
}
