// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.jdk.Interruption;
import java.util.concurrent.ArrayBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost that a token could interrupt a call of the JDK, if it does not? The call is a
 * take from a queue that has an item; the floor is that call.
 */
@State(Scope.Thread)
public class BridgedWaitBenchmark extends Measured {
  private final ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();

  @Benchmark
  public Integer floor() throws InterruptedException {
    queue.add(1);
    return queue.take();
  }

  @Benchmark
  public Integer desist() throws InterruptedException {
    queue.add(1);
    return Interruption.call(queue::take, token);
  }

  @Benchmark
  public Integer desistWithoutToken() throws InterruptedException {
    queue.add(1);
    return Interruption.call(queue::take, CancellationToken.none());
  }

  @TearDown
  public void tearDown() {
    check(queue.isEmpty(), "an item was not taken");
    check(source.registrationCount() == 0, "something is registered still");
  }
}
