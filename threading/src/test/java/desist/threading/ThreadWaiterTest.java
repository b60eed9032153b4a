// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.threading.TestThreads.Running;
import org.junit.jupiter.api.Test;

final class ThreadWaiterTest {
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void aThreadWhoseCallbackFailsLooksAtTheTokenItself() throws Exception {
    Running<Integer> waiter =
        TestThreads.start(() -> new Overflowing().await(source.token(), Durations.FOREVER))
            .awaitBlocked();

    assertThatThrownBy(source::cancel)
        .isInstanceOf(AggregateException.class)
        .hasCauseInstanceOf(StackOverflowError.class);

    assertThatThrownBy(waiter::join).isInstanceOf(OperationCanceledException.class);
  }

  /** Whoever cancels has no stack left to end this wait. */
  private static final class Overflowing extends ThreadWaiter {
    private final Thread thread = Thread.currentThread();

    Overflowing() {
      super("test");
    }

    @Override
    boolean giveUp(int outcome) {
      if (Thread.currentThread() != thread) {
        throw new StackOverflowError();
      }
      return super.giveUp(outcome);
    }
  }
}
