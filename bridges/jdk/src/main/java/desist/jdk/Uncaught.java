// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

/** What is thrown where nobody can be told of it. */
final class Uncaught {
  private Uncaught() {}

  /** Tells the calling thread's handler of uncaught exceptions; throws nothing. */
  static void tell(Throwable e) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    } catch (Throwable own) {
      // Ignored, as the virtual machine does.
    }
  }
}
