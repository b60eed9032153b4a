// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.jdk.InterruptibleRunnable;
import desist.jdk.Interruption;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.TearDown;

/** What does it cost that a token could interrupt a body, which adds one to a number? */
public class BridgedBodyBenchmark extends MeasuredBridge {
  private int runs;
  private final InterruptibleRunnable<RuntimeException> body = () -> runs++;

  @Benchmark
  public void plain() throws InterruptedException {
    body.run();
  }

  @Benchmark
  public void floor() throws InterruptedException {
    CancellationTokenRegistration registration = register();
    body.run();
    registration.close();
  }

  @Benchmark
  public void desist() throws InterruptedException {
    Interruption.run(body, token);
  }

  @Benchmark
  public void desistWithoutToken() throws InterruptedException {
    Interruption.run(body, CancellationToken.none());
  }

  @TearDown
  public void tearDown() {
    check(runs != 0, "the body has not run");
  }
}
