// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A place where code has to run, such as the thread of a user interface.
 *
 * <p>This class itself stands for no place in particular: it runs what is sent at once, and what is
 * posted on a daemon thread of this library's. {@link #of} makes one for a thread or an executor;
 * others derive from it.
 *
 * {@snippet lang = java:
 * var ui = SynchronizationContext.of(EventQueue::invokeLater, EventQueue::isDispatchThread);
 * token.register(() -> label.setText("canceled"), ui);
 * }
 *
 * @dotnet SynchronizationContext
 * @since 1.0
 */
public class SynchronizationContext {
  private static final ThreadLocal<@Nullable SynchronizationContext> CURRENT = new ThreadLocal<>();

  /**
   * Makes a context that runs what is sent to it in place.
   *
   * @dotnet new SynchronizationContext()
   * @since 1.0
   */
  public SynchronizationContext() {}

  /**
   * Returns this thread's context.
   *
   * @return what was last set on this thread; null if nothing was
   * @dotnet SynchronizationContext.Current
   * @since 1.0
   */
  public static @Nullable SynchronizationContext current() {
    return CURRENT.get();
  }

  /**
   * Sets this thread's context.
   *
   * @param context the context; null for none
   * @dotnet SynchronizationContext.SetSynchronizationContext(SynchronizationContext)
   * @since 1.0
   */
  public static void setSynchronizationContext(@Nullable SynchronizationContext context) {
    if (context == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(context);
    }
  }

  /**
   * Returns a context that runs everything by an executor.
   *
   * <p>What is sent by a thread that is there already runs in place. Otherwise {@code send} waits
   * for as long as it takes, interrupted or not, and keeps the interrupt. It throws a {@link
   * RejectedExecutionException} if the executor does, or is an {@link ExecutorService} that has
   * terminated without running the work; any other executor that accepts work and drops it makes it
   * wait for ever.
   *
   * @param executor runs what is sent and posted
   * @param isCurrent tells whether this thread is one of the executor's
   * @return the context
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static SynchronizationContext of(Executor executor, BooleanSupplier isCurrent) {
    requireNonNull(executor, "executor");
    requireNonNull(isCurrent, "isCurrent");
    return new OfExecutor(executor, isCurrent);
  }

  /**
   * Runs the work in this place, and returns when it has ended.
   *
   * <p>What the work throws is thrown here. This class runs it on the calling thread.
   *
   * @param work what to run
   * @throws NullPointerException if {@code work} is null
   * @dotnet SynchronizationContext.Send(SendOrPostCallback, object)
   * @since 1.0
   */
  public void send(Runnable work) {
    requireNonNull(work, "work").run();
  }

  /**
   * Has the work run in this place, some time later.
   *
   * <p>This class runs it on a daemon thread of this library's; what it throws goes to that
   * thread's handler of uncaught exceptions.
   *
   * @param work what to run
   * @throws NullPointerException if {@code work} is null
   * @dotnet SynchronizationContext.Post(SendOrPostCallback, object)
   * @since 1.0
   */
  public void post(Runnable work) {
    CallbackThreads.execute(requireNonNull(work, "work"));
  }

  private static final class OfExecutor extends SynchronizationContext {
    private static final long LOOK_AFTER_MILLIS = 100;

    private final Executor executor;
    private final BooleanSupplier isCurrent;

    OfExecutor(Executor executor, BooleanSupplier isCurrent) {
      this.executor = executor;
      this.isCurrent = isCurrent;
    }

    @Override
    public void send(Runnable work) {
      requireNonNull(work, "work");
      if (isCurrent.getAsBoolean()) {
        work.run();
        return;
      }
      FutureTask<@Nullable Void> sent = new FutureTask<>(work, null);
      executor.execute(sent);
      boolean interrupted = false;
      try {
        for (; ; ) {
          try {
            sent.get(LOOK_AFTER_MILLIS, TimeUnit.MILLISECONDS);
            return;
          } catch (InterruptedException e) {
            interrupted = true;
          } catch (TimeoutException e) {
            if (hasTerminated() && !sent.isDone()) {
              throw new RejectedExecutionException(
                  "terminated before it ran the work: " + executor);
            }
          }
        }
      } catch (ExecutionException e) {
        Throwable thrown = e.getCause();
        throw Cancellation.<RuntimeException>sneak(thrown == null ? e : thrown);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    /** Tells whether nobody is left to run what waits. */
    private boolean hasTerminated() {
      return executor instanceof ExecutorService service && service.isTerminated();
    }

    @Override
    public void post(Runnable work) {
      executor.execute(requireNonNull(work, "work"));
    }
  }
}
