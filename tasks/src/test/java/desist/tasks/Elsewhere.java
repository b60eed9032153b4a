// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

/** Code that is in no class of a test's. */
final class Elsewhere {
  private Elsewhere() {}

  static ThrowingRunnable action() {
    return () -> {};
  }

  static <T> ThrowingConsumer<T> body() {
    return element -> {};
  }

  static <L> LoopBody.OfIntWithLocal<L> bodyWithLocal() {
    return (i, state, local) -> local;
  }
}
