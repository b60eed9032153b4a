// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import io.grpc.Context;
import kotlin.Unit;
import kotlin.jvm.functions.Function1;
import org.jspecify.annotations.Nullable;

/**
 * A callback that counts its runs, for all: those whose lists need a callback of its own for each
 * registration allocate one, the others share.
 */
final class Callback
    implements Runnable,
        reactor.core.Disposable,
        io.reactivex.rxjava3.disposables.Disposable,
        Context.CancellationListener,
        Function1<@Nullable Throwable, Unit> {
  private final int[] runs;

  Callback(int[] runs) {
    this.runs = runs;
  }

  @Override
  public void run() {
    runs[0]++;
  }

  @Override
  public void dispose() {
    runs[0]++;
  }

  @Override
  public boolean isDisposed() {
    return false;
  }

  @Override
  public void cancelled(Context context) {
    runs[0]++;
  }

  /** Counts only what was canceled: a Job that completes calls too. */
  @Override
  public Unit invoke(@Nullable Throwable cause) {
    if (cause != null) {
      runs[0]++;
    }
    return Unit.INSTANCE;
  }
}
