// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/** A class of a nest of its own whose initialization begins with that of one above it. */
final class Descendant extends StaticInitializersTest.Ancestor {
  private Descendant() {}

  /** Returns how often the loop asked for help that the initializer above has called. */
  static int askedFirst() {
    return asked;
  }

  static int askForHelp() {
    Asked help = new Asked();
    Parallel.forRange(0, 1000, help.options(), i -> {});
    return help.count();
  }
}
