// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/** Who waits for a token and is to look at it again. */
interface Wakeable {
  /**
   * Called at about the time when the token, or one that it is linked to, is canceled or its source
   * closed; on the thread that does so. Must not block, nor run user code but for closing a user's
   * timer.
   */
  void wake();
}
