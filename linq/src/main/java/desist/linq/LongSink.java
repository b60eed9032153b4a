// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** A sink of unboxed {@code long}s. */
abstract class LongSink extends Sink<Long> {
  abstract void accept(long value);

  @Override
  final void accept(Long value) {
    accept(value.longValue());
  }
}
