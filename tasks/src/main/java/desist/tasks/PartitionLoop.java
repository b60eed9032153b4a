// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import org.jspecify.annotations.Nullable;

/**
 * A parallel loop over the partitions of a partitioner, one for each worker.
 *
 * @param <T> the elements
 * @param <L> what the bodies of a worker pass on
 */
final class PartitionLoop<T extends @Nullable Object, L extends @Nullable Object> extends Loop<L> {
  /*
   * Overview
   *
   * A worker reads an element, runs its body, and looks whether the loop is to end; an element that
   * was read is processed. A break ends a worker once it has run an element above the lowest break,
   * or, where elements have no keys, after its current one.
   *
   * A worker calls for help when it has an element in hand and nobody else is reading. So where the
   * source is slow one worker waits for it, not one more for each element that comes.
   */

  private final Cursors<T> cursors;
  private final boolean isKeyed;
  private final LoopBody.IndexedWithLocal<? super T, L> elementBody;

  private PartitionLoop(
      Cursors<T> cursors,
      boolean isKeyed,
      ParallelOptions options,
      LoopLocals<L> locals,
      LoopBody.IndexedWithLocal<? super T, L> elementBody,
      Object... code) {
    super(options, locals, code);
    this.cursors = cursors;
    this.isKeyed = isKeyed;
    this.elementBody = elementBody;
  }

  /** Runs the loop. What opening and closing the source throws comes out as it is. */
  static <T extends @Nullable Object, L extends @Nullable Object> ParallelLoopResult run(
      Partitioner<T> source,
      ParallelOptions options,
      LoopLocals<L> locals,
      LoopBody.IndexedWithLocal<? super T, L> elementBody,
      Object body) {
    if (!source.supportsDynamicPartitions()) {
      throw new IllegalStateException(
          "The partitioner has no dynamic partitions: supportsDynamicPartitions() is false.");
    }
    options.cancellationToken().throwIfCancellationRequested();
    StackRoom.ensure();
    boolean isKeyed = source instanceof OrderablePartitioner;
    Cursors<T> cursors = Cursors.of(source);
    try {
      return new PartitionLoop<>(
              cursors, isKeyed, options, locals, elementBody, body, source.code())
          .run();
    } finally {
      cursors.close();
    }
  }

  @Override
  void work(LoopWorker<L> worker) throws Exception {
    Cursor<T> cursor = cursors.open(flags);
    try {
      while (!flags.mustExit() && read(cursor, worker)) {
        if (!isHelpComing() && !isAnyReading()) {
          callForHelp();
        }
        worker.state.setIteration(cursor.key);
        worker.local = elementBody.run(cursor.element, worker.state, cursor.key, worker.local);
        if (isKeyed ? flags.mustExit(cursor.key) : flags.isAnySet()) {
          break;
        }
      }
    } finally {
      cursor.close();
    }
  }

  private static boolean read(Cursor<?> cursor, LoopWorker<?> worker) {
    worker.isReading = true;
    try {
      return cursor.moveNext();
    } finally {
      worker.isReading = false;
    }
  }
}
