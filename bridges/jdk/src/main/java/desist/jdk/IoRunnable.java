// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.io.IOException;

/**
 * Input or output without a result.
 *
 * @dotnet none
 * @since 1.0
 */
@FunctionalInterface
public interface IoRunnable {
  /**
   * Does it.
   *
   * @throws IOException if it fails
   * @dotnet none
   * @since 1.0
   */
  void run() throws IOException;
}
