// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs a query on its workers, and hands their results over to the thread that iterates. */
final class Merging<T extends @Nullable Object> extends Steps<T> {
  /*
   * Overview
   *
   * Each worker has an outlet, in which results are gathered in chunks that are then left here for the
   * iterating thread. A worker works in shifts: when MOST_WAITING of its results wait here it ends its
   * shift, and its thread with it; when half of them have been fetched it is given another. So between
   * two steps an iterator holds no thread for long, and none at all if it is forgotten.
   *
   * States of an outlet (under the lock):
   *
   *     WORKING --no room--> RESTING --room--> WORKING --nothing left, stopped, failed--> ENDED
   *
   * Ordered, chunks wait with their leaf, and those of the leaf that comes next are fetched.
   *
   * The iterating thread waits until there is a chunk, or until no outlet is WORKING and nothing can
   * come: all have ended, or the query is stopped. Each of these is a change made under the lock, and
   * signaled. It does not wait for those at rest: where none works and what comes next is not here,
   * all get room for MOST_WAITING more. A worker that has found no room looks once more, under the
   * lock, before it rests: room that was made meanwhile woke nobody.
   *
   * The token has no callback of ours: a worker looks at it between its batches, and the iterating
   * thread in each step. If it is canceled, or a worker fails, the run is stopped; the step that says
   * so waits until no outlet is WORKING. So does close(). No code of the user's runs under the lock.
   */

  private static final int MOST_WAITING = 1024;
  private static final int CHUNK = 64;
  private static final int ORDERED_CHUNK = 16;

  private enum State {
    WORKING,
    RESTING,
    ENDED
  }

  private final Phase<T> phase;
  private final boolean isOrdered;
  private final int chunkSize;
  private final List<WorkerOutlet> outlets = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private final Queue<Chunk<T>> ready = new ArrayDeque<>();
  private @Nullable LeafOrder<LeafChunks<T>> order;
  private int working;
  private int ended;

  Merging(QueryRun run, Stage<T> stage, boolean isOrdered, boolean isBuffered) {
    super(run);
    this.isOrdered = isOrdered;
    chunkSize = !isBuffered ? 1 : isOrdered ? ORDERED_CHUNK : CHUNK;
    phase =
        new Phase<>(
            run,
            stage,
            worker -> outlets.get(worker.number).sink,
            run.workers(),
            isOrdered || stage.isStriped());
  }

  /** Starts the workers. */
  void start() {
    run.begin(phase);
    for (int i = 0; i < run.workers(); i++) {
      WorkerOutlet outlet = new WorkerOutlet();
      outlets.add(outlet);
      outlet.worker = phase.assemble(i, outlet, Pacer.MOST_BATCH);
    }
    order = new LeafOrder<>(phase, 0, phase.feeds().size());
    working = outlets.size();
    for (WorkerOutlet outlet : outlets) {
      outlet.beginShift();
    }
  }

  @Override
  boolean fetch() {
    StackRoom.ensure();
    List<WorkerOutlet> rested = new ArrayList<>();
    for (; ; ) {
      Chunk<T> chunk = await(rested);
      for (WorkerOutlet outlet : rested) {
        outlet.beginShift();
      }
      if (chunk != null) {
        setChunk(chunk.elements, chunk.count);
        return true;
      } else if (rested.isEmpty()) {
        run.finish();
        return false;
      }
      rested.clear();
    }
  }

