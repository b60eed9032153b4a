// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationTokenSource;
import desist.jdk.TestThreads.Running;

/** How a call is asked to stop. */
enum Way {
  /** Its thread is interrupted. */
  INTERRUPT {
    @Override
    void begin(Blocker blocker, CancellationTokenSource source) throws Exception {
      blocker.plain();
    }

    @Override
    void request(Blocker blocker, Running<?> call, CancellationTokenSource source) {
      call.thread().interrupt();
    }
  },

  /** The future that stands for it is canceled. */
  FUTURE {
    @Override
    void begin(Blocker blocker, CancellationTokenSource source) throws Exception {
      blocker.plain();
    }

    @Override
    void request(Blocker blocker, Running<?> call, CancellationTokenSource source) {
      blocker.cancel(call.task());
    }
  },

  /** The token is canceled that our library was given. */
  TOKEN {
    @Override
    void begin(Blocker blocker, CancellationTokenSource source) throws Exception {
      blocker.bridged(source.token());
    }

    @Override
    void request(Blocker blocker, Running<?> call, CancellationTokenSource source) {
      source.cancel();
    }
  };

  abstract void begin(Blocker blocker, CancellationTokenSource source) throws Exception;

  abstract void request(Blocker blocker, Running<?> call, CancellationTokenSource source);
}
