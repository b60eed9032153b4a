// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells what other threads cannot run before a static initializer of the calling thread ends. */
final class StaticInitializers {
  /*
   * Overview
   *
   * While a thread runs the static initializer of a class, whoever reaches code of that class waits
   * for it, in the virtual machine. So a loop that is called there must ask for no help: a helper
   * that has taken an iteration would wait for the caller, and the caller for it; one that waits
   * before it takes part is lost to its pool, and the initializer may go on to need that pool.
   *
   * So a loop asks here, before it begins, about all that it is given to run. A lambda's class is of
   * the nest of the class in which it was written, as nested and anonymous classes are; one nest
   * counts as one class. It is being initialized also while the initializer of a class above it runs.
   *
   * The answer is on the stack. It is looked for until it is no, once for most classes: a thread that
   * has code of a class and is not initializing it finds it initialized, which it then stays.
   *
   * Not done: to make a loop do without help in any static initializer. What a holder keeps may well
   * be computed by loops of another class. And to look into what is given, at what its code uses.
   */

  private static final String INITIALIZER = "<clinit>";

  private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

  /** Whether a class is initialized as far as is known; values of the JDK's pin no loader. */
  private static final ClassValue<AtomicBoolean> IS_INITIALIZED =
      new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> type) {
          return new AtomicBoolean();
        }
      };

  static {
    isInitializing(StaticInitializers.class); // links what a look needs, where there is room
  }

  private StaticInitializers() {}

  /** Returns whether other threads would have to wait before they can run code of an object. */
  static boolean keepOthersFrom(Object... code) {
    for (Object part : code) {
      Class<?> type = part.getClass();
      AtomicBoolean isInitialized = IS_INITIALIZED.get(type);
      if (!isInitialized.get()) {
        if (isInitializing(type)) {
          return true;
        }
        isInitialized.set(true);
      }
    }
    return false;
  }

  private static boolean isInitializing(Class<?> type) {
    return STACK.walk(
        frames -> frames.anyMatch(frame -> isOf(frame, type) && isInitializer(frame)));
  }

  private static boolean isOf(StackFrame frame, Class<?> type) {
    Class<?> caller = frame.getDeclaringClass();
    Class<?> nest = type.getNestHost();
    return caller.getNestHost() == nest || caller.isAssignableFrom(nest);
  }

  private static boolean isInitializer(StackFrame frame) {
    return frame.getMethodName().equals(INITIALIZER);
  }
}
