// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.util.Objects.requireNonNull;

import desist.SynchronizationContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the {@linkplain TaskScheduler#defaultScheduler() default scheduler}, for work that
 * is no task.
 *
 * <p>Nobody can wait for such work, or cancel it: it runs, and looks itself at a token that it is
 * given. What it throws goes to its thread's handler of uncaught exceptions, an {@link
 * desist.OperationCanceledException} too; the thread lives on.
 *
 * @dotnet ThreadPool
 * @since 1.0
 */
public final class ThreadPool {
  private ThreadPool() {}

  /**
   * Has the work run on a thread of the pool, outside any task.
   *
   * @param callback the work
   * @return true
   * @throws NullPointerException if {@code callback} is null
   * @dotnet ThreadPool.QueueUserWorkItem(WaitCallback)
   * @since 1.0
   */
  public static boolean queueUserWorkItem(Runnable callback) {
    StackRoom.ensure();
    execute(requireNonNull(callback, "callback"));
    return true;
  }

  /**
   * Has the work run on a thread of the pool, outside any task, and gives it a state: a token, say.
   *
   * {@snippet lang = java:
   * ThreadPool.queueUserWorkItem(source.token(), token -> countUntilCanceled(token));
   * }
   *
   * @param <S> the state
   * @param state what the work is given
   * @param callback the work
   * @return true
   * @throws NullPointerException if {@code callback} is null
   * @dotnet ThreadPool.QueueUserWorkItem&lt;TState&gt;(Action&lt;TState&gt;, TState, bool)
   * @since 1.0
   */
  public static <S extends @Nullable Object> boolean queueUserWorkItem(
      S state, Consumer<? super S> callback) {
    requireNonNull(callback, "callback");
    StackRoom.ensure();
    execute(() -> callback.accept(state));
    return true;
  }

  /** Has work of the user's run in the pool, outside any task. */
  static void execute(Runnable work) {
    DefaultScheduler.runInPool(
        () -> {
          try {
            work.run();
          } catch (Throwable e) {
            Threads.tellHandler(e);
          } finally {
            leaveNothingBehind();
          }
        });
  }

  /** Takes off this thread of the pool what the user's code has left there. */
  static void leaveNothingBehind() {
    Thread.interrupted();
    if (SynchronizationContext.current() != null) {
      SynchronizationContext.setSynchronizationContext(null);
    }
  }
}
