// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import org.jspecify.annotations.Nullable;

/**
 * A body that is given a value and has a result; it may throw.
 *
 * @param <T> what it is given
 * @param <R> its result
 * @dotnet Func&lt;T, TResult&gt;
 * @since 1.0
 */
@FunctionalInterface
public interface ThrowingFunction<T extends @Nullable Object, R extends @Nullable Object> {
  /**
   * Does the work.
   *
   * @param t what it works on
   * @return its result
   * @throws Exception if it fails
   * @dotnet Func&lt;T, TResult&gt;.Invoke
   * @since 1.0
   */
  R apply(T t) throws Exception;
}
