// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** Runs a query on the thread that iterates, as far as it must for the next element. */
final class LazySteps<T extends @Nullable Object> extends Steps<T> {
  private final Worker worker;

  private Buffer<T> results = new Buffer<>();

  /**
   * Makes the iterator of a stage that has been opened.
   *
   * @param mostBatch how many elements of the source to read at a time
   */
  LazySteps(QueryRun run, Stage<T> stage, int mostBatch) {
    super(run);
    Phase<T> phase =
        new Phase<>(
            run,
            stage,
            worker ->
                new Sink<T>() {
                  @Override
                  void accept(T value) {
                    results.add(value);
                  }
                },
            1,
            true);
    worker = phase.assemble(0, this::isFull, mostBatch);
    run.begin(phase);
  }

  private boolean isFull() {
    run.stopIfCanceled();
    return results.count() > 0;
  }

  @Override
  boolean fetch() {
    boolean isMore = work();
    if (results.count() > 0) {
      setChunk(results.array(), results.count());
      results = new Buffer<>();
      return true;
    }
    if (!isMore) {
      run.finish();
    }
    return isMore;
  }

  /** Returns false if all has been read. */
  private boolean work() {
    try {
      return !worker.work() || results.count() > 0;
    } catch (Throwable e) {
      run.fail(e);
      run.finish();
      throw new AssertionError(e);
    }
  }

  @Override
  void end() {
    run.stop();
    run.abandon();
  }
}
