// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Opens the sources of objects. */
final class Sources {
  private Sources() {}

  /** Opens what can be iterated. */
  static <T extends @Nullable Object> Stage<T> open(QueryRun run, Iterable<? extends T> source) {
    if (source instanceof List<? extends T> list && source instanceof RandomAccess) {
      return new FeedStage<>(run.openSource(() -> new ListFeed<T>(list)));
    }
    Iterator<? extends T> iterator = run.openSource(source::iterator);
    return open(run, iterator, handsOutOneByOne(source));
  }

  /** Opens an iterator, which is read by one worker at a time and closed at the end. */
  static <T extends @Nullable Object> Stage<T> open(
      QueryRun run, Iterator<? extends T> iterator, boolean isSlow) {
    run.addSource(iterator);
    return new FeedStage<>(new SerialFeed<T>(iterator, isSlow));
  }

  /** Whether each element may be long in coming: the loops of this library wait for theirs. */
  private static boolean handsOutOneByOne(Iterable<?> source) {
    String name = source.getClass().getPackageName();
    return name.equals("desist.threading") || name.equals("desist.tasks");
  }
}
