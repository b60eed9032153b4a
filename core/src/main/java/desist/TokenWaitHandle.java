// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/** The handle of a token: a view of it, signaled exactly when cancellation is requested. */
final class TokenWaitHandle extends WaitHandle {
  final CancellationToken token;

  TokenWaitHandle(CancellationToken token) {
    this.token = token;
  }

  /** Refuses: the handle belongs to the token. */
  @Override
  public void close() {
    throw new UnsupportedOperationException(
        "This handle belongs to a token; it is closed with the token's source.");
  }

  @Override
  public String toString() {
    return "WaitHandle of " + token;
  }

  @Override
  void ensureOpen() {
    if (isClosed()) {
      throw CancellationTokenSource.disposed();
    }
  }

  /** Whether the source was closed before cancellation was requested; if so it never will be. */
  boolean isClosed() {
    return token.isClosed() && !token.isCancellationRequested();
  }

  @Override
  boolean tryTake() {
    return token.isCancellationRequested();
  }
}
