// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Accumulates the elements of each part: of each worker, or of leaves that follow one another. */
final class Folding<T extends @Nullable Object, A extends @Nullable Object> implements Terminal<T> {
  /** The accumulation of a part, which one worker writes. */
  static final class Part<A extends @Nullable Object> {
    private final Leaf first;
    private A value;

    private Part(Leaf first, A value) {
      this.first = first;
      this.value = value;
    }
  }

  private final Function<? super T, ? extends A> start;
  private final BiFunction<? super A, ? super T, ? extends A> update;
  private final boolean isOrdered;
  private final Queue<Part<A>> parts = new ConcurrentLinkedQueue<>();

  /**
   * Makes the terminal.
   *
   * @param start gives the accumulation of a part's first element
   * @param update adds another
   * @param isOrdered whether the parts are to come in the order of their elements
   */
  Folding(
      Function<? super T, ? extends A> start,
      BiFunction<? super A, ? super T, ? extends A> update,
      boolean isOrdered) {
    this.start = start;
    this.update = update;
    this.isOrdered = isOrdered;
  }

  @Override
  public Sink<T> sink(Worker worker) {
    return new Sink<>() {
      private Leaf leaf = new Leaf(0, 0, 0);
      private @Nullable Part<A> part;

      /** What the part has so far ends where a leaf begins that goes on with it. */
      private @Nullable Leaf last;

      @Override
      void begin(Leaf begun) {
        leaf = begun;
        if (isOrdered && last != null && !last.isFollowedBy(begun)) {
          part = null;
        }
      }

      @Override
      void accept(T value) {
        Part<A> current = part;
        if (current == null) {
          current = new Part<>(leaf, start.apply(value));
          parts.add(current);
          part = current;
        } else {
          current.value = update.apply(current.value, value);
        }
      }

      @Override
      void end(Leaf ended) {
        last = ended;
      }
    };
  }

  /** Returns the accumulations of the parts, when all workers have ended. */
  List<A> results() {
    List<Part<A>> sorted = new ArrayList<>(parts);
    sorted.sort((a, b) -> Leaf.compare(a.first, b.first));
    List<A> results = new ArrayList<>();
    for (Part<A> part : sorted) {
      results.add(part.value);
    }
    return results;
  }
}
