// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.jdk.CompletionStages;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost that a token could end the wait for a stage? One is complete; one completes as
 * soon as somebody waits for it, since a hand-over to another thread would hide all else.
 */
public class BridgedJoinBenchmark extends MeasuredBridge {
  private static final Integer RESULT = 42;

  @Param({"complete", "soon"})
  public String stage = "complete";

  private static final class Soon extends CompletableFuture<Integer> {
    @Override
    public Integer join() {
      complete(RESULT);
      return super.join();
    }

    @Override
    public CompletableFuture<Integer> whenComplete(
        BiConsumer<? super Integer, ? super Throwable> action) {
      CompletableFuture<Integer> dependent = super.whenComplete(action);
      complete(RESULT);
      return dependent;
    }
  }

  private CompletableFuture<Integer> make() {
    return stage.equals("soon") ? new Soon() : CompletableFuture.completedFuture(RESULT);
  }

  @Benchmark
  public Integer plain() {
    return make().join();
  }

  @Benchmark
  public Integer floor() {
    CancellationTokenRegistration registration = register();
    Integer result = make().join();
    registration.close();
    return result;
  }

  @Benchmark
  public Integer desist() {
    return CompletionStages.join(make(), token);
  }

  @Benchmark
  public Integer desistWithoutToken() {
    return CompletionStages.join(make(), CancellationToken.none());
  }
}
