// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Parallel queries: operators that run on several threads, and that a token ends. */
@NullMarked
module desist.linq {
  requires static org.jspecify;
  requires transitive desist;
  requires transitive desist.tasks;
  requires desist.threading;

  exports desist.linq;
}
