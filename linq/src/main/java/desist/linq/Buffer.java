// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An array that grows. */
final class Buffer<T extends @Nullable Object> {
  private static final int FIRST = 16;

  private @Nullable Object[] array = new @Nullable Object[FIRST];
  private int count;

  void add(T value) {
    if (count == array.length) {
      array = Arrays.copyOf(array, 2 * count);
    }
    array[count++] = value;
  }

  int count() {
    return count;
  }

  /** Returns the elements, and more after the last. */
  @Nullable Object[] array() {
    return array;
  }
}
