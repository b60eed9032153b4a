// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import org.jspecify.annotations.Nullable;

/**
 * A body that is given two values and has a result; it may throw.
 *
 * @param <T> what it is given first
 * @param <U> what it is given second
 * @param <R> its result
 * @dotnet Func&lt;T1, T2, TResult&gt;
 * @since 1.0
 */
@FunctionalInterface
public interface ThrowingBiFunction<
    T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object> {
  /**
   * Does the work.
   *
   * @param t what it works on
   * @param u what else it works on
   * @return its result
   * @throws Exception if it fails
   * @dotnet Func&lt;T1, T2, TResult&gt;.Invoke
   * @since 1.0
   */
  R apply(T t, U u) throws Exception;
}
