// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Several tasks in the order in which they end, each of which a loop gets when it has.
 *
 * <p>First come those that had ended when {@link Task#whenEach} was called, in the order of the
 * arguments; then the others in the order of their end, also if that is before the loop has begun.
 * A task that is given twice comes twice. How a task has ended makes no difference: nothing of it
 * is thrown.
 *
 * <p>A step of the iterator blocks until a task has ended that was not returned before. Between two
 * steps it holds nothing, neither on the tasks nor on the token nor a thread, so a loop may be left
 * at any time. In return, a step that has to wait costs time in proportion to the number of tasks
 * that have not ended.
 *
 * <p>The tasks come once: the first iterator gets them, others are empty, those of {@link
 * #withCancellation} included. An iterator is for one thread at a time; all else is safe to call
 * from any thread.
 *
 * <p>A step that is interrupted while it waits sets the thread's interrupt again and throws an
 * {@link OperationCanceledException} without a token, whose cause is the {@link
 * InterruptedException}. After a step that has thrown, the iterator is at its end.
 *
 * {@snippet lang = java:
 * for (Task<Page> page : Task.whenEach(downloads).withCancellation(token)) {
 *   show(page);
 * }
 * }
 *
 * @param <T> the result of the tasks
 * @dotnet IAsyncEnumerable&lt;Task&lt;TResult&gt;&gt;
 * @since 1.0
 */
public final class TaskEnumerable<T extends @Nullable Object> implements Iterable<Task<T>> {
  /** The iterator, until somebody has taken it. */
  private final AtomicReference<@Nullable WhenEach<T>> untaken;

  private final CancellationToken token;

  private TaskEnumerable(AtomicReference<@Nullable WhenEach<T>> untaken, CancellationToken token) {
    this.untaken = untaken;
    this.token = token;
  }

  /** Those of these tasks, which are the caller's no more. */
  static <T extends @Nullable Object> TaskEnumerable<T> of(Task<? extends T>[] tasks) {
    return new TaskEnumerable<>(
        new AtomicReference<>(new WhenEach<>(tasks)), CancellationToken.none());
  }

  /**
   * Returns the same tasks, until the token is canceled.
   *
   * <p>If it is, a step throws an {@link OperationCanceledException}, although tasks have ended
   * that were not returned yet; while it waits, a {@link TaskCanceledException}. But not if no task
   * is left, which is the end. The tasks go on.
   *
   * @param token ends the steps
   * @return the tasks; not once more
   * @throws NullPointerException if {@code token} is null
   * @dotnet TaskAsyncEnumerableExtensions.WithCancellation&lt;T&gt;(IAsyncEnumerable&lt;T&gt;,
   *     CancellationToken)
   * @since 1.0
   */
  public TaskEnumerable<T> withCancellation(CancellationToken token) {
    return new TaskEnumerable<>(untaken, requireNonNull(token, "token"));
  }

  /**
   * Returns the tasks as they end, to the first who asks.
   *
   * @return an iterator; empty unless it is the first
   * @dotnet IAsyncEnumerable&lt;T&gt;.GetAsyncEnumerator(CancellationToken)
   * @since 1.0
   */
  @Override
  public Iterator<Task<T>> iterator() {
    WhenEach<T> taken = untaken.getAndSet(null);
    if (taken == null) {
      return Collections.emptyIterator();
    }
    taken.setToken(token);
    return taken;
  }
}
