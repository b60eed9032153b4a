// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;

/** Work that waits for nothing. */
final class LoopBlockers extends BlockerGroup {
  LoopBlockers() {
    add("a loop that asks", "token.throwIfCancellationRequested", threads -> new AskingLoop());
    add("a loop that does not ask", "Interruption.run", threads -> new DeafLoop());
  }

  private abstract static class Loop implements Blocker {
    private volatile boolean hasBegun;
    private volatile boolean isOver;

    final boolean goesRound() {
      hasBegun = true;
      return !isOver;
    }

    @Override
    public final boolean isBlocked(Thread thread) {
      return hasBegun;
    }

    @Override
    public final void close() {
      isOver = true;
    }
  }

  private static final class AskingLoop extends Loop {
    @Override
    public void plain() throws InterruptedException {
      while (goesRound()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }

    @Override
    public void bridged(CancellationToken token) {
      while (goesRound()) {
        token.throwIfCancellationRequested();
      }
    }
  }

  private static final class DeafLoop extends Loop {
    @Override
    public void plain() {
      while (goesRound()) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void bridged(CancellationToken token) throws InterruptedException {
      Interruption.run(this::plain, token);
    }
  }
}
