// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/** What a callback of a probe throws where .NET's throws its FormatException. */
final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FormatException() {}
}
