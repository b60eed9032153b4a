// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The natural order of what has one; null comes first. */
enum NaturalOrder implements Comparator<@Nullable Object> {
  INSTANCE;

  @Override
  @SuppressWarnings("unchecked") // what is not comparable says so
  public int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    return ((Comparable<Object>) a).compareTo(b);
  }
}
