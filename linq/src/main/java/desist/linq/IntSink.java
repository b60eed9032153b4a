// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** A sink of unboxed {@code int}s. */
abstract class IntSink extends Sink<Integer> {
  abstract void accept(int value);

  @Override
  final void accept(Integer value) {
    accept(value.intValue());
  }
}
