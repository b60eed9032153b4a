// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import java.io.InputStream;
import java.io.Reader;

/**
 * Views of streams that look at a token before each piece that is read, for code that reads a long
 * one and knows nothing of tokens.
 *
 * <p>A view never closes what it reads from because of the token, so others may go on reading. And
 * so a read that waits goes on waiting: these are for files and other streams whose pieces come by
 * themselves. What waits for a socket is stopped by {@link Owned}, and the console is read by a
 * {@link LineReader}; so are the lines of any stream that others go on reading, since a buffered
 * reader over a view loses what it has read ahead. A file's channel has a view in {@link Shared}.
 *
 * @dotnet none
 * @since 1.0
 */
public final class Streams {
  private Streams() {}

  /**
   * Returns a view of a stream whose reads throw once cancellation is requested.
   *
   * <p>A read returns 8192 bytes at most, so that the token is looked at between them also where
   * much is asked for. Marks, and closing, are those of the stream.
   *
   * {@snippet lang = java:
   * Document document = parser.parse(Streams.withCancellation(in, token));
   * }
   *
   * @param in what to read from
   * @param token what to look at
   * @return the view; the stream itself if the token cannot be canceled
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static InputStream withCancellation(InputStream in, CancellationToken token) {
    requireNonNull(in, "in");
    requireNonNull(token, "token");
    return token.canBeCanceled() ? new TokenInputStream(in, token) : in;
  }

  /**
   * Returns a view of a reader whose reads throw once cancellation is requested.
   *
   * <p>Otherwise as {@link #withCancellation(InputStream, CancellationToken)}.
   *
   * @param in what to read from
   * @param token what to look at
   * @return the view; the reader itself if the token cannot be canceled
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static Reader withCancellation(Reader in, CancellationToken token) {
    requireNonNull(in, "in");
    requireNonNull(token, "token");
    return token.canBeCanceled() ? new TokenReader(in, token) : in;
  }
}
