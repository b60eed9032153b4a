// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gets single elements of a stage that has indexes; for one thread. */
final class Cursor<T extends @Nullable Object> extends Assembly {
  private final Assembly worker;
  private final List<Part<?>> parts = new ArrayList<>();
  private final Cell<T> cell = new Cell<>();

  Cursor(Assembly worker, Stage<T> stage) {
    this.worker = worker;
    stage.assemble(this, cell);
  }

  /** Returns the element with that index, which is made anew. */
  T get(long index) {
    long left = index;
    for (Part<?> part : parts) {
      long size = part.feed.size();
      if (left < size) {
        part.push(left);
        break;
      }
      left -= size;
    }
    return cell.take();
  }

  @Override
  <S extends @Nullable Object> void add(Feed<S> feed, Sink<S> sink) {
    parts.add(new Part<>((IndexedFeed<S>) feed, sink));
  }

  @Override
  void addReleased(Reader<?> released, LeafWatch watch) {
    throw new AssertionError("A stage that has indexes needs no order.");
  }

  @Override
  void setCover(LeafWatch watch, int first) {
    throw new AssertionError("A stage that has indexes needs no order.");
  }

  @Override
  int feedCount() {
    return parts.size();
  }

  @Override
  boolean isStopped() {
    return worker.isStopped();
  }

  private record Part<S extends @Nullable Object>(IndexedFeed<S> feed, Sink<S> sink) {
    void push(long index) {
      feed.push(index, index + 1, sink);
    }
  }

  private static final class Cell<T extends @Nullable Object> extends Sink<T> {
    private @Nullable T value;

    @Override
    void accept(T element) {
      value = element;
    }

    @SuppressWarnings("NullAway") // the element has been accepted, and may be null if T may
    T take() {
      T taken = value;
      value = null;
      return taken;
    }
  }
}
