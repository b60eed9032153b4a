// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.io.IOException;
import java.io.InputStream;

/** The body of a response as a stream whose readers are told of the cancellation. */
final class HttpInputStream extends InputStream {
  private final HttpCall<?> call;
  private final InputStream in;

  HttpInputStream(HttpCall<?> call, InputStream in) {
    this.call = call;
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    try {
      return taken(in.read());
    } catch (IOException e) {
      call.throwIfTold(e);
      throw e;
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return taken(in.read(bytes, offset, length));
    } catch (IOException e) {
      call.throwIfTold(e);
      throw e;
    }
  }

  /** Returns what was read. Who reads the end may see it before the call was told of it. */
  private int taken(int read) {
    if (read < 0) {
      call.bodyEnded();
    }
    return read;
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
