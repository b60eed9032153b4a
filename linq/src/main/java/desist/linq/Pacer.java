// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** Finds out how many elements a worker may push before it looks round. */
final class Pacer {
  /*
   * Overview
   *
   * Between two looks at the signals of its phase a worker pushes a batch: at most MOST_BATCH
   * elements, and as many as take BATCH_TIME. Between two looks at what others may take from it, a
   * stride: as many as take STRIDE_TIME. Both begin at one element and double while there is time, so
   * that a delegate that takes long is noticed by its first call.
   *
   * Where batches are short, looking at the clock would cost more than the elements. There it is
   * looked at once in LOOK_TIME, or in MOST_UNLOOKED batches. Elements that come to cost more than
   * those before make a batch that is too long until then, but never one of more elements.
   */

  static final int MOST_BATCH = 64;

  private static final long BATCH_TIME = 50_000;
  private static final long STRIDE_TIME = 100_000;
  private static final long LOOK_TIME = 2_000;
  private static final int MOST_UNLOOKED = 32;
  private static final int MOST_STRIDE = 1 << 16;

  private final int mostBatch;
  private int batch = 1;
  private int stride = 1;

  /** Elements pushed since the last look, its time, and batches until the next one. */
  private int pushed;

  private long lastLook;
  private int unlooked = 1;

  Pacer(int mostBatch) {
    this.mostBatch = mostBatch;
  }

  /** Returns how many elements to push now. */
  int batch() {
    return batch;
  }

  /** Returns how many elements to set apart for oneself. */
  int stride() {
    return stride;
  }

  /** Begins to measure; what was before is waiting. */
  void resume() {
    lastLook = System.nanoTime();
    pushed = 0;
    unlooked = 1;
  }

  /** Takes a batch into account that has been pushed. */
  void pushed(int count) {
    pushed += count;
    if (--unlooked == 0) {
      look();
    }
  }

  private void look() {
    long now = System.nanoTime();
    long cost = Math.max(1, 16 * (now - lastLook) / Math.max(1, pushed)); // sixteenths, an element
    lastLook = now;
    pushed = 0;
    batch = within(16 * BATCH_TIME / cost, Math.min(2 * batch, mostBatch));
    stride = within(16 * STRIDE_TIME / cost, Math.min(2 * stride, MOST_STRIDE));
    unlooked = batch < mostBatch ? 1 : within(16 * LOOK_TIME / (cost * batch), MOST_UNLOOKED);
  }

  private static int within(long count, int most) {
    return (int) Math.max(1, Math.min(count, most));
  }
}