  /**
   * Waits for a chunk, for the end, or for workers to begin another shift.
   *
   * @param rested gets those workers
   */
  private @Nullable Chunk<T> await(List<WorkerOutlet> rested) {
    lock.lock();
    try {
      for (; ; ) {
        Chunk<T> chunk = run.isStopped() ? null : poll();
        if (chunk != null) {
          chunk.outlet.fetched(chunk.count, rested);
          return chunk;
        }
        if (working == 0) {
          if (!run.isStopped() && ended < outlets.size()) {
            outlets.forEach(outlet -> outlet.giveRoom(rested));
          }
          return null;
        }
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Chunk<T> poll() {
    if (!isOrdered) {
      return ready.poll();
    }
    LeafOrder<LeafChunks<T>> leaves = requireNonNull(order);
    for (LeafChunks<T> next; (next = leaves.peek()) != null; ) {
      Chunk<T> chunk = next.chunks.poll();
      if (chunk != null || next.ended == null) {
        return chunk;
      }
      leaves.pass(next.ended);
    }
    return null;
  }

  @Override
  void end() {
    run.stop();
    lock.lock();
    try {
      while (working > 0) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    run.abandon();
  }

  /** Results of one worker. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Chunk<T extends @Nullable Object>(
      Merging<T>.WorkerOutlet outlet, @Nullable Object[] elements, int count) {}

  /** The chunks of a leaf. */
  private static final class LeafChunks<T extends @Nullable Object> {
    private final Queue<Chunk<T>> chunks = new ArrayDeque<>();

    /** The leaf, when it has ended. */
    private @Nullable Leaf ended;
  }

  /** Where a worker's results go, and how it works. */
  private final class WorkerOutlet implements Outlet {
    private final ChunkSink sink = new ChunkSink();
    private @Nullable Worker worker;

    /** Read by the worker between its batches. */
    private volatile boolean isFull;

    // Guarded by the lock.
    private State state = State.WORKING;
    private int waiting;
    private int room = MOST_WAITING;

    @Override
    public boolean isFull() {
      run.stopIfCanceled();
      return isFull;
    }

    /** Works on a thread of its own, or else on this. */
    void beginShift() {
      if (!QueryThreads.tryStart(this::work)) {
        work();
      }
    }

    private void work() {
      boolean hasEnded = false;
      while (!hasEnded) {
        boolean isExhausted = true;
        try {
          isExhausted = requireNonNull(worker).work();
          sink.leave();
        } catch (Throwable e) {
          isExhausted = true;
          run.fail(e);
        } finally {
          hasEnded = endShift(isExhausted);
        }
      }
    }

    /** Ends the shift; unless it was ended for want of room, and there is some again. */
    private boolean endShift(boolean isExhausted) {
      lock.lock();
      try {
        if (!isExhausted && !isFull) {
          return false;
        }
        state = isExhausted ? State.ENDED : State.RESTING;
        ended += isExhausted ? 1 : 0;
        working--;
        changed.signalAll();
        return true;
      } finally {
        lock.unlock();
      }
    }

    /** Is told that results of it have been fetched. */
    void fetched(int count, List<WorkerOutlet> rested) {
      waiting -= count;
      room = Math.max(MOST_WAITING, room - count);
      if (waiting <= room / 2) {
        wake(rested);
      }
    }

    /** Lets it have more results wait. */
    void giveRoom(List<WorkerOutlet> rested) {
      room = waiting + MOST_WAITING;
      wake(rested);
    }

    private void wake(List<WorkerOutlet> rested) {
      isFull = false;
      if (state == State.RESTING) {
        state = State.WORKING;
        working++;
        rested.add(this);
      }
    }

    /** Gathers results in chunks. */
    private final class ChunkSink extends Sink<T> {
      private @Nullable Object[] chunk = new @Nullable Object[chunkSize];
      private int count;
      private LeafChunks<T> leafChunks = new LeafChunks<>();

      @Override
      void begin(Leaf leaf) {
        if (isOrdered) {
          leafChunks = new LeafChunks<>();
          lock.lock();
          try {
            requireNonNull(order).put(leaf, leafChunks);
          } finally {
            lock.unlock();
          }
        }
      }

      @Override
      void accept(T value) {
        chunk[count++] = value;
        if (count == chunkSize) {
          leave();
        }
      }

      @Override
      void end(Leaf leaf) {
        lock.lock();
        try {
          flush();
          leafChunks.ended = leaf;
          changed.signal();
        } finally {
          lock.unlock();
        }
      }

      /** Leaves what is there for the iterating thread. */
      void leave() {
        lock.lock();
        try {
          flush();
        } finally {
          lock.unlock();
        }
      }

      /** The same, under the lock. */
      private void flush() {
        if (count > 0) {
          (isOrdered ? leafChunks.chunks : ready).add(new Chunk<>(WorkerOutlet.this, chunk, count));
          waiting += count;
          isFull = waiting >= room;
          chunk = new @Nullable Object[chunkSize];
          count = 0;
          changed.signal();
        }
      }
    }
  }
}
