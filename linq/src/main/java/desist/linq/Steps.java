// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** How an iterator gets elements of a query that has been started; for one thread at a time. */
abstract class Steps<T extends @Nullable Object> {
  final QueryRun run;

  private @Nullable Object[] chunk = {};
  private int position;
  private int end;

  Steps(QueryRun run) {
    this.run = run;
  }

  /**
   * Gets elements, which are given to {@link #setChunk}, when there are some.
   *
   * @return false at the end
   */
  abstract boolean fetch();

  /** Throws what the query has been canceled with, if it has, when no delegate runs any more. */
  final void throwIfCanceled() {
    if (run.token().isCancellationRequested()) {
      end(); // a failure goes before
      run.throwIfCanceled();
    }
  }

  /** Ends the query, when no delegate runs any more; may be called again. */
  abstract void end();

  /** Takes elements that nobody else has. */
  final void setChunk(@Nullable Object[] elements, int count) {
    chunk = elements;
    position = 0;
    end = count;
  }

  final boolean hasElement() {
    return position < end;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the chunk has nothing else
  final T takeElement() {
    T element = (T) chunk[position];
    chunk[position++] = null;
    return element;
  }
}
