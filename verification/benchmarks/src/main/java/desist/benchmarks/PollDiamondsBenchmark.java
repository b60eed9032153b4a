// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Does a poll read each ancestor only once where paths to it multiply? Each diamond links two
 * tokens to the one below it and a third to these two; thirty of them have 2<sup>30</sup> paths and
 * 91 tokens. The floor reads as many states from an array.
 */
@State(Scope.Benchmark)
public class PollDiamondsBenchmark extends Measured {
  @Param("30")
  public int diamonds;

  private final List<CancellationTokenSource> sources = new ArrayList<>();
  private final CancellationTokenSource root = new CancellationTokenSource();
  private CancellationToken token = root.token();
  private FloorToken[] states = {};
  private volatile boolean flag;

  @Setup
  public void setup() {
    for (int i = 0; i < diamonds; i++) {
      CancellationToken left = link(token);
      CancellationToken right = link(token);
      token = link(left, right);
    }
    states = new FloorToken[3 * diamonds + 1];
    for (int i = 0; i < states.length; i++) {
      states[i] = new FloorToken();
    }
  }

  private CancellationToken link(CancellationToken... parents) {
    CancellationTokenSource child = CancellationTokenSource.createLinkedTokenSource(parents);
    sources.add(child);
    return child.token();
  }

  @Benchmark
  public boolean volatileRead() {
    return flag;
  }

  @Benchmark
  public boolean floor() {
    for (FloorToken state : states) {
      if (state.isRequested()) {
        return true;
      }
    }
    return false;
  }

  @Benchmark
  public boolean desist() {
    return token.isCancellationRequested();
  }

  @TearDown
  public void cancel() {
    check(!desist() && !floor(), "canceled before the end");
    root.cancel();
    states[0].cancel();
    check(desist() && floor(), "a child that does not follow its root");
  }
}
