// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import desist.CancellationTokenSource;

/** Runs what may run user code, so that it runs on no thread that releases or cancels. */
final class Background {
  private Background() {}

  /** Has the work run on one of the core's threads for callbacks. */
  static void run(Runnable work) {
    CancellationTokenSource source = new CancellationTokenSource();
    source.token().register(work);
    source.cancelAsync();
  }
}
