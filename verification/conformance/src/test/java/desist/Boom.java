// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/** What a body of a probe throws. */
final class Boom extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Boom(String name) {
    super(name);
  }
}
