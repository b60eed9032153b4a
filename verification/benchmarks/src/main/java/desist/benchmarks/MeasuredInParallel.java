// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A loop or a query beside a parallel stream, and beside fork/join written by hand as the floor.
 *
 * <p>Ours has a live token throughout, and the others cannot be stopped.
 */
@State(Scope.Benchmark)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public abstract class MeasuredInParallel extends Measured {
  private final CancellationTokenSource source = new CancellationTokenSource();

  final CancellationToken token = source.token();

  @TearDown
  public void tearDown() {
    check(source.registrationCount() == 0, "something is registered still");
  }
}
