// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import desist.ManualResetEvent;
import desist.ObjectDisposedException;
import org.jspecify.annotations.Nullable;

/** The wait handles that follow a primitive, for waits together with other handles. */
final class Handles {
  private Handles() {}

  /**
   * Sets or resets the handle, if there is one, under the lock of the primitive that it follows.
   */
  static void follow(@Nullable ManualResetEvent handle, boolean isSignaled) {
    if (handle == null) {
      return;
    }
    try {
      if (isSignaled) {
        handle.set();
      } else {
        handle.reset();
      }
    } catch (ObjectDisposedException e) {
      // Its user has closed it, which concerns the handle alone.
    }
  }

  /** Closes the handle, if there is one. */
  static void close(@Nullable ManualResetEvent handle) {
    if (handle != null) {
      handle.close();
    }
  }
}
