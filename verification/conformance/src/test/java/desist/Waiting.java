// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;

/** A thread of a probe that waits with a token, and how its wait ends. */
final class Waiting {
  private final Background thread;
  private volatile String how = "";

  private Waiting(CancellationToken token, Body wait) {
    thread = Background.go(() -> how = how(token, wait));
  }

  /**
   * Runs the wait: "ok", or the exception's type and, for a cancellation, whose token it carries.
   */
  static String how(CancellationToken token, Body wait) {
    try {
      wait.run();
      return "ok";
    } catch (OperationCanceledException e) {
      String whose =
          e.token() == token ? "same" : e.token() == CancellationToken.none() ? "none" : "other";
      return Out.nameOf(e) + " token=" + whose;
    } catch (Throwable e) {
      return Out.describe(e);
    }
  }

  /** Starts a thread that may have to wait, without a token. */
  static Waiting go(Body wait) {
    return new Waiting(CancellationToken.none(), wait);
  }

  /** Starts a thread that waits, and returns when it blocks. */
  static Waiting start(CancellationToken token, Body wait) {
    Waiting waiting = new Waiting(token, wait);
    if (!waiting.thread.blocks()) {
      throw new AssertionError("The wait does not block: " + waiting.how());
    }
    return waiting;
  }

  /** Starts a thread that waits without a token, and returns when it blocks. */
  static Waiting start(Body wait) {
    return start(CancellationToken.none(), wait);
  }

  /** How the wait ended. */
  String how() {
    thread.join();
    return how;
  }

  /** Whether the wait ends before the time is over. */
  boolean endsWithin(Duration time) {
    return thread.endsWithin(time);
  }

  /** Interrupts the thread. */
  void interrupt() {
    thread.thread().interrupt();
  }
}
