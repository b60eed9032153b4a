// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** What does it cost when two threads register on one token and take off again at the same time? */
@Threads(2)
public class RegisterTwoThreadsBenchmark extends RegisterBenchmark {

  /** A list for each thread: what could be had if callbacks had no common order. */
  @State(Scope.Thread)
  public static class OwnFloorState {
    final int[] runs = new int[1];
    final Callback callback = new Callback(runs);
    final FloorToken token = new FloorToken();
  }

  @Benchmark
  public void floorOwnLists(OwnFloorState s) {
    s.token.remove(s.token.add(s.callback));
  }
}
