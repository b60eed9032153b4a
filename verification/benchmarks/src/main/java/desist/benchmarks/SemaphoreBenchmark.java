// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.threading.SemaphoreSlim;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost to take a free permit and give it back? Ours with a live token; the floor is a
 * counter.
 */
@State(Scope.Benchmark)
public class SemaphoreBenchmark extends Measured {
  private static final int PERMITS = 3;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final SemaphoreSlim slim = new SemaphoreSlim(PERMITS);
  private final desist.Semaphore handle = new desist.Semaphore(PERMITS, PERMITS);
  private final Semaphore semaphore = new Semaphore(PERMITS);
  private final Semaphore fair = new Semaphore(PERMITS, true);
  private final AtomicInteger counter = new AtomicInteger(PERMITS);

  @Benchmark
  public void floor() {
    counter.getAndDecrement();
    counter.getAndIncrement();
  }

  @Benchmark
  public void desist() throws InterruptedException {
    slim.await(token);
    slim.release();
  }

  @Benchmark
  public void desistHandle() throws InterruptedException {
    handle.waitOne();
    handle.release();
  }

  @Benchmark
  public void semaphore() throws InterruptedException {
    semaphore.acquire();
    semaphore.release();
  }

  @Benchmark
  public void fairSemaphore() throws InterruptedException {
    fair.acquire();
    fair.release();
  }

  @TearDown
  public void tearDown() {
    check(
        slim.currentCount() == PERMITS
            && semaphore.availablePermits() == PERMITS
            && fair.availablePermits() == PERMITS
            && counter.get() == PERMITS,
        "permits were lost");
    check(source.registrationCount() == 0, "something was registered");
  }
}
