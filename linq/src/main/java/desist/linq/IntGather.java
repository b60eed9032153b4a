// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Gathers the numbers of a stage in an array, in the order of the leaves. */
final class IntGather implements Terminal<Integer> {
  private static final int FIRST = 16;

  /** What a leaf had. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Piece(Leaf leaf, int[] numbers, int count) {}

  private final Queue<Piece> pieces = new ConcurrentLinkedQueue<>();

  private IntGather() {}

  /** Returns all numbers of the stage. */
  static int[] all(QueryRun run, Stage<Integer> stage) {
    if (stage.isIndexed()) {
      int[] array = new int[Gather.checkSize(stage.size())];
      run.execute(stage, worker -> new Filler(array));
      return array;
    }
    IntGather gather = new IntGather();
    run.execute(stage, gather);
    return gather.concatenated();
  }

  @Override
  public Sink<Integer> sink(Worker worker) {
    return new Gatherer();
  }

  private int[] concatenated() {
    List<Piece> sorted = new ArrayList<>(pieces);
    sorted.sort((a, b) -> Leaf.compare(a.leaf, b.leaf));
    long size = 0;
    for (Piece piece : sorted) {
      size += piece.count;
    }
    int[] array = new int[Gather.checkSize(size)];
    int position = 0;
    for (Piece piece : sorted) {
      System.arraycopy(piece.numbers, 0, array, position, piece.count);
      position += piece.count;
    }
    return array;
  }

  /** Gathers the numbers of each leaf. */
  private final class Gatherer extends IntSink {
    private int[] numbers = {};
    private int count;

    @Override
    void begin(Leaf leaf) {
      numbers = new int[FIRST];
      count = 0;
    }

    @Override
    void accept(int value) {
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
  private static final class Filler extends IntSink {
    private final int[] array;
    private int next;

    Filler(int[] array) {
      this.array = array;
    }

    @Override
    void begin(Leaf leaf) {
      next = (int) leaf.index;
    }

    @Override
    void accept(int value) {
      array[next++] = value;
    }
  }
}
