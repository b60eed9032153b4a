// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.jdk.ExecutorServices;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost that a token could take a task off an executor's queue, or interrupt it, from
 * its submission to its result? The executor runs it in place, as a hand-over to another thread
 * would hide all else.
 */
public class BridgedSubmitBenchmark extends MeasuredBridge {
  private final ExecutorService executor = new InPlace();

  private int submitted;
  private int runs;
  private final Callable<Integer> body =
      () -> {
        runs++;
        return 1;
      };

  private static final class InPlace extends ThreadPoolExecutor {
    InPlace() {
      super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    @Override
    public void execute(Runnable command) {
      command.run();
    }
  }

  @Benchmark
  public Integer plain() throws InterruptedException, ExecutionException {
    submitted++;
    return executor.submit(body).get();
  }

  @Benchmark
  public Integer floor() throws InterruptedException, ExecutionException {
    submitted++;
    CancellationTokenRegistration registration = register();
    Integer result = executor.submit(body).get();
    registration.close();
    return result;
  }

  @Benchmark
  public Integer desist() throws InterruptedException, ExecutionException {
    submitted++;
    return ExecutorServices.submit(executor, body, token).get();
  }

  @Benchmark
  public Integer desistWithoutToken() throws InterruptedException, ExecutionException {
    submitted++;
    return ExecutorServices.submit(executor, body, CancellationToken.none()).get();
  }

  @TearDown
  public void tearDown() {
    executor.shutdown();
    check(runs == submitted, submitted + " submitted, " + runs + " run");
  }
}
