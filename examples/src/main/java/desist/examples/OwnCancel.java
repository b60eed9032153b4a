// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationTokenSource;
import java.util.List;

/**
 * Objects that have a cancel method of their own are registered with a method reference. They are
 * told newest first, as they would be closed.
 */
public final class OwnCancel {
  private OwnCancel() {}

  public static void main(String[] args) {
    try (var source = new CancellationTokenSource()) {
      // snippet: register
      for (String name : List.of("pump", "heater", "stirrer")) {
        Machine machine = new Machine(name);
        source.token().register(machine::cancel);
      }
      source.cancel(); // returns when all of them have been told
      // end
    }
  }

  /** Something that runs, and can be told to stop. It knows nothing of tokens. */
  static final class Machine {
    private final String name;

    Machine(String name) {
      this.name = name;
      System.out.println(name + " on");
    }

    void cancel() {
      System.out.println(name + " off");
    }
  }
}
