// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.concurrent.atomic.AtomicLong;

/** Deals indexes in their order, to whoever comes. */
final class Stripes extends Dealer {
  /*
   * Overview
   *
   * All claim from one end, by a CAS on "next". So the leaves come in order, as those want them who
   * end when they have seen enough.
   *
   * Invariant: a worker claims no more than its share of what is left, or one index. So where each
   * delegate waits for one of every other worker, and there is one for each, no worker is left with
   * elements when the others have ended: all read at the same pace, and none ever has more before it
   * than its share of all that is unread.
   */

  /** What a leaf has at the most, as others wait for it. */
  private static final int MOST = 256;

  private final long size;
  private final int workers;
  private final AtomicLong next = new AtomicLong();

  Stripes(long size, int workers) {
    this.size = size;
    this.workers = workers;
  }

  @Override
  boolean isStriped() {
    return true;
  }

  @Override
  boolean claim(int worker, long most, RangeReader<?> reader) {
    for (; ; ) {
      long from = next.get();
      long left = size - from;
      if (left == 0) {
        return false;
      }
      long to = from + Math.max(1, Math.min(Math.min(most, MOST), left / workers));
      if (next.compareAndSet(from, to)) {
        reader.setClaim(from, to);
        return true;
      }
    }
  }
}
