// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The body of a response as elements whose readers are told of the cancellation. */
final class HttpSpliterator<E> implements Spliterator<E> {
  private final HttpCall<?> call;
  private final Spliterator<E> elements;

  HttpSpliterator(HttpCall<?> call, Spliterator<E> elements) {
    this.call = call;
    this.elements = elements;
  }

  @Override
  public boolean tryAdvance(Consumer<? super E> action) {
    try {
      boolean wasThere = elements.tryAdvance(action);
      if (!wasThere) {
        call.bodyEnded(); // which may not have been told yet
      }
      return wasThere;
    } catch (UncheckedIOException e) {
      call.throwIfTold(e);
      throw e;
    }
  }

  @Override
  public void forEachRemaining(Consumer<? super E> action) {
    try {
      elements.forEachRemaining(action);
      call.bodyEnded();
    } catch (UncheckedIOException e) {
      call.throwIfTold(e);
      throw e;
    }
  }

  @Override
  public @Nullable Spliterator<E> trySplit() {
    try {
      Spliterator<E> prefix = elements.trySplit();
      return prefix == null ? null : new HttpSpliterator<>(call, prefix);
    } catch (UncheckedIOException e) {
      call.throwIfTold(e);
      throw e;
    }
  }

  @Override
  public long estimateSize() {
    return elements.estimateSize();
  }

  @Override
  public int characteristics() {
    return elements.characteristics();
  }

  @Override
  public Comparator<? super E> getComparator() {
    return elements.getComparator();
  }
}
