// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import desist.AggregateException;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notices faults that nobody has looked at when their tasks are collected. */
final class UnobservedFaults {
  private static final Cleaner CLEANER =
      Cleaner.create(
          work -> {
            Thread thread = new Thread(null, work, "desist-unobserved", 0, false);
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            return thread;
          });

  private static final List<Handler> HANDLERS = new CopyOnWriteArrayList<>();

  private UnobservedFaults() {}

  /** Has the report run when the task is collected; it must not refer to the task. */
  static Cleaner.Cleanable watch(TaskState task, Runnable report) {
    return CLEANER.register(task, report);
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

  static AutoCloseable add(Consumer<? super UnobservedTaskExceptionEventArgs> consumer) {
    Handler handler = new Handler(consumer);
    HANDLERS.add(handler);
    return handler;
  }

  /** A handler; compared by identity, so that one that is added twice is removed once. */
  private static final class Handler implements AutoCloseable {
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
