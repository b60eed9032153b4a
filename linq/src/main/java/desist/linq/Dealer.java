// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** Deals the indexes of a feed to the workers. */
abstract sealed class Dealer permits Ranges, Stripes {
  /** Returns whether each claim is a leaf, and they come in order. */
  boolean isStriped() {
    return false;
  }

  /**
   * Claims indexes for a worker.
   *
   * @param most how many
   * @return whether there were any
   */
  abstract boolean claim(int worker, long most, RangeReader<?> reader);

  /**
   * Takes over what others have not claimed, for a worker that has found nothing to claim.
   *
   * @return whether there was any
   */
  boolean steal(int worker) {
    return false;
  }
}
