// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import org.jspecify.annotations.Nullable;

/**
 * A place in one of a token's lists: a callback to run, a linked source to tell, or a waiter to
 * wake.
 *
 * <p>The neighbors are guarded by the lock of {@link #token}, whose list it is. A node that is in
 * no list has none.
 */
abstract sealed class Node permits CancellationTokenRegistration, Link, TokenWatch.Entry {
  /** Whose list this is a node of. */
  final CancellationToken token;

  // Guarded by the token's lock.
  @Nullable Node newer;
  @Nullable Node older;

  Node(CancellationToken token) {
    this.token = token;
  }
}
