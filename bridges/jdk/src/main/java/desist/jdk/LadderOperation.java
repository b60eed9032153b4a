// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.OperationCanceledException;
import desist.TimeProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operation that is stopped step by step, where one may block or not be enough. */
abstract class LadderOperation extends Operation {
  // Written by stop(), once.
  private volatile @Nullable Ladder ladder;

  /** Returns what stops this operation, in its order. Called when it is to be stopped. */
  abstract List<Step> steps();

  /** Returns the clock of the graces and limits. */
  TimeProvider timeProvider() {
    return TimeProvider.system();
  }

  @Override
  final boolean isStopped() {
    Ladder ladder = this.ladder;
    return ladder != null && ladder.isBegun();
  }

  /** Whether something that has been done to stop the operation runs on, after its end. */
  final boolean isHanging() {
    Ladder ladder = this.ladder;
    return ladder != null && ladder.isHanging();
  }

  @Override
  OperationCanceledException canceled(@Nullable Throwable own) {
    OperationCanceledException canceled = super.canceled(own);
    Ladder ladder = this.ladder;
    if (ladder != null) {
      ladder.failures().forEach(canceled::addSuppressed);
    }
    return canceled;
  }

  @Override
  final void stop() {
    Ladder made = new Ladder(steps(), timeProvider());
    ladder = made;
    made.start();
  }

  @Override
  final void ended() {
    Ladder ladder = this.ladder;
    if (ladder != null) {
      ladder.end();
    }
  }
}
