// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

/** Says that callbacks are still registered on a source. */
final class LeftBehind {
  private LeftBehind() {}

  /** Returns the message for so many registrations; {@code who} has a source of its own. */
  static String by(String who, int count) {
    return who
        + " left "
        + (count == 1 ? "1 registration" : count + " registrations")
        + " behind on its CancellationTokenSource: a callback that was not taken off, on it"
        + " or on a source linked to it, or a wait or task with its token that has not ended";
  }
}
