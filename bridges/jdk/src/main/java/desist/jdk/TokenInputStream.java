// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that looks at a token before each piece. */
final class TokenInputStream extends FilterInputStream {
  /** How much is read between two looks at the token. */
  static final int PIECE = 8192;

  private final CancellationToken token;

  TokenInputStream(InputStream in, CancellationToken token) {
    super(in);
    this.token = token;
  }

  @Override
  public int read() throws IOException {
    token.throwIfCancellationRequested();
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    token.throwIfCancellationRequested();
    return in.read(bytes, offset, Math.min(length, PIECE));
  }

  @Override
  public long skip(long count) throws IOException {
    token.throwIfCancellationRequested();
    return in.skip(Math.min(count, PIECE));
  }
}
