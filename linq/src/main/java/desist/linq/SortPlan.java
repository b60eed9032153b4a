// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sort, which another key may refine. */
final class SortPlan<T extends @Nullable Object> extends Plan<T> {
  private final Plan<T> source;
  private final List<SortKey<T>> keys;

  SortPlan(Plan<T> source, List<SortKey<T>> keys) {
    super(true);
    this.source = source;
    this.keys = keys;
  }

  /** Returns the sort by one more key. */
  SortPlan<T> thenBy(SortKey<T> key) {
    List<SortKey<T>> refined = new ArrayList<>(keys);
    refined.add(key);
    return new SortPlan<>(source, refined);
  }

  @Override
  Stage<T> open(QueryRun run) {
    return Sorting.sort(run, source.open(run), keys);
  }
}
