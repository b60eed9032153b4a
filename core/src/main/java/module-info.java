// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Cooperative cancellation, as in .NET. Needs nothing but {@code java.base}. */
@NullMarked
module desist {
  requires static org.jspecify;

  exports desist;
}
