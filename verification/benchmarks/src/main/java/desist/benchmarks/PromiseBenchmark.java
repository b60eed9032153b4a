// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static java.util.Objects.requireNonNull;

import desist.tasks.TaskCompletionSource;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * How long does it take to hand over through a promise that another thread keeps? As {@link
 * WakeBenchmark}.
 */
@OperationsPerInvocation(2)
public class PromiseBenchmark extends Measured {
  private static final String RESULT = "result";

  public static class SourcePlayers extends Players {
    private static final class Source implements Signal {
      private final TaskCompletionSource<String> source = new TaskCompletionSource<>();

      @Override
      public void await() throws InterruptedException {
        check(source.task().result() == RESULT, "another result");
      }

      @Override
      public void give() {
        source.setResult(RESULT);
      }
    }

    @Override
    Signal make() {
      return new Source();
    }
  }

  public static class DeferredPlayers extends Players {
    private static final class Promise implements Signal {
      private final CompletableDeferred<String> promise =
          CompletableDeferredKt.CompletableDeferred(null);

      @Override
      public void await() throws InterruptedException {
        check(requireNonNull(Coroutines.join(promise)) == RESULT, "another result");
      }

      @Override
      public void give() {
        promise.complete(RESULT);
      }
    }

    @Override
    Signal make() {
      return new Promise();
    }
  }

  public static class BoltsPlayers extends Players {
    private static final class Source implements Signal {
      private final bolts.TaskCompletionSource<String> source = new bolts.TaskCompletionSource<>();

      @Override
      public void await() throws InterruptedException {
        source.getTask().waitForCompletion();
        check(source.getTask().getResult() == RESULT, "another result");
      }

      @Override
      public void give() {
        source.setResult(RESULT);
      }
    }

    @Override
    Signal make() {
      return new Source();
    }
  }

  @Benchmark
  public void floor(WakeBenchmark.ParkPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void desist(SourcePlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void completableFuture(WakeBenchmark.FuturePlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void kotlinDeferred(DeferredPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void bolts(BoltsPlayers players) throws InterruptedException {
    players.play();
  }
}
