// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for the lock of a file that another process holds, and that nobody is told of. */
final class FileLocks {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
  private static final Duration MOST_PAUSE = Duration.ofMillis(50);

  private FileLocks() {}

  /** Tries until there is a lock. */
  static FileLock poll(IoCallable<@Nullable FileLock> attempt, CancellationToken token)
      throws IOException {
    Duration pause = FIRST_PAUSE;
    try {
      Interruption.checkEntry(token);
      while (true) {
        FileLock lock = attempt.call();
        if (lock != null) {
          return lock;
        } else if (token.awaitCancellation(pause)) {
          throw new OperationCanceledException(token);
        }
        pause = pause.compareTo(MOST_PAUSE.dividedBy(2)) < 0 ? pause.plus(pause) : MOST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FileLockInterruptionException();
    }
  }
}
