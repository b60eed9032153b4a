// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.AutoResetEvent;
import desist.CancellationTokenSource;
import desist.ManualResetEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * How long does it take to wake a thread that waits? Two threads hand a ball to and fro, with two
 * new signals for each round; a round wakes two threads. The floor is park and unpark with a flag.
 */
@OperationsPerInvocation(2)
public class WakeBenchmark extends Measured {

  public static class ParkPlayers extends Players {
    private static final class Flag implements Signal {
      private volatile boolean given;
      private volatile @Nullable Thread waiter;

      @Override
      public void await() throws InterruptedException {
        waiter = Thread.currentThread();
        while (!given) {
          LockSupport.park(this);
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        }
      }

      @Override
      public void give() {
        given = true;
        LockSupport.unpark(waiter);
      }
    }

    @Override
    Signal make() {
      return new Flag();
    }
  }

  public static class LatchPlayers extends Players {
    private static final class Latch extends CountDownLatch implements Signal {
      Latch() {
        super(1);
      }

      @Override
      public void give() {
        countDown();
      }
    }

    @Override
    Signal make() {
      return new Latch();
    }
  }

  public static class MonitorPlayers extends Players {
    private static final class Monitor implements Signal {
      private boolean given;

      @Override
      public synchronized void await() throws InterruptedException {
        while (!given) {
          wait();
        }
      }

      @Override
      public synchronized void give() {
        given = true;
        notifyAll();
      }
    }

    @Override
    Signal make() {
      return new Monitor();
    }
  }

  public static class FuturePlayers extends Players {
    private static final class Future implements Signal {
      private final CompletableFuture<@Nullable Void> future = new CompletableFuture<>();

      @Override
      public void await() {
        future.join();
      }

      @Override
      public void give() {
        future.complete(null);
      }
    }

    @Override
    Signal make() {
      return new Future();
    }
  }

  public static class TokenHandlePlayers extends Players {
    private static final class Handle implements Signal {
      private final CancellationTokenSource source = new CancellationTokenSource();

      @Override
      public void await() throws InterruptedException {
        source.token().waitHandle().waitOne();
      }

      @Override
      public void give() {
        source.cancel();
      }
    }

    @Override
    Signal make() {
      return new Handle();
    }
  }

  public static class TokenPlayers extends Players {
    private static final class Token implements Signal {
      private final CancellationTokenSource source = new CancellationTokenSource();

      @Override
      public void await() throws InterruptedException {
        source.token().awaitCancellation();
      }

      @Override
      public void give() {
        source.cancel();
      }
    }

    @Override
    Signal make() {
      return new Token();
    }
  }

  public static class EventPlayers extends Players {
    private static final class Event implements Signal {
      private final ManualResetEvent event = new ManualResetEvent(false);

      @Override
      public void await() throws InterruptedException {
        event.waitOne();
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

  public static class AutoEventPlayers extends Players {
    private static final class Event implements Signal {
      private final AutoResetEvent event = new AutoResetEvent(false);

      @Override
      public void await() throws InterruptedException {
        event.waitOne();
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

  @Benchmark
  public void floor(ParkPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void desistTokenHandle(TokenHandlePlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void desistAwaitCancellation(TokenPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void desistManualResetEvent(EventPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void desistAutoResetEvent(AutoEventPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void countDownLatch(LatchPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void monitor(MonitorPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void completableFuture(FuturePlayers players) throws InterruptedException {
    players.play();
  }
}
