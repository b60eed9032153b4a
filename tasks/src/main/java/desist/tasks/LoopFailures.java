// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.AggregateException;
import desist.CancellationToken;
import desist.OperationCanceledException;
import java.util.List;

/** What a loop throws for what its bodies have thrown. */
final class LoopFailures {
  private LoopFailures() {}

  /**
   * Throws the failures, of which there is at least one.
   *
   * @throws OperationCanceledException the first of them, if all of them carry the loop's token and
   *     that is canceled
   * @throws AggregateException with all of them otherwise
   */
  static void throwAll(List<Throwable> failures, CancellationToken token) {
    if (token.isCancellationRequested()
        && failures.get(0) instanceof OperationCanceledException first
        && failures.stream().allMatch(failure -> isOf(failure, token))) {
      throw first;
    }
    throw new AggregateException(failures);
  }

  private static boolean isOf(Throwable failure, CancellationToken token) {
    return failure instanceof OperationCanceledException e && e.token() == token;
  }
}
