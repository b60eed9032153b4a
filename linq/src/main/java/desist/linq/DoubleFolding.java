// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Combines the numbers of each part: leaves that follow one another, by one worker. */
final class DoubleFolding implements Terminal<Double> {
  /** The combination of a part, which one worker writes. */
  private static final class Part {
    private final Leaf first;
    private double value;

    Part(Leaf first, double value) {
      this.first = first;
      this.value = value;
    }
  }

  private final DoubleBinaryOperator func;
  private final Queue<Part> parts = new ConcurrentLinkedQueue<>();

  DoubleFolding(DoubleBinaryOperator func) {
    this.func = func;
  }

  @Override
  public Sink<Double> sink(Worker worker) {
    return new DoubleSink() {
      private Leaf leaf = new Leaf(0, 0, 0);
      private @Nullable Part part;
      private @Nullable Leaf last;

      @Override
      void begin(Leaf begun) {
        leaf = begun;
        if (last != null && !last.isFollowedBy(begun)) {
          part = null;
        }
      }

      @Override
      void accept(double value) {
        Part current = part;
        if (current == null) {
          part = current = new Part(leaf, value);
          parts.add(current);
        } else {
          current.value = func.applyAsDouble(current.value, value);
        }
      }

      @Override
      void end(Leaf ended) {
        last = ended;
      }
    };
  }

  /** Returns the combinations of the parts in their order, when all workers have ended. */
  double[] results() {
    List<Part> sorted = new ArrayList<>(parts);
    sorted.sort((a, b) -> Leaf.compare(a.first, b.first));
    return sorted.stream().mapToDouble(part -> part.value).toArray();
  }
}
