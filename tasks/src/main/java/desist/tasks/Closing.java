// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Closes what may be an {@link AutoCloseable}, as iterators of the user's may. */
final class Closing {
  private Closing() {}

  /** Closes it, if it can be closed; throws what that throws, if checked in a wrapper. */
  static void close(@Nullable Object closeable) {
    if (closeable instanceof AutoCloseable open) {
      try {
        open.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new CompletionException(e);
      }
    }
  }
}
