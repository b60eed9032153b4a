// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Gathers the numbers of a stage in an array, in the order of the leaves. */
final class LongGather implements Terminal<Long> {
  private static final int FIRST = 16;

  /** What a leaf had. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Piece(Leaf leaf, long[] numbers, int count) {}

  private final Queue<Piece> pieces = new ConcurrentLinkedQueue<>();

  private LongGather() {}

  /** Returns all numbers of the stage. */
  static long[] all(QueryRun run, Stage<Long> stage) {
    if (stage.isIndexed()) {
      long[] array = new long[Gather.checkSize(stage.size())];
      run.execute(stage, worker -> new Filler(array));
      return array;
    }
    LongGather gather = new LongGather();
    run.execute(stage, gather);
    return gather.concatenated();
  }

  @Override
  public Sink<Long> sink(Worker worker) {
    return new Gatherer();
  }

  private long[] concatenated() {
    List<Piece> sorted = new ArrayList<>(pieces);
    sorted.sort((a, b) -> Leaf.compare(a.leaf, b.leaf));
    long size = 0;
    for (Piece piece : sorted) {
      size += piece.count;
    }
    long[] array = new long[Gather.checkSize(size)];
    int position = 0;
    for (Piece piece : sorted) {
      System.arraycopy(piece.numbers, 0, array, position, piece.count);
      position += piece.count;
    }
    return array;
  }

  /** Gathers the numbers of each leaf. */
  private final class Gatherer extends LongSink {
    private long[] numbers = {};
    private int count;

    @Override
    void begin(Leaf leaf) {
      numbers = new long[FIRST];
      count = 0;
    }

    @Override
    void accept(long value) {
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
  private static final class Filler extends LongSink {
    private final long[] array;
    private int next;

    Filler(long[] array) {
      this.array = array;
    }

    @Override
    void begin(Leaf leaf) {
      next = (int) leaf.index;
    }

    @Override
    void accept(long value) {
      array[next++] = value;
    }
  }
}
