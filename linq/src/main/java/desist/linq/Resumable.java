// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** A sink that may have elements which there was no room for below it. */
interface Resumable {
  /** Whether it has some. */
  boolean isOpen();

  /** Pushes those that it has, as far as there is room. */
  void resume();
}
