// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.CancellationToken;
import org.jspecify.annotations.Nullable;

/**
 * What runs bodies of a loop one after the other, as the body of a task.
 *
 * @param <L> what the bodies pass on
 */
@SuppressWarnings("serial") // it is no more serializable than any other job
final class LoopWorker<L extends @Nullable Object> extends Job {
  /** Given to each body. */
  final transient ParallelLoopState state;

  final transient LoopFlags flags;

  /** What the next body is given, once localInit has run. */
  @SuppressWarnings("NullAway.Init")
  transient L local;

  /** Whether it waits for an element of the source, or is about to; others read it. */
  transient volatile boolean isReading;

  /** The thread that is giving this to its scheduler, while it does. */
  transient volatile @Nullable Thread giver;

  /** Null once this has run, or is not needed any more. */
  private transient volatile @Nullable Loop<L> loop;

  LoopWorker(Loop<L> loop) {
    super(CancellationToken.none());
    this.loop = loop;
    this.flags = loop.flags;
    this.state = new ParallelLoopState(flags);
  }

  /** Whether the iteration is not to begin. */
  boolean mustExit(long iteration) {
    return flags.mustExit(iteration);
  }

  @Override
  @Nullable Object call() {
    Loop<L> own = loop;
    if (own != null) {
      own.enter(this);
    }
    return null;
  }

  /** Lets go of the loop, which is over; a queue may go on holding this. */
  @Override
  void drop() {
    loop = null;
  }
}
