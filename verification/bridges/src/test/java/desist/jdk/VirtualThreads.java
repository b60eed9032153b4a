// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.util.concurrent.ThreadFactory;

/** Virtual threads, for tests that are compiled for 17 and run on 21 or later. */
final class VirtualThreads {
  private VirtualThreads() {}

  /** Returns {@code Thread.ofVirtual().factory()}. */
  static ThreadFactory factory() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      return (ThreadFactory)
          Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("needs virtual threads", e);
    }
  }
}
