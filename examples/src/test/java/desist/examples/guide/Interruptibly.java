// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import desist.CancellationToken;
import java.util.concurrent.atomic.AtomicBoolean;

/** Blocking calls that know only interrupts, stopped by a token. */
final class Interruptibly {
  private Interruptibly() {}

  // snippet: call
  interface Blocking<T> {
    T run() throws InterruptedException;
  }

  static <T> T call(Blocking<T> body, CancellationToken token) throws InterruptedException {
    Thread caller = Thread.currentThread();
    AtomicBoolean fired = new AtomicBoolean();
    var registration =
        token.register(
            () -> {
              fired.set(true);
              caller.interrupt();
            });
    try {
      return body.run();
    } catch (InterruptedException e) {
      token.throwIfCancellationRequested();
      throw e; // somebody else's interrupt
    } finally {
      registration.close(); // from here on the callback interrupts nobody
      if (fired.get()) {
        Thread.interrupted(); // our interrupt must not hit what this thread does next
      }
    }
  }
  // end
}
