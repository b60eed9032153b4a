// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * An iterator that workers share.
 *
 * @param <T> its elements
 */
final class SharedSource<T extends @Nullable Object> implements Cursors<T> {
  /*
   * Overview
   *
   * The iterator is used by who has the baton. With buffering a cursor takes several elements in
   * one turn: REPEATS times one, as often two, four and so on up to MOST; without, one. Keys number the
   * elements in the order in which they were read.
   *
   * After its end, or when it has thrown, the iterator is not used again; who had elements in hand
   * that it read before it threw has lost them with the loop.
   */

  private static final int REPEATS = 3;
  private static final int MOST = 64;

  private final Iterator<? extends T> source;
  private final boolean isBuffered;
  private final Baton baton = new Baton();

  /** Those below are for who has the baton. */
  private long keys;

  private boolean isAtEnd;

  SharedSource(Iterator<? extends T> source, boolean isBuffered) {
    this.source = source;
    this.isBuffered = isBuffered;
  }

  @Override
  public Cursor<T> open(LoopFlags flags) {
    return new Chunks(flags);
  }

  @Override
  public void close() {
    Closing.close(source);
  }

  /** The elements of one worker. */
  private final class Chunks extends Cursor<T> {
    private final LoopFlags flags;

    /** What was taken and is not the current element yet: those from "at" up to "end". */
    private @Nullable Object[] taken = new @Nullable Object[1];

    private int at;
    private int end;
    private long nextKey;

    private int turns;

    Chunks(LoopFlags flags) {
      this.flags = flags;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the array holds what the source gave
    boolean moveNext() {
      if (at == end && !refill()) {
        return false;
      }
      element = (T) taken[at];
      taken[at++] = null;
      key = nextKey++;
      return true;
    }

    private boolean refill() {
      at = 0;
      end = 0;
      baton.take();
      try {
        if (isAtEnd || flags.mustExit()) {
          return false;
        }
        isAtEnd = true; // also if a step fails
        int wanted = wanted();
        while (end < wanted && source.hasNext()) {
          taken[end++] = source.next();
        }
        isAtEnd = end < wanted;
        nextKey = keys;
        keys += end;
      } finally {
        baton.pass();
      }
      return end > 0;
    }

    /** Returns how many to take, for which there is room. */
    private int wanted() {
      if (isBuffered && turns++ == REPEATS && taken.length < MOST) {
        taken = new @Nullable Object[2 * taken.length];
        turns = 1;
      }
      return taken.length;
    }
  }
}
