// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** A reader that looks at a token before each piece. */
final class TokenReader extends FilterReader {
  private final CancellationToken token;

  TokenReader(Reader in, CancellationToken token) {
    super(in);
    this.token = token;
  }

  @Override
  public int read() throws IOException {
    token.throwIfCancellationRequested();
    return in.read();
  }

  @Override
  public int read(char[] chars, int offset, int length) throws IOException {
    token.throwIfCancellationRequested();
    return in.read(chars, offset, Math.min(length, TokenInputStream.PIECE));
  }

  /** Skips by reading: a reader skips all that it is asked to. */
  @Override
  public long skip(long count) throws IOException {
    long skipped = 0;
    long next;
    do {
      token.throwIfCancellationRequested();
      next = in.skip(Math.min(count - skipped, TokenInputStream.PIECE));
      skipped += next;
    } while (next > 0 && skipped < count);
    return skipped;
  }
}
