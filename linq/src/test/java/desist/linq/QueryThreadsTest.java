// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.assertj.core.api.Assertions.assertThat;

import desist.SynchronizationContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QueryThreadsTest {
  @Test
  void threadIsAsItWasWhenADelegateHasChangedIt() throws Exception {
    Map<Thread, Object> changed = new HashMap<>();

    for (int i = 0; ; i++) {
      assertThat(i).as("threads that were not used again").isLessThan(10_000);
      Thread used =
          onAThread(
              () -> {
                Thread thread = Thread.currentThread();
                if (changed.containsKey(thread)) {
                  assertThat(thread.getPriority()).isEqualTo(Thread.NORM_PRIORITY);
                  assertThat(thread.getContextClassLoader())
                      .isSameAs(ClassLoader.getSystemClassLoader());
                  assertThat(thread.isInterrupted()).isFalse();
                  assertThat(SynchronizationContext.current()).isNull();
                }
                thread.setPriority(Thread.MIN_PRIORITY);
                thread.setContextClassLoader(null);
                SynchronizationContext.setSynchronizationContext(
                    SynchronizationContext.of(Runnable::run, () -> true));
                thread.interrupt();
                return thread;
              });
      if (changed.put(used, used) != null) {
        break;
      }
    }
  }

  private static <T> T onAThread(Callable<T> body) throws Exception {
    FutureTask<T> task = new FutureTask<>(body);
    assertThat(QueryThreads.tryStart(task)).isTrue();
    return task.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
