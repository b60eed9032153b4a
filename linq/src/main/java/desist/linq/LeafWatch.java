// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** What has to know which leaves of some feeds have passed. */
interface LeafWatch {
  /** Is told the feeds whose leaves pass here: [first, last). */
  void setCover(Phase<?> phase, int first, int last);

  /** Looks again what comes next: a feed has ended. */
  void advance();
}
