// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.threading.ManualResetEventSlim;
import java.util.concurrent.CountDownLatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What does it cost to wait, with a live token, for an event that is set? */
@State(Scope.Benchmark)
public class AwaitSetBenchmark extends Measured {
  private volatile boolean flag = true;
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final ManualResetEventSlim event = new ManualResetEventSlim(true);
  private final CountDownLatch latch = new CountDownLatch(0);

  @Benchmark
  public boolean volatileRead() {
    return flag;
  }

  @Benchmark
  public void desist() throws InterruptedException {
    event.await(token);
  }

  @Benchmark
  public void countDownLatch() throws InterruptedException {
    latch.await();
  }

  @TearDown
  public void tearDown() {
    check(source.registrationCount() == 0, "something was registered");
  }
}
