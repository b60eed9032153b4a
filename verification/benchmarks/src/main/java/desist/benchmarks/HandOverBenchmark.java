// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.threading.ManualResetEventSlim;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * How long does it take to hand over through an event? As {@link WakeBenchmark}, with an event that
 * is set, and with one that is never set and whose wait is canceled.
 */
@OperationsPerInvocation(2)
public class HandOverBenchmark extends Measured {
  public static class EventPlayers extends Players {
    private static final class Event implements Signal {
      private final ManualResetEventSlim event = new ManualResetEventSlim();

      @Override
      public void await() throws InterruptedException {
        event.await();
      }

      @Override
      public void give() {
        event.set();
      }
    }

    @Override
    Signal make() {
      return new Event();
    }
  }

  public static class LiveTokenPlayers extends Players {
    private static final CancellationTokenSource LIVE = new CancellationTokenSource();

    private static final class Event implements Signal {
      private final ManualResetEventSlim event = new ManualResetEventSlim();

      @Override
      public void await() throws InterruptedException {
        event.await(LIVE.token());
      }

      @Override
      public void give() {
        event.set();
      }
    }

    @Override
    Signal make() {
      return new Event();
    }
  }

  public static class CanceledPlayers extends Players {
    private static final ManualResetEventSlim NEVER = new ManualResetEventSlim();

    private static final class Canceled implements Signal {
      private final CancellationTokenSource source = new CancellationTokenSource();

      @Override
      public void await() throws InterruptedException {
        try {
          NEVER.await(source.token());
        } catch (OperationCanceledException e) {
          return;
        }
        throw new IllegalStateException("nobody has set it");
      }

      @Override
      public void give() {
        source.cancel();
      }
    }

    @Override
    Signal make() {
      return new Canceled();
    }
  }

  @Benchmark
  public void floor(WakeBenchmark.ParkPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void desist(EventPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void desistLiveToken(LiveTokenPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void desistCanceled(CanceledPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void countDownLatch(WakeBenchmark.LatchPlayers players) throws InterruptedException {
    players.play();
  }
}
