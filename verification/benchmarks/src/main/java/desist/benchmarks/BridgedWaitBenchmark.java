// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.jdk.Waits;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost that a token could interrupt a wait of the JDK's that need not wait? A lock is
 * acquired and released, and so is the only permit of a semaphore; a queue has one item, which is
 * taken and put back.
 */
public class BridgedWaitBenchmark extends MeasuredBridge {
  @Param({"lock", "semaphore", "queue"})
  public String of = "lock";

  private Turn turn = new LockTurn();

  /** Something that one thread at a time has, and the others wait for. */
  private interface Turn {
    void await() throws InterruptedException;

    void await(CancellationToken token) throws InterruptedException;

    void end();

    /** Whether it can be had once, and not twice. */
    boolean isFree();
  }

  private static final class LockTurn implements Turn {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public void await() throws InterruptedException {
      lock.lockInterruptibly();
    }

    @Override
    public void await(CancellationToken token) throws InterruptedException {
      Waits.lock(lock, token);
    }

    @Override
    public void end() {
      lock.unlock();
    }

    @Override
    public boolean isFree() {
      return !lock.isLocked();
    }
  }

  private static final class SemaphoreTurn implements Turn {
    private final Semaphore semaphore = new Semaphore(1);

    @Override
    public void await() throws InterruptedException {
      semaphore.acquire();
    }

    @Override
    public void await(CancellationToken token) throws InterruptedException {
      Waits.acquire(semaphore, token);
    }

    @Override
    public void end() {
      semaphore.release();
    }

    @Override
    public boolean isFree() {
      return semaphore.availablePermits() == 1;
    }
  }

  private static final class QueueTurn implements Turn {
    private final ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);

    QueueTurn() {
      queue.add(1);
    }

    @Override
    public void await() throws InterruptedException {
      queue.take();
    }

    @Override
    public void await(CancellationToken token) throws InterruptedException {
      Waits.take(queue, token);
    }

    @Override
    public void end() {
      queue.add(1);
    }

    @Override
    public boolean isFree() {
      return queue.size() == 1;
    }
  }

  @Setup
  public void setup() {
    turn =
        switch (of) {
          case "lock" -> new LockTurn();
          case "semaphore" -> new SemaphoreTurn();
          case "queue" -> new QueueTurn();
          default -> throw new IllegalArgumentException("of: " + of);
        };
  }

  @Benchmark
  public void plain() throws InterruptedException {
    turn.await();
    turn.end();
  }

  @Benchmark
  public void floor() throws InterruptedException {
    CancellationTokenRegistration registration = register();
    turn.await();
    registration.close();
    turn.end();
  }

  @Benchmark
  public void desist() throws InterruptedException {
    turn.await(token);
    turn.end();
  }

  @Benchmark
  public void desistWithoutToken() throws InterruptedException {
    turn.await(CancellationToken.none());
    turn.end();
  }

  @TearDown
  public void tearDown() {
    check(turn.isFree(), "a turn that has not ended, or too often");
  }
}
