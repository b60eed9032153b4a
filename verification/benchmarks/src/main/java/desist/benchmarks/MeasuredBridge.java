// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.CancellationTokenSource;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A call that a live token could stop, and does not, beside the plain one. The floor is the plain
 * call and one registration by hand, around it.
 */
@State(Scope.Benchmark)
public abstract class MeasuredBridge extends Measured {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final int[] runs = new int[1];
  private final Callback callback = new Callback(runs);

  final CancellationToken token = source.token();

  /** Registers what the floor does, for it to close. */
  final CancellationTokenRegistration register() {
    return token.register(callback);
  }

  @TearDown
  public void nothingIsLeft() {
    check(runs[0] == 0, "canceled before the end");
    check(source.registrationCount() == 0, "something is registered still");
  }
}
