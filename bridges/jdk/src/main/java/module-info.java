// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/**
 * What the JDK blocks on, stopped by a token. Each optional module is needed for its part alone.
 */
@NullMarked
module desist.jdk {
  requires static java.net.http;
  requires static java.sql;
  requires static jdk.jfr;
  requires static org.jspecify;
  requires transitive desist;

  exports desist.jdk;
}
