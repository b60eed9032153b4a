// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/** The class in which a lambda was written. */
final class HostClass {
  /*
   * Overview
   *
   * A lambda's code is a method of the class it was written in, so a thread that calls it waits, in
   * the virtual machine, while another thread initializes that class. If that is the thread that
   * called our loop, and the worker that waits has taken an iteration, the two wait for each other.
   * So a worker waits here, before it takes anything: the loop then ends without it.
   *
   * Not done: to look for static initializers on the stack of the caller, which costs every loop.
   */

  private static final String MARK = "$$Lambda"; // in the name of the class that a lambda is of

  private HostClass() {}

  /** Returns once no other thread initializes the class in which the body was written. */
  static void awaitInitialized(Object body) {
    Class<?> type = body.getClass();
    String name = type.getName();
    int end = name.indexOf(MARK);
    if (end > 0) {
      try {
        Class.forName(name.substring(0, end), true, type.getClassLoader());
      } catch (ClassNotFoundException | LinkageError e) {
        // then the body fails by itself, and tells why
      }
    }
  }
}
