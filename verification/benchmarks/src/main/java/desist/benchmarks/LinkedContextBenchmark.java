// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import io.grpc.Context;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * {@link LinkedBenchmark} for gRPC's Context, without a callback alone: one with a callback stays
 * in its parent's list for good (1.76.0), so there is nothing that could be compared.
 */
@State(Scope.Benchmark)
public class LinkedContextBenchmark extends Measured {
  @Param("false")
  public boolean callback;

  private final Context.CancellableContext parent = Context.ROOT.withCancellation();

  @Benchmark
  public void grpcContext(Blackhole hole) {
    Context.CancellableContext child = parent.withCancellation();
    hole.consume(child);
    child.cancel(null);
  }

  @TearDown
  public void cancel() {
    Context.CancellableContext open = parent.withCancellation();
    check(!callback && !open.isCancelled(), "cancelled before the end");
    parent.cancel(null);
    check(open.isCancelled(), "a child that does not follow its parent");
  }
}
