// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Iterator;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Pushes the elements of a sequence that it is given for an element, as far as there is room. */
abstract class FlatteningLink<
        S extends @Nullable Object, C extends @Nullable Object, T extends @Nullable Object>
    extends Link<S, T> implements Resumable, AutoCloseable {
  /*
   * Overview
   *
   * A sequence may be endless. So this looks, for each element, whether anybody wants more in this
   * leaf, and whether the query has stopped: both cost less than the element. Where results wait
   * for an iterator and there is no room for more, the sequence stays open and the worker ends its
   * shift; it resumes those that are open, from below, before it pushes anything else.
   *
   * A sequence is closed when it has been read, when reading it or what is below throws, and when the
   * iterator ends that there was no room for.
   */

  private final Assembly worker;
  private final BiFunction<? super S, ? super C, ? extends T> resultSelector;

  private @Nullable Open<S, C> open;

  /** A sequence, and the element it belongs to. */
  private record Open<S extends @Nullable Object, C extends @Nullable Object>(
      S outer, Iterator<? extends C> inner) {}

  FlatteningLink(
      Assembly worker, Sink<T> down, BiFunction<? super S, ? super C, ? extends T> resultSelector) {
    super(down);
    this.worker = worker;
    this.resultSelector = resultSelector;
    worker.addFlattening(this);
  }

  final void flatten(S outer, Iterable<? extends C> inner) {
    open = new Open<>(outer, inner.iterator());
    resume();
  }

  @Override
  public final boolean isOpen() {
    return open != null;
  }

  @Override
  public final void resume() {
    Open<S, C> current = open;
    if (current == null) {
      return;
    }
    try {
      if (!push(current)) {
        return;
      }
    } catch (Throwable e) {
      closeAfter(e);
      throw e;
    }
    close();
  }

  /** Pushes elements of the sequence; returns false if there is no room. */
  private boolean push(Open<S, C> current) {
    while (!down.isDone() && !worker.isStopped()) {
      if (!worker.hasRoom(this)) {
        return false;
      } else if (!current.inner.hasNext()) {
        break;
      }
      down.accept(resultSelector.apply(current.outer, current.inner.next()));
    }
    return true;
  }

  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (Throwable e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  /** Closes the sequence that is open, if there is one: a query's iterator, say. */
  @Override
  public void close() {
    Open<S, C> closed = open;
    open = null;
    if (closed != null && closed.inner instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw Failures.rethrow(e);
      }
    }
  }
}
