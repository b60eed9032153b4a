// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Input or output with a result.
 *
 * @param <T> the type of the result
 * @dotnet none
 * @since 1.0
 */
@FunctionalInterface
public interface IoCallable<T extends @Nullable Object> {
  /**
   * Does it.
   *
   * @return the result
   * @throws IOException if it fails
   * @dotnet none
   * @since 1.0
   */
  T call() throws IOException;
}
