// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import desist.CancellationToken;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Selector;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bytes that selections allocate with a token that cannot be canceled. */
class SharedFootprintTest {
  private static final int CALLS = 10_000;

  private final CancellationToken none = CancellationToken.none();

  @Test
  void aSelectionAllocatesWhatThePlainOneDoes() throws IOException {
    try (Selector selector = Selector.open()) {
      bridged(selector);
      plain(selector);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      plain(selector);
      long between = threads.getCurrentThreadAllocatedBytes();
      bridged(selector);
      long after = threads.getCurrentThreadAllocatedBytes();

      assertThat(after - between).isLessThan(between - before + CALLS);
    }
  }

  private static void plain(Selector selector) throws IOException {
    for (int i = 0; i < CALLS; i++) {
      selector.wakeup().select();
      selector.selectNow();
    }
  }

  private void bridged(Selector selector) throws IOException {
    for (int i = 0; i < CALLS; i++) {
      Shared.select(selector.wakeup(), none);
      Shared.select(selector, Duration.ZERO, none);
    }
  }
}
