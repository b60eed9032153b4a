// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/**
 * A clock that tests turn by hand, a runner that cancels at every moment, and a JUnit extension.
 * JUnit is needed for the last alone.
 */
@NullMarked
module desist.testing {
  requires static org.jspecify;
  requires static org.junit.jupiter.api;
  requires transitive desist;

  exports desist.testing;
}
