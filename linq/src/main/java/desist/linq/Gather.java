// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Gathers the elements of a stage in an array, in the order of the leaves. */
final class Gather<T extends @Nullable Object> implements Terminal<T> {
  private static final int MOST = Integer.MAX_VALUE - 8; // as large as an array can be

  /** What a leaf had. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Piece(Leaf leaf, @Nullable Object[] elements, int count) {}

  private final Queue<Piece> pieces = new ConcurrentLinkedQueue<>();

  private Gather() {}

  /** Returns all elements of the stage. */
  static <T extends @Nullable Object> @Nullable Object[] all(QueryRun run, Stage<T> stage) {
    if (stage.isIndexed()) {
      @Nullable Object[] array = new @Nullable Object[checkSize(stage.size())];
      run.execute(stage, worker -> new Filler<>(array));
      return array;
    }
    Gather<T> gather = new Gather<>();
    run.execute(stage, gather);
    return gather.concatenated();
  }

  @Override
  public Sink<T> sink(Worker worker) {
    return new Sink<>() {
      private Buffer<T> buffer = new Buffer<>();

      @Override
      void begin(Leaf leaf) {
        buffer = new Buffer<>();
      }

      @Override
      void accept(T value) {
        buffer.add(value);
      }

      @Override
      void end(Leaf leaf) {
        if (buffer.count() > 0) {
          pieces.add(new Piece(leaf, buffer.array(), buffer.count()));
        }
      }
    };
  }

  private @Nullable Object[] concatenated() {
    List<Piece> sorted = new ArrayList<>(pieces);
    sorted.sort((a, b) -> Leaf.compare(a.leaf, b.leaf));
    long size = 0;
    for (Piece piece : sorted) {
      size += piece.count;
    }
    @Nullable Object[] array = new @Nullable Object[checkSize(size)];
    int position = 0;
    for (Piece piece : sorted) {
      System.arraycopy(piece.elements, 0, array, position, piece.count);
      position += piece.count;
    }
    return array;
  }

  static int checkSize(long size) {
    if (size > MOST) {
      throw new OutOfMemoryError("More elements than an array can have: " + size);
    }
    return (int) size;
  }

  /** Puts each element where it belongs. */
  private static final class Filler<T extends @Nullable Object> extends Sink<T> {
    private final @Nullable Object[] array;
    private int next;

    Filler(@Nullable Object[] array) {
      this.array = array;
    }

    @Override
    void begin(Leaf leaf) {
      next = (int) leaf.index;
    }

    @Override
    void accept(T value) {
      array[next++] = value;
    }
  }
}
