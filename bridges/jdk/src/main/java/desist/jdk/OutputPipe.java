// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A pipe that a process writes to, and where that is to go. */
final class OutputPipe {
  private static final int SIZE = 16 * 1024;

  private final InputStream source;
  private final OutputStream target;
  private final byte[] buffer = new byte[SIZE];

  OutputPipe(InputStream source, OutputStream target) {
    this.source = source;
    this.target = target;
  }

  /** Moves on what is there, and does not wait for more; returns whether it was anything. */
  boolean move() throws IOException {
    int available = source.available();
    int count = available > 0 ? source.read(buffer, 0, Math.min(available, SIZE)) : 0;
    if (count > 0) {
      target.write(buffer, 0, count);
    }
    return count > 0;
  }
}
