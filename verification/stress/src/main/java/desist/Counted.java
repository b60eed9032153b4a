// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.concurrent.atomic.AtomicInteger;

/** A callback that counts its runs. */
final class Counted implements Runnable {
  private final AtomicInteger runs = new AtomicInteger();

  @Override
  public void run() {
    runs.incrementAndGet();
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
