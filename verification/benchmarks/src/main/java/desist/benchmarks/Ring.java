// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A thread's own last registrations. */
@State(Scope.Thread)
public class Ring {
  static final int SIZE = 256;

  private final @Nullable Object[] ring = new @Nullable Object[SIZE];
  private int next;

  /** Puts in the newest and gives back the oldest, which is null in the first round. */
  @Nullable Object swap(Object newest) {
    int k = next++ & (SIZE - 1);
    Object oldest = ring[k];
    ring[k] = newest;
    return oldest;
  }
}
