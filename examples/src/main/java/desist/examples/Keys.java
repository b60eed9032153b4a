// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.IntConsumer;

/** The keyboard: what is typed, or what a script sends to standard input instead. */
final class Keys {
  private Keys() {}

  /**
   * Runs the action for each key that is pressed, on a thread that keeps no program alive. It reads
   * what is standard input now: a test puts that back, and then it is somebody else's.
   */
  static void onPress(IntConsumer action) {
    InputStream in = System.in;
    Thread reader = new Thread(() -> read(in, action), "keys");
    reader.setDaemon(true);
    reader.start();
  }

  private static void read(InputStream in, IntConsumer action) {
    try {
      for (int key; (key = in.read()) >= 0; ) {
        action.accept(key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
