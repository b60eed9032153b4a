// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.AggregateException;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Notices faults that nobody has looked at when their tasks are collected. */
final class UnobservedFaults {
  private static final List<Handler> HANDLERS = new CopyOnWriteArrayList<>();

  private UnobservedFaults() {}

  /**
   * Has the report run when the task is collected. As long as nobody wants to be told it does not:
   * then nothing refers to the report, and a fault that refers to its own task is collected with
   * it.
   */
  static Cleaner.@Nullable Cleanable watch(TaskState task, Runnable report) {
    return HANDLERS.isEmpty() ? null : Watch.CLEANER.register(task, report);
  }

  /** Tells all handlers; what they throw goes to their thread's handler. */
  static void report(AggregateException exception) {
    if (HANDLERS.isEmpty()) {
      return;
    }
    UnobservedTaskExceptionEventArgs event = new UnobservedTaskExceptionEventArgs(exception);
    for (Handler handler : HANDLERS) {
      try {
        handler.consumer.accept(event);
      } catch (Throwable e) {
        Threads.tellHandler(e);
      }
    }
  }

  static EventRegistration add(Consumer<? super UnobservedTaskExceptionEventArgs> consumer) {
    Watch.begin();
    Handler handler = new Handler(consumer);
    HANDLERS.add(handler);
    return handler;
  }

  /** What notices that a task was collected: a thread, from the first handler on. */
  private static final class Watch {
    static final Cleaner CLEANER =
        Cleaner.create(
            work -> {
              Thread thread = new Thread(null, work, "desist-unobserved", 0, false);
              thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
              return thread;
            });

    /** Begins here, and not where a task faults, perhaps at the end of the stack. */
    static void begin() {}
  }

  /** A handler; compared by identity, so that one that is added twice is removed once. */
  private static final class Handler implements EventRegistration {
    private final Consumer<? super UnobservedTaskExceptionEventArgs> consumer;

    Handler(Consumer<? super UnobservedTaskExceptionEventArgs> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void close() {
      HANDLERS.remove(this);
    }
  }
}
