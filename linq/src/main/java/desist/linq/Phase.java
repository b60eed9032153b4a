// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A part of a run in which workers push all elements of a stage into a terminal. */
final class Phase<T extends @Nullable Object> {
  /*
   * Overview
   *
   * Signals (field "signal", which only grows):
   *
   *     OPEN --> NARROWED --> STOPPED
   *
   *     OPEN      workers read all feeds
   *     NARROWED  feeds with isClosed are read no further; what has been read goes its way
   *     STOPPED   workers end before their next batch
   *
   * Workers look at it between batches. Whoever sets it does not wait.
   *
   * The thread that runs the phase is the worker with the highest number. It assembles its readers
   * first, which prepares the feeds; "isPrepared" is set before the others are started. When it finds
   * nothing more to read, all that is left is being read by others: it closes the gate, so that those
   * that have not begun never do, and waits for the rest. Nothing deadlocks there, as workers wait for
   * nobody but the one that reads an iterator, and in the lounge for those that are not there.
   *
   * Invariant: once run() has returned or thrown, no code of the user's runs in this phase.
   */

  private static final int OPEN = 0;
  private static final int NARROWED = 1;
  private static final int STOPPED = 2;

  private static final VarHandle SIGNAL =
      fieldVarHandle(MethodHandles.lookup(), "signal", VarHandle.class, Phase.class, int.class);

  private static final VarHandle IS_CLOSED =
      fieldVarHandle(
          MethodHandles.lookup(), "isClosed", VarHandle.class, Phase.class, boolean[].class);

  private final QueryRun run;
  private final Stage<T> stage;
  private final Terminal<T> terminal;
  private final int workers;
  private final boolean isStriped;

  private final List<LeafWatch> watches = new CopyOnWriteArrayList<>();
  private final Lounge lounge = new Lounge();
  private boolean isPrepared;
  private List<Feed<?>> feeds = List.of();

  private volatile int signal;
  private volatile boolean[] isClosed = {};

  Phase(QueryRun run, Stage<T> stage, Terminal<T> terminal, int workers, boolean isStriped) {
    this.run = run;
    this.stage = stage;
    this.terminal = terminal;
    this.workers = workers;
    this.isStriped = isStriped;
  }

  int workers() {
    return workers;
  }

  boolean isStriped() {
    return isStriped;
  }

  boolean isPrepared() {
    return isPrepared;
  }

  QueryRun run() {
    return run;
  }

  /** Returns the feeds, in their order. */
  List<Feed<?>> feeds() {
    return feeds;
  }

  /** Returns how many elements a feed has, if that is known. */
  long sizeOf(int feed) {
    return feeds.get(feed).size();
  }

  boolean isStopped() {
    return signal == STOPPED;
  }

  /** Whether the feed is to be read no further; of number -1 if it is none. */
  boolean isClosed(int feed) {
    int seen = signal;
    return seen != OPEN && (seen == STOPPED || (feed >= 0 && isClosed[feed]));
  }

  /** Ends the workers before their next batch. */
  void stop() {
    signal = STOPPED;
    lounge.close();
  }

  /** Has no more read of the feeds with numbers in [from, to). */
  void closeFeeds(int from, int to) {
    boolean[] closed;
    boolean[] more;
    do {
      closed = isClosed;
      more = closed.clone();
      Arrays.fill(more, from, to, true);
    } while (!IS_CLOSED.compareAndSet(this, closed, more));
    SIGNAL.compareAndSet(this, OPEN, NARROWED);
  }

  /** Is told that leaves were released. */
  void released() {
    lounge.released();
  }

  /** Returns how often leaves have been released. */
  long releases() {
    return lounge.releases();
  }

  /**
   * Waits until leaves are released, if they may be.
   *
   * @param seen how often that had happened before the worker last looked
   * @return whether they were
   */
  boolean awaitRelease(long seen) {
    return !watches.isEmpty() && !isStopped() && lounge.await(seen);
  }

  /** Adds what watches the leaves; while the first worker assembles its readers. */
  void addWatch(LeafWatch watch) {
    watches.add(watch);
  }

  /** Is told that a feed has no more leaves, or how many elements it has. */
  void exhausted() {
    for (LeafWatch watch : watches) {
      watch.advance();
    }
  }

  /** Makes a worker with its readers and sinks. */
  private Worker assemble(int number) {
    return assemble(number, Outlet.NONE, Pacer.MOST_BATCH);
  }

  /** Makes a worker whose results wait for an iterator. */
  Worker assemble(int number, Outlet outlet, int mostBatch) {
    Worker worker = new Worker(this, number, outlet, mostBatch);
    stage.assemble(worker, terminal.sink(worker));
    prepared(worker);
    return worker;
  }

  /** Keeps what the first worker has prepared. */
  private void prepared(Worker worker) {
    if (!isPrepared) {
      feeds = worker.feeds();
      isClosed = new boolean[feeds.size()];
      isPrepared = true;
    }
  }

  /** Runs the phase; what its workers throw is told the run. */
  void execute() {
    Worker own = assemble(workers - 1);
    Gate gate = new Gate();
    try {
      int helpers = usefulWorkers() - 1;
      for (int i = 0; i < helpers && !isStopped(); i++) {
        int number = i;
        if (!QueryThreads.tryStart(() -> help(number, gate))) {
          break; // those there are do it
        }
      }
      work(own);
    } finally {
      gate.close();
    }
  }

  private void help(int number, Gate gate) {
    if (gate.tryEnter()) {
      try { // to assemble throws nothing
        work(assemble(number));
      } finally {
        gate.leave();
      }
    }
  }

  /** Has a worker work to its end; what it throws is told the run. */
  void work(Worker worker) {
    lounge.enter();
    try {
      worker.work();
    } catch (Throwable e) {
      run.fail(e);
    } finally {
      lounge.leave();
    }
  }

  /** Returns how many workers can have an element each. */
  int usefulWorkers() {
    long elements = 0;
    for (Feed<?> feed : feeds) {
      long size = feed.size();
      elements += size == Feed.UNKNOWN ? workers : Math.min(size, workers);
    }
    return (int) Math.min(workers, Math.max(1, elements));
  }
}
