// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;

/**
 * What the calls to a database are bound to.
 *
 * @param options how they are stopped
 * @param token what stops them
 */
record Binding(JdbcOptions options, CancellationToken token) {
  Binding(CancellationToken token) {
    this(JdbcOptions.DEFAULT, token);
  }
}
