// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import java.util.concurrent.Callable;

/** A blocker that is put together of what it does. */
final class SimpleBlocker implements Blocker {
  private final InterruptibleRunnable<Exception> plain;
  private final CancelableRunnable bridged;
  private final Callable<String> left;
  private final AutoCloseable release;

  SimpleBlocker(
      InterruptibleRunnable<Exception> plain,
      CancelableRunnable bridged,
      Callable<String> left,
      AutoCloseable release) {
    this.plain = plain;
    this.bridged = bridged;
    this.left = left;
    this.release = release;
  }

  @Override
  public void plain() throws Exception {
    plain.run();
  }

  @Override
  public void bridged(CancellationToken token) throws Exception {
    bridged.run(token);
  }

  @Override
  public String left() throws Exception {
    return left.call();
  }

  @Override
  public void close() throws Exception {
    release.close();
  }
}
