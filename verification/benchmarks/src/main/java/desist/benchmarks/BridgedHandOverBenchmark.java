// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationTokenRegistration;
import desist.CancellationTokenSource;
import desist.jdk.Waits;
import java.util.concurrent.ArrayBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * How long does it take to hand an item over to a thread that waits for it, if a token could
 * interrupt the wait? As {@link WakeBenchmark}, with a queue for each item.
 */
@OperationsPerInvocation(2)
public class BridgedHandOverBenchmark extends Measured {
  private static final CancellationTokenSource LIVE = new CancellationTokenSource();

  private static class Queue extends ArrayBlockingQueue<Integer> implements Players.Signal {
    private static final long serialVersionUID = 1L;

    Queue() {
      super(1);
    }

    @Override
    public void await() throws InterruptedException {
      take();
    }

    @Override
    public void give() {
      add(1);
    }
  }

  public static class PlainPlayers extends Players {
    @Override
    Signal make() {
      return new Queue();
    }
  }

  public static class RegisteredPlayers extends Players {
    private static final class Registered extends Queue {
      private static final long serialVersionUID = 1L;

      @Override
      public void await() throws InterruptedException {
        CancellationTokenRegistration registration = LIVE.token().register(() -> {});
        super.await();
        registration.close();
      }
    }

    @Override
    Signal make() {
      return new Registered();
    }
  }

  public static class BridgedPlayers extends Players {
    private static final class Bridged extends Queue {
      private static final long serialVersionUID = 1L;

      @Override
      public void await() throws InterruptedException {
        Waits.take(this, LIVE.token());
      }
    }

    @Override
    Signal make() {
      return new Bridged();
    }
  }

  @Benchmark
  public void plain(PlainPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void floor(RegisteredPlayers players) throws InterruptedException {
    players.play();
  }

  @Benchmark
  public void desist(BridgedPlayers players) throws InterruptedException {
    players.play();
  }
}
