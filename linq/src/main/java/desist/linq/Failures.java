// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import desist.AggregateException;
import desist.CancellationToken;
import desist.OperationCanceledException;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of what the code of a query's user throws. */
final class Failures {
  private Failures() {}

  /** Returns what a query throws whose workers have thrown these. */
  static RuntimeException of(Collection<? extends Throwable> thrown, CancellationToken token) {
    AggregateException all = new AggregateException(thrown).flatten();
    List<Throwable> each = all.innerExceptions();
    boolean isCanceled = !each.isEmpty() && each.stream().allMatch(e -> isOwn(e, token));
    return isCanceled ? new OperationCanceledException(token) : all;
  }

  /** Whether the exception says that the query's own token is canceled. */
  static boolean isOwn(Throwable e, CancellationToken token) {
    return e instanceof OperationCanceledException canceled
        && canceled.token() == token
        && token.isCancellationRequested();
  }

  /**
   * Runs code of the user's on the thread that asks for the result: whatever it throws is wrapped.
   */
  static <T extends @Nullable Object> T wrapping(Supplier<T> code) {
    try {
      return code.get();
    } catch (Throwable e) {
      throw new AggregateException(e);
    }
  }

  /** Throws it as it is. */
  static RuntimeException rethrow(Throwable e) {
    throw Failures.<RuntimeException>asIs(e);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler need not know it
  private static <E extends Throwable> E asIs(Throwable e) throws E {
    throw (E) e;
  }
}
