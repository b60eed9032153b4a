// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Gathers the numbers of a stage in an array, in the order of the leaves. */
final class DoubleGather implements Terminal<Double> {
  private static final int FIRST = 16;

  /** What a leaf had. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Piece(Leaf leaf, double[] numbers, int count) {}

  private final Queue<Piece> pieces = new ConcurrentLinkedQueue<>();

  private DoubleGather() {}

  /** Returns all numbers of the stage. */
  static double[] all(QueryRun run, Stage<Double> stage) {
    if (stage.isIndexed()) {
      double[] array = new double[Gather.checkSize(stage.size())];
      run.execute(stage, worker -> new Filler(array));
      return array;
    }
    DoubleGather gather = new DoubleGather();
    run.execute(stage, gather);
    return gather.concatenated();
  }

  @Override
  public Sink<Double> sink(Worker worker) {
    return new Gatherer();
  }

  private double[] concatenated() {
    List<Piece> sorted = new ArrayList<>(pieces);
    sorted.sort((a, b) -> Leaf.compare(a.leaf, b.leaf));
    long size = 0;
    for (Piece piece : sorted) {
      size += piece.count;
    }
    double[] array = new double[Gather.checkSize(size)];
    int position = 0;
    for (Piece piece : sorted) {
      System.arraycopy(piece.numbers, 0, array, position, piece.count);
      position += piece.count;
    }
    return array;
  }

  /** Gathers the numbers of each leaf. */
  private final class Gatherer extends DoubleSink {
    private double[] numbers = {};
    private int count;

    @Override
    void begin(Leaf leaf) {
      numbers = new double[FIRST];
      count = 0;
    }

    @Override
    void accept(double value) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = value;
    }

    @Override
    void end(Leaf leaf) {
      if (count > 0) {
        pieces.add(new Piece(leaf, numbers, count));
      }
    }
  }

  /** Puts each number where it belongs. */
  private static final class Filler extends DoubleSink {
    private final double[] array;
    private int next;

    Filler(double[] array) {
      this.array = array;
    }

    @Override
    void begin(Leaf leaf) {
      next = (int) leaf.index;
    }

    @Override
    void accept(double value) {
      array[next++] = value;
    }
  }
}
