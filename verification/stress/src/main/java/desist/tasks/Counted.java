// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.concurrent.atomic.AtomicInteger;

/** A body that counts its runs. */
final class Counted {
  private final AtomicInteger runs = new AtomicInteger();

  int run() {
    return runs.incrementAndGet();
  }

  /** Returns how often it ran, in words. */
  String fate() {
    return switch (runs.get()) {
      case 0 -> "does not run";
      case 1 -> "runs";
      default -> "runs twice";
    };
  }
}
