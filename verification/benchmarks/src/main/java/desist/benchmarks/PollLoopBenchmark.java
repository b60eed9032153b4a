// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.concurrent.atomic.AtomicBoolean;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.JobKt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a poll in each step add to a loop of small steps? The floor polls a volatile field; a
 * sum is a step that hardly costs anything, a hash one that waits for the step before it.
 */
@State(Scope.Benchmark)
@OperationsPerInvocation(PollLoopBenchmark.STEPS)
public class PollLoopBenchmark extends Measured {
  static final int STEPS = 1024;

  @Param({"sum", "hash"})
  public String step = "";

  private final int[] data = new int[STEPS];
  private volatile boolean flag;
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final CompletableJob job = JobKt.Job(null);
  private final CompositeDisposable rxjava = new CompositeDisposable();
  private final AtomicBoolean atomic = new AtomicBoolean();
  private boolean sum;
  private long expected;

  @Setup
  public void setup() {
    for (int i = 0; i < STEPS; i++) {
      int x = i * 0x9E3779B1;
      data[i] = x ^ (x >>> 15);
    }
    sum = step.equals("sum");
    expected = withoutPoll();
  }

  @Benchmark
  public long withoutPoll() {
    long result = 1;
    if (sum) {
      for (int x : data) {
        result += x;
      }
      return result;
    }
    int hash = 1;
    for (int x : data) {
      hash = hash * 31 + x;
    }
    return hash;
  }

  @Benchmark
  public long floor() {
    long result = 1;
    if (sum) {
      for (int x : data) {
        if (flag) {
          return 0;
        }
        result += x;
      }
      return result;
    }
    int hash = 1;
    for (int x : data) {
      if (flag) {
        return 0;
      }
      hash = hash * 31 + x;
    }
    return hash;
  }

  @Benchmark
  public long desist() {
    CancellationToken polled = token;
    long result = 1;
    if (sum) {
      for (int x : data) {
        if (polled.isCancellationRequested()) {
          return 0;
        }
        result += x;
      }
      return result;
    }
    int hash = 1;
    for (int x : data) {
      if (polled.isCancellationRequested()) {
        return 0;
      }
      hash = hash * 31 + x;
    }
    return hash;
  }

  @Benchmark
  public long desistThrowIf() {
    CancellationToken polled = token;
    long result = 1;
    if (sum) {
      for (int x : data) {
        polled.throwIfCancellationRequested();
        result += x;
      }
      return result;
    }
    int hash = 1;
    for (int x : data) {
      polled.throwIfCancellationRequested();
      hash = hash * 31 + x;
    }
    return hash;
  }

  @Benchmark
  public long kotlinJob() {
    CompletableJob polled = job;
    long result = 1;
    if (sum) {
      for (int x : data) {
        if (polled.isCancelled()) {
          return 0;
        }
        result += x;
      }
      return result;
    }
    int hash = 1;
    for (int x : data) {
      if (polled.isCancelled()) {
        return 0;
      }
      hash = hash * 31 + x;
    }
    return hash;
  }

  @Benchmark
  public long rxjava() {
    CompositeDisposable polled = rxjava;
    long result = 1;
    if (sum) {
      for (int x : data) {
        if (polled.isDisposed()) {
          return 0;
        }
        result += x;
      }
      return result;
    }
    int hash = 1;
    for (int x : data) {
      if (polled.isDisposed()) {
        return 0;
      }
      hash = hash * 31 + x;
    }
    return hash;
  }

  @Benchmark
  public long atomicBoolean() {
    AtomicBoolean polled = atomic;
    long result = 1;
    if (sum) {
      for (int x : data) {
        if (polled.get()) {
          return 0;
        }
        result += x;
      }
      return result;
    }
    int hash = 1;
    for (int x : data) {
      if (polled.get()) {
        return 0;
      }
      hash = hash * 31 + x;
    }
    return hash;
  }

  /** All compute the same, and all stop when somebody cancels. */
  @TearDown
  public void cancel() {
    check(
        expected == floor()
            && expected == desist()
            && expected == desistThrowIf()
            && expected == kotlinJob()
            && expected == rxjava()
            && expected == atomicBoolean(),
        "loops that differ");
    source.cancel();
    job.cancel(null);
    rxjava.dispose();
    flag = true;
    atomic.set(true);
    check(
        floor() + desist() + kotlinJob() + rxjava() + atomicBoolean() == 0,
        "a loop that does not see the request");
  }
}
