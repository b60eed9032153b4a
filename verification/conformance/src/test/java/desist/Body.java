// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/** Steps of a probe. They may throw anything. */
@FunctionalInterface
interface Body {
  void run() throws Exception;
}
