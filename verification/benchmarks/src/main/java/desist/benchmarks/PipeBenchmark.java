// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.threading.BlockingCollection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does an item take from one thread to another? The one that JMH calls adds it, a partner
 * takes it; where the room is used up the former waits for the latter. Ours with a live token.
 */
public class PipeBenchmark extends Measured {
  private static final Integer LAST = -1;

  /** A pipe and the partner who empties it. */
  @State(Scope.Thread)
  public abstract static class Pipe {
    /** For how many items there is room; a SynchronousQueue has none. */
    @Param({"1", "100"})
    int capacity;

    private int added;
    private volatile int taken;
    private Thread partner = new Thread();

    abstract void open(int capacity);

    abstract void put(Integer item) throws InterruptedException;

    abstract Integer take() throws InterruptedException;

    private void empty() {
      try {
        int count = 0;
        while (!take().equals(LAST)) {
          count++;
        }
        taken = count;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    final void add() throws InterruptedException {
      if (added == 0) {
        open(capacity);
        partner = new Thread(this::empty, "partner");
        partner.setDaemon(true);
        partner.start();
      }
      put(added++);
    }

    @TearDown
    public void tearDown() throws InterruptedException {
      put(LAST);
      partner.join();
      check(added == taken && added > 0, added + " added, " + taken + " taken");
    }
  }

  public static class CollectionPipe extends Pipe {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationToken token = source.token();
    private BlockingCollection<Integer> items = new BlockingCollection<>();

    @Override
    void open(int capacity) {
      items = new BlockingCollection<>(capacity);
    }

    @Override
    void put(Integer item) throws InterruptedException {
      items.add(item, token);
    }

    @Override
    Integer take() throws InterruptedException {
      return items.take(token);
    }
  }

  public abstract static class QueuePipe extends Pipe {
    private BlockingQueue<Integer> items = new SynchronousQueue<>();

    abstract BlockingQueue<Integer> make(int capacity);

    @Override
    void open(int capacity) {
      items = make(capacity);
    }

    @Override
    void put(Integer item) throws InterruptedException {
      items.put(item);
    }

    @Override
    Integer take() throws InterruptedException {
      return items.take();
    }
  }

  public static class ArrayPipe extends QueuePipe {
    @Override
    BlockingQueue<Integer> make(int capacity) {
      return new ArrayBlockingQueue<>(capacity);
    }
  }

  public static class LinkedPipe extends QueuePipe {
    @Override
    BlockingQueue<Integer> make(int capacity) {
      return new LinkedBlockingQueue<>(capacity);
    }
  }

  public static class SynchronousPipe extends QueuePipe {
    @Override
    BlockingQueue<Integer> make(int capacity) {
      return new SynchronousQueue<>();
    }
  }

  @Benchmark
  public void desist(CollectionPipe pipe) throws InterruptedException {
    pipe.add();
  }

  @Benchmark
  public void arrayBlockingQueue(ArrayPipe pipe) throws InterruptedException {
    pipe.add();
  }

  @Benchmark
  public void linkedBlockingQueue(LinkedPipe pipe) throws InterruptedException {
    pipe.add();
  }

  @Benchmark
  public void synchronousQueue(SynchronousPipe pipe) throws InterruptedException {
    pipe.add();
  }
}
