// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import org.jspecify.annotations.Nullable;

/** The least that a token with two parents can be: as {@link FloorChild}. */
final class FloorChildOfTwo extends FloorToken implements Runnable {
  private final FloorToken first;
  private final FloorToken second;
  private @Nullable Entry firstLink;
  private @Nullable Entry secondLink;

  FloorChildOfTwo(FloorToken first, FloorToken second) {
    this.first = first;
    this.second = second;
  }

  void addFirst(Runnable callback) {
    add(callback);
    firstLink = first.add(this);
    secondLink = second.add(this);
  }

  /** Closes a child that was not canceled. */
  void detach() {
    Entry one = firstLink;
    Entry two = secondLink;
    if (one != null && two != null) {
      first.remove(one);
      second.remove(two);
    }
    close();
  }

  @Override
  boolean isRequested() {
    return ((state | first.state | second.state) & REQUESTED) != 0;
  }

  /** A parent was canceled. */
  @Override
  public void run() {
    cancel();
  }
}
