// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * The least that a linked token can be: it asks its parent when it is asked, and is in its parent's
 * list only while it has a callback.
 */
final class FloorChild extends FloorToken implements Runnable {
  private final FloorToken parent;
  private @Nullable Entry link;

  FloorChild(FloorToken parent) {
    this.parent = parent;
  }

  void addFirst(Runnable callback) {
    add(callback);
    link = parent.add(this);
  }

  /** Closes a child that was not canceled. */
  void detach() {
    Entry entry = link;
    if (entry != null) {
      parent.remove(entry);
    }
    close();
  }

  @Override
  boolean isRequested() {
    if ((state & REQUESTED) != 0) {
      return true;
    }
    FloorToken above = parent;
    while (above instanceof FloorChild child) {
      if ((child.state & REQUESTED) != 0) {
        return true;
      }
      above = child.parent;
    }
    return (above.state & REQUESTED) != 0;
  }

  /** The parent was canceled. */
  @Override
  public void run() {
    cancel();
  }
}
