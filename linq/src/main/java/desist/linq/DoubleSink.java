// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** A sink of unboxed {@code double}s. */
abstract class DoubleSink extends Sink<Double> {
  abstract void accept(double value);

  @Override
  final void accept(Double value) {
    accept(value.doubleValue());
  }
}
