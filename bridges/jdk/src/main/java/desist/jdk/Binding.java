// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import desist.TimeProvider;

/**
 * What the calls to a database are bound to.
 *
 * @param token what stops them
 * @param timeProvider the clock by which the connection is given up
 */
record Binding(CancellationToken token, TimeProvider timeProvider) {
  Binding(CancellationToken token) {
    this(token, TimeProvider.system());
  }
}
