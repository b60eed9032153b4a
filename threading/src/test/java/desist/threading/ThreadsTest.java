// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

final class ThreadsTest {
  @Test
  void aThreadOfThePlatformIsNotVirtual() {
    assertThat(Threads.isVirtual(new Thread(() -> {}))).isFalse();
  }

  @Test
  @EnabledForJreRange(minVersion = 21)
  void aVirtualThreadIs() {
    assertThat(Threads.isVirtual(VirtualThreads.factory().newThread(() -> {}))).isTrue();
  }
}
