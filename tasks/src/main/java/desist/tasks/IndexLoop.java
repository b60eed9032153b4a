// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import org.jspecify.annotations.Nullable;

/**
 * A parallel loop over indexes.
 *
 * @param <L> what the bodies of a worker pass on
 */
final class IndexLoop<L extends @Nullable Object> extends Loop<L> {
  private final IndexBody<L> indexBody;
  private final Pieces pieces;

  private IndexLoop(
      long from,
      long to,
      ParallelOptions options,
      LoopLocals<L> locals,
      IndexBody<L> indexBody,
      Object... code) {
    super(options, locals, code);
    this.indexBody = indexBody;
    this.pieces = new Pieces(from, to, limit(), flags);
  }

  /** Runs the loop; without a look at the token if there are no indexes. */
  static <L extends @Nullable Object> ParallelLoopResult run(
      long from,
      long to,
      ParallelOptions options,
      LoopLocals<L> locals,
      IndexBody<L> indexBody,
      Object... code) {
    if (from >= to) {
      return ParallelLoopResult.COMPLETED;
    }
    StackRoom.ensure();
    return new IndexLoop<>(from, to, options, locals, indexBody, code).run();
  }

  @Override
  void work(LoopWorker<L> worker) throws Exception {
    Pieces.Walk walk = pieces.walk();
    while (walk.next()) {
      if (!isHelpComing() && pieces.isAnyLeft()) {
        callForHelp();
      }
      indexBody.run(walk.from(), walk.to(), worker);
    }
  }
}
