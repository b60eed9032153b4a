// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import io.grpc.Context;
import java.util.ArrayList;
import java.util.List;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.JobKt;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost to ask a linked token whose ancestors are all live, so that each must be asked?
 *
 * <p>The floor walks up a chain of parents. A Job and a token of .NET's copy the answer down when
 * the parent is canceled and are behind it for a while; their polls read one field.
 */
@State(Scope.Benchmark)
public class PollLinkedBenchmark extends Measured {
  @Param({"1", "3", "10"})
  public int depth;

  private volatile boolean flag;
  private final List<Object> ancestors = new ArrayList<>();
  private final CancellationTokenSource root = new CancellationTokenSource();
  private CancellationToken token = root.token();
  private final FloorToken floorRoot = new FloorToken();
  private FloorToken floorToken = floorRoot;
  private final CompletableJob rootJob = JobKt.Job(null);
  private CompletableJob job = rootJob;
  private final Context.CancellableContext rootContext = Context.ROOT.withCancellation();
  private Context.CancellableContext context = rootContext;

  @Setup
  public void setup() {
    for (int i = 0; i < depth; i++) {
      CancellationTokenSource child = CancellationTokenSource.createLinkedTokenSource(token);
      ancestors.add(child);
      token = child.token();
      floorToken = new FloorChild(floorToken);
      job = JobKt.Job(job);
      context = context.withCancellation();
    }
  }

  @Benchmark
  public boolean volatileRead() {
    return flag;
  }

  @Benchmark
  public boolean floor() {
    return floorToken.isRequested();
  }

  @Benchmark
  public boolean desist() {
    return token.isCancellationRequested();
  }

  @Benchmark
  public boolean kotlinJob() {
    return job.isCancelled();
  }

  @Benchmark
  public boolean grpcContext() {
    return context.isCancelled();
  }

  /** Nothing was canceled until now, and the deepest token follows its root at once. */
  @TearDown
  public void cancel() {
    @Nullable Object deepest = ancestors.isEmpty() ? null : ancestors.get(depth - 1);
    check(!floor() && !desist() && !kotlinJob() && !grpcContext(), "canceled before the end");
    root.cancel();
    floorRoot.cancel();
    rootJob.cancel(null);
    rootContext.cancel(null);
    check(
        floor()
            && desist()
            && kotlinJob()
            && grpcContext()
            && ((CancellationTokenSource) requireNonNull(deepest)).isCancellationRequested(),
        "a child that does not follow its root");
  }
}
