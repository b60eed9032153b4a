// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import org.jspecify.annotations.Nullable;

/**
 * A body that is given two values and has no result; it may throw.
 *
 * @param <T> what it is given first
 * @param <U> what it is given second
 * @dotnet Action&lt;T1, T2&gt;
 * @since 1.0
 */
@FunctionalInterface
public interface ThrowingBiConsumer<T extends @Nullable Object, U extends @Nullable Object> {
  /**
   * Does the work.
   *
   * @param t what it works on
   * @param u what else it works on
   * @throws Exception if it fails
   * @dotnet Action&lt;T1, T2&gt;.Invoke
   * @since 1.0
   */
  void accept(T t, U u) throws Exception;
}
