// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/**
 * The handle of a token: signaled exactly when the token is requested, and without state of its
 * own.
 */
final class TokenWaitHandle extends WaitHandle {
  final CancellationToken token;

  TokenWaitHandle(CancellationToken token) {
    super(null);
    this.token = token;
  }

  /** Refuses, since the handle belongs to the token. */
  @Override
  public void close() {
    throw new UnsupportedOperationException(
        "The handle belongs to the token; closing the source closes it.");
  }

  @Override
  boolean isSetForAll() {
    return token.isCancellationRequested();
  }

  @Override
  void ensureOpen() {
    if (token.isClosed() && !token.isCancellationRequested()) {
      throw CancellationTokenSource.disposed();
    }
  }
}
