// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the body of a loop over indexes for some of them.
 *
 * <p>Each of those below is a loop of its own, so that the compiler sees one body in it where a
 * program has one, and no index is boxed. Before each iteration it looks whether that may begin.
 *
 * @param <L> what the bodies of a worker pass on
 */
@FunctionalInterface
interface IndexBody<L extends @Nullable Object> {
  /** Runs the body for the indexes in ascending order, until one need not begin. */
  void run(long from, long to, LoopWorker<L> worker) throws Exception;

  static IndexBody<@Nullable Void> ofInt(ThrowingIntConsumer body) {
    return (from, to, worker) -> {
      for (int i = (int) from; i < (int) to && !worker.mustExit(i); i++) {
        body.accept(i);
      }
    };
  }

  static IndexBody<@Nullable Void> ofIntWithState(LoopBody.OfIntWithState body) {
    return (from, to, worker) -> {
      for (int i = (int) from; i < (int) to && !worker.mustExit(i); i++) {
        worker.state.setIteration(i);
        body.run(i, worker.state);
      }
    };
  }

  static <L extends @Nullable Object> IndexBody<L> ofIntWithLocal(LoopBody.OfIntWithLocal<L> body) {
    return (from, to, worker) -> {
      for (int i = (int) from; i < (int) to && !worker.mustExit(i); i++) {
        worker.state.setIteration(i);
        worker.local = body.run(i, worker.state, worker.local);
      }
    };
  }

  static IndexBody<@Nullable Void> ofIntRange(LoopBody.OfIntRange body) {
    return (from, to, worker) -> body.run((int) from, (int) to);
  }

  static <L extends @Nullable Object> IndexBody<L> ofIntRangeWithLocal(
      LoopBody.OfIntRangeWithLocal<L> body) {
    return (from, to, worker) -> worker.local = body.run((int) from, (int) to, worker.local);
  }

  static IndexBody<@Nullable Void> ofLong(ThrowingLongConsumer body) {
    return (from, to, worker) -> {
      for (long i = from; i < to && !worker.mustExit(i); i++) {
        body.accept(i);
      }
    };
  }

  static IndexBody<@Nullable Void> ofLongWithState(LoopBody.OfLongWithState body) {
    return (from, to, worker) -> {
      for (long i = from; i < to && !worker.mustExit(i); i++) {
        worker.state.setIteration(i);
        body.run(i, worker.state);
      }
    };
  }

  static <L extends @Nullable Object> IndexBody<L> ofLongWithLocal(
      LoopBody.OfLongWithLocal<L> body) {
    return (from, to, worker) -> {
      for (long i = from; i < to && !worker.mustExit(i); i++) {
        worker.state.setIteration(i);
        worker.local = body.run(i, worker.state, worker.local);
      }
    };
  }

  static IndexBody<@Nullable Void> ofLongRange(LoopBody.OfLongRange body) {
    return (from, to, worker) -> body.run(from, to);
  }

  static <L extends @Nullable Object> IndexBody<L> ofLongRangeWithLocal(
      LoopBody.OfLongRangeWithLocal<L> body) {
    return (from, to, worker) -> worker.local = body.run(from, to, worker.local);
  }

  /** The body for the elements of a list. */
  static <T extends @Nullable Object, L extends @Nullable Object> IndexBody<L> ofElements(
      List<? extends T> list, LoopBody.IndexedWithLocal<? super T, L> body) {
    return (from, to, worker) -> {
      for (int i = (int) from; i < (int) to && !worker.mustExit(i); i++) {
        worker.state.setIteration(i);
        worker.local = body.run(list.get(i), worker.state, i, worker.local);
      }
    };
  }
}
