// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import desist.AggregateException;
import desist.CancellationTokenRegistration;
import desist.ObjectDisposedException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Iterates over a query, which starts with the first step. */
final class QueryIterator<T extends @Nullable Object> implements CloseableIterator<T> {
  private final Plan<T> plan;
  private final QuerySettings settings;

  /** Null until the query has been started. */
  private @Nullable Steps<T> steps;

  private boolean isEnded;
  private boolean isClosed;

  /** Whether the query could not be started. */
  private boolean isBroken;

  QueryIterator(Plan<T> plan, QuerySettings settings) {
    this.plan = plan;
    this.settings = settings;
  }

  @Override
  public boolean hasNext() {
    if (isClosed) {
      throw new ObjectDisposedException("CloseableIterator");
    } else if (isBroken) {
      throw new IllegalStateException("The query could not be started.");
    } else if (isEnded) {
      return false;
    }
    Steps<T> started = steps;
    if (started == null) {
      isBroken = true; // unless it starts
      started = start();
      isBroken = false;
      steps = started;
    }
    started.throwIfCanceled();
    if (!started.hasElement()) {
      try {
        isEnded = !started.fetch();
      } catch (AggregateException e) {
        isEnded = true; // a cancellation is thrown in every step
        throw e;
      }
    }
    return !isEnded;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return requireNonNull(steps).takeElement();
  }

  @Override
  public void close() {
    if (!isClosed) {
      StackRoom.ensure();
      isClosed = true;
      Steps<T> started = steps;
      steps = null;
      if (started != null) {
        started.end();
      }
    }
  }

  private Steps<T> start() {
    QueryRun run = new QueryRun(settings);
    run.throwIfCanceled();
    CancellationTokenRegistration registration = run.token().registerWith(run, QueryRun::stop);
    try {
      return steps(run, plan.open(run));
    } catch (Throwable e) {
      throw run.failAfterClosing(e);
    } finally {
      registration.unregister();
    }
  }

  private Steps<T> steps(QueryRun run, Stage<T> opened) {
    ParallelMergeOptions options = settings.mergeOptions();
    Stage<T> stage = opened;
    if (options == ParallelMergeOptions.FULLY_BUFFERED) {
      @Nullable Object[] all = Gather.all(run, opened);
      stage = new FeedStage<>(new ArrayFeed<T>(all, all.length));
    }
    if (stage instanceof FeedStage && stage.isIndexed()) {
      return new LazySteps<>(run, stage, Pacer.MOST_BATCH); // no delegate is left to run
    } else if (run.workers() == 1) {
      return new LazySteps<>(run, stage, 1);
    }
    Merging<T> merging =
        new Merging<>(run, stage, plan.isOrdered(), options != ParallelMergeOptions.NOT_BUFFERED);
    merging.start();
    return merging;
  }
}
