// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** An element that comes only if others have not; read when all other feeds have been. */
final class LateFeed<S extends @Nullable Object> extends Feed<S> {
  private final S element;
  private volatile long size = UNKNOWN;
  private volatile boolean isRefused;

  LateFeed(S element) {
    this.element = element;
  }

  /** Says that the element is not wanted. */
  void refuse() {
    isRefused = true;
  }

  @Override
  long size() {
    return size;
  }

  @Override
  Reader<S> reader(Worker worker, int number, Sink<S> sink) {
    return new Reader<>(number, sink) {
      private Leaf leaf = new Leaf(number, 0, 0);
      private int left = 1;

      @Override
      boolean nextLeaf() {
        if (!worker.isLast() || size != UNKNOWN) {
          return false;
        }
        size = isRefused ? 0 : 1;
        if (isRefused) {
          return false;
        }
        sink.begin(leaf);
        return true;
      }

      @Override
      int push(int most) {
        int pushed = left;
        if (pushed > 0) {
          left = 0;
          sink.accept(element);
        }
        return pushed;
      }

      @Override
      void endLeaf() {
        leaf.nextFrom = 1;
        sink.end(leaf);
      }
    };
  }
}
