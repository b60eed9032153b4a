// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Threads of ours; and what JDK 21 knows of virtual ones, for code that is compiled for 17. */
final class Threads {
  private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();
  private static final @Nullable ThreadFactory VIRTUAL = virtual();

  private Threads() {}

  /** Makes a daemon thread that inherits nothing from this one. */
  static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setPriority(Thread.NORM_PRIORITY);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }

  /** Tells this thread's handler of what nobody else can be told. */
  static void tellHandler(Throwable e) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
  }

  /** Returns what makes virtual threads, which inherit no thread locals; null before JDK 21. */
  static @Nullable ThreadFactory ofVirtual() {
    return VIRTUAL;
  }

  /** Returns {@code thread.isVirtual()}; false before JDK 21. */
  static boolean isVirtual(Thread thread) {
    if (IS_VIRTUAL == null) {
      return false;
    }
    try {
      return (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable e) {
      throw new AssertionError(e); // it only answers
    }
  }

  private static @Nullable MethodHandle isVirtual() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(Thread.class, "isVirtual", methodType(boolean.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  private static @Nullable ThreadFactory virtual() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
      Object made = lookup.findStatic(Thread.class, "ofVirtual", methodType(ofVirtual)).invoke();
      lookup
          .findVirtual(builder, "name", methodType(builder, String.class, long.class))
          .invoke(made, "desist-virtual-", 0L);
      lookup
          .findVirtual(
              builder, "inheritInheritableThreadLocals", methodType(builder, boolean.class))
          .invoke(made, false);
      return (ThreadFactory)
          lookup.findVirtual(builder, "factory", methodType(ThreadFactory.class)).invoke(made);
    } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
      return null;
    } catch (Throwable e) {
      throw new AssertionError(e); // these only set what they are given
    }
  }
}
