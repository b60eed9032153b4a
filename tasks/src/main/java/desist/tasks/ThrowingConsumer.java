// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import org.jspecify.annotations.Nullable;

/**
 * A body that is given a value and has no result; it may throw.
 *
 * @param <T> what it is given
 * @dotnet Action&lt;T&gt;
 * @since 1.0
 */
@FunctionalInterface
public interface ThrowingConsumer<T extends @Nullable Object> {
  /**
   * Does the work.
   *
   * @param t what it works on
   * @throws Exception if it fails
   * @dotnet Action&lt;T&gt;.Invoke
   * @since 1.0
   */
  void accept(T t) throws Exception;
}
