// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import java.util.Optional;
import java.util.concurrent.Callable;

/** What an actor was told by the collection it added to, or took from, in words. */
final class Told {
  private Told() {}

  /** Returns "added" or "full", or why the call threw. */
  static String added(Callable<Boolean> add) {
    return Answer.inWords(() -> add.call() ? "added" : "full");
  }

  /** Returns the item or "empty", or why the call threw. */
  static String taken(Callable<Optional<Integer>> take) {
    return Answer.inWords(() -> take.call().map(item -> "item " + item).orElse("empty"));
  }

  /** Returns the index, or why the call threw. */
  static String index(Callable<Integer> add) {
    return Answer.inWords(() -> "index " + add.call());
  }
}
