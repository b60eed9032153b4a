// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

/** The right to cancel, apart from the token, as the contract wants it: a second object. */
final class FloorSource<T extends FloorToken> {
  final T token;

  FloorSource(T token) {
    this.token = token;
  }
}
