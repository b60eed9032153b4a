// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.concurrent.Callable;

/** Waits of actors, which nobody interrupts and which must not declare checked exceptions. */
final class Uninterrupted {
  private Uninterrupted() {}

  static <T> T get(Callable<T> wait) {
    try {
      return wait.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
