// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationTokenRegistration;
import kotlinx.coroutines.DisposableHandle;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * What does it cost to register a callback and take off the one that was registered 256 before it,
 * so that each thread's oldest goes first?
 */
public class RegisterOldestFirstBenchmark extends Measured {

  @Benchmark
  public void floor(RegisterBenchmark.FloorState s, Ring ring) {
    Object oldest = ring.swap(s.token.add(s.callback));
    if (oldest != null) {
      s.token.remove((FloorToken.Entry) oldest);
    }
  }

  @Benchmark
  public void desist(RegisterBenchmark.DesistState s, Ring ring) {
    Object oldest = ring.swap(s.token.register(s.callback));
    if (oldest != null) {
      ((CancellationTokenRegistration) oldest).close();
    }
  }

  @Benchmark
  public void kotlinJob(RegisterBenchmark.JobState s, Ring ring) {
    Object oldest = ring.swap(s.job.invokeOnCompletion(s.callback));
    if (oldest != null) {
      ((DisposableHandle) oldest).dispose();
    }
  }

  @Benchmark
  public void grpcContext(RegisterBenchmark.ContextState s, Ring ring) {
    Callback own = new Callback(s.runs);
    s.context.addListener(own, RegisterBenchmark.ContextState.HERE);
    Object oldest = ring.swap(own);
    if (oldest != null) {
      s.context.removeListener((Callback) oldest);
    }
  }

  @Benchmark
  public void reactor(RegisterBenchmark.ReactorState s, Ring ring) {
    Callback own = new Callback(s.runs);
    s.composite.add(own);
    Object oldest = ring.swap(own);
    if (oldest != null) {
      s.composite.remove((Callback) oldest);
    }
  }

  @Benchmark
  public void rxjava(RegisterBenchmark.RxjavaState s, Ring ring) {
    Callback own = new Callback(s.runs);
    s.composite.add(own);
    Object oldest = ring.swap(own);
    if (oldest != null) {
      s.composite.delete((Callback) oldest);
    }
  }

  @Benchmark
  public void bolts(RegisterBenchmark.BoltsState s, Ring ring) {
    Object oldest = ring.swap(s.token.register(s.callback));
    if (oldest != null) {
      ((bolts.CancellationTokenRegistration) oldest).close();
    }
  }

  @Benchmark
  public void copyOnWrite(RegisterBenchmark.CopyOnWriteState s, Ring ring) {
    exchange(s.token, new Callback(s.runs), ring);
  }

  @Benchmark
  public void concurrentDeque(RegisterBenchmark.DequeState s, Ring ring) {
    exchange(s.token, new Callback(s.runs), ring);
  }

  @Benchmark
  public void concurrentSet(RegisterBenchmark.SetState s, Ring ring) {
    exchange(s.token, new Callback(s.runs), ring);
  }

  private static void exchange(HandWritten token, Callback own, Ring ring) {
    token.add(own);
    Object oldest = ring.swap(own);
    if (oldest != null) {
      token.remove((Callback) oldest);
    }
  }
}
