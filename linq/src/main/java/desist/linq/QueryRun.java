// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.OperationCanceledException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a query: its phases, one after another, and what ends them. */
final class QueryRun {
  /*
   * Overview
   *
   * A run is stopped by its token, by what its workers throw, and by an iterator that is closed; and
   * stays so. Whoever stops it sets "isStopped" and then stops the phase of the time; a phase that
   * begins is made known before it looks at "isStopped". So no phase goes on that should not.
   *
   * The callback at the token only sets these, so whoever cancels never waits for a query. It is taken
   * off before the run ends.
   *
   * What a worker throws ends it, so there is a place for what each has thrown from the beginning: no
   * memory is needed to stop the others, nor to keep it.
   */

  private final CancellationToken token;
  private final int workers;

  /** What workers have thrown; read when they have ended. */
  private final @Nullable Throwable[] failures;

  private final AtomicInteger failed = new AtomicInteger();

  /** Sources to close, and what that has thrown; for the thread that runs the query. */
  private final List<AutoCloseable> sources = new ArrayList<>();

  private final List<Throwable> closings = new ArrayList<>();

  /** Whether what sources throw when they are opened is wrapped, as it is by numeric operators. */
  private boolean wrapsOpening;

  private volatile boolean isStopped;
  private volatile @Nullable Phase<?> phase;

  QueryRun(QuerySettings settings) {
    token = settings.token();
    workers = settings.workers();
    failures = new @Nullable Throwable[workers];
  }

  /** Runs a query on this thread and its workers. */
  static <R extends @Nullable Object> R of(
      QuerySettings settings, Function<? super QueryRun, ? extends R> body) {
    QueryRun run = new QueryRun(settings);
    run.throwIfCanceled();
    CancellationTokenRegistration registration = run.token.registerWith(run, QueryRun::stop);
    try {
      return run.complete(body);
    } finally {
      registration.unregister();
    }
  }

  /** Runs a plan in a phase that ends in the terminal, which it returns. */
  static <T extends @Nullable Object, S extends Terminal<T>> S into(
      QuerySettings settings, Plan<T> plan, S terminal) {
    return into(settings, run -> plan.open(run), terminal);
  }

  /** The same, and wraps what sources throw when they are opened. */
  static <T extends @Nullable Object, S extends Terminal<T>> S intoWrapping(
      QuerySettings settings, Plan<T> plan, S terminal) {
    return into(settings, run -> run.openWrapping(plan), terminal);
  }

  private static <T extends @Nullable Object, S extends Terminal<T>> S into(
      QuerySettings settings, Plan.Opening<T> opening, S terminal) {
    return of(
        settings,
        run -> {
          run.execute(opening.open(run), terminal);
          return terminal;
        });
  }

  private <R extends @Nullable Object> R complete(Function<? super QueryRun, ? extends R> body) {
    R result;
    try {
      result = body.apply(this);
    } catch (Throwable e) {
      throw failAfterClosing(e);
    }
    finish();
    return result;
  }

  int workers() {
    return workers;
  }

  CancellationToken token() {
    return token;
  }

  /** Adds a source that is to be closed when no worker reads it any more, if it can be. */
  void addSource(@Nullable Object source) {
    if (source instanceof AutoCloseable closeable) {
      sources.add(closeable);
    }
  }

  /** Opens a plan; what its sources throw comes out as what workers throw does. */
  <T extends @Nullable Object> Stage<T> openWrapping(Plan<T> plan) {
    wrapsOpening = true;
    return plan.open(this);
  }

  /** Opens a source. */
  <T extends @Nullable Object> T openSource(Supplier<T> source) {
    return wrapsOpening ? Failures.wrapping(source) : source.get();
  }

  /**
   * Pushes all elements of the stage into the terminal, by all workers; and throws what they do.
   */
  <T extends @Nullable Object> void execute(Stage<T> stage, Terminal<T> terminal) {
    Phase<T> next = new Phase<>(this, stage, terminal, workers, stage.isStriped());
    begin(next);
    next.execute();
    throwIfStopped();
  }

  /** Has the workers do parts of something, which have numbers from 0; and throws what they do. */
  void inParallel(int parts, PartWork work) {
    execute(
        new FeedStage<>(new LongRangeFeed(0, parts)),
        worker ->
            new LongSink() {
              @Override
              void accept(long part) {
                work.run((int) part, worker);
              }
            });
  }

  /** Does a part of something. */
  @FunctionalInterface
  interface PartWork {
    /** Does it, unless the worker is stopped meanwhile. */
    void run(int part, Worker worker);
  }

  /** Makes a phase the one that is stopped with this run. */
  void begin(Phase<?> next) {
    phase = next;
    if (isStopped) {
      next.stop();
    }
  }

  void stop() {
    isStopped = true;
    Phase<?> stopped = phase;
    if (stopped != null) {
      stopped.stop();
    }
  }

  /** Stops it if the token is canceled; for iterators, which leave no callback at the token. */
  void stopIfCanceled() {
    if (token.isCancellationRequested()) {
      stop();
    }
  }

  boolean isStopped() {
    return isStopped;
  }

  /** Notes what a worker has thrown, which ends with that, and stops the others. */
  void fail(Throwable e) {
    failures[failed.getAndIncrement()] = e;
    stop();
  }

  /** Takes what has been thrown and not been told yet. */
  @Nullable RuntimeException takeFailure() {
    List<Throwable> thrown = new ArrayList<>();
    int count = failed.getAndSet(0);
    for (int i = 0; i < count; i++) {
      thrown.add(requireNonNull(failures[i]));
    }
    thrown.addAll(closings);
    closings.clear();
    return thrown.isEmpty() ? null : Failures.of(thrown, token);
  }

  /** Throws what workers have thrown, or else that the query is canceled, if it is. */
  void throwIfStopped() {
    RuntimeException failure = takeFailure();
    if (failure != null) {
      throw failure;
    }
    throwIfCanceled();
  }

  void throwIfCanceled() {
    if (token.isCancellationRequested()) {
      throw new OperationCanceledException(token);
    }
  }

  /** Ends the run when nothing is left, and throws what has been thrown. */
  void finish() {
    closeSources();
    throwIfStopped();
  }

  /**
   * Ends the run early, when no worker runs; throws what was thrown but for its own cancellation.
   */
  void abandon() {
    closeSources();
    RuntimeException failure = takeFailure();
    if (failure instanceof AggregateException) {
      throw failure;
    }
  }

  /**
   * Closes the sources of a run that has failed, and throws why it has: what they throw then is
   * suppressed, but goes before a cancellation.
   */
  RuntimeException failAfterClosing(Throwable failure) {
    closeSources();
    if (Failures.isOwn(failure, token) && takeFailure() instanceof AggregateException before) {
      throw before;
    }
    for (Throwable e : closings) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
    throw Failures.rethrow(failure);
  }

  /** Closes the sources; what that throws is a failure. */
  private void closeSources() {
    for (AutoCloseable source : sources) {
      try {
        source.close();
      } catch (Throwable e) {
        closings.add(e);
      }
    }
    sources.clear();
  }
}
