// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Tasks: work that starts, continues, fails and is canceled by .NET's rules. */
@NullMarked
module desist.tasks {
  requires static org.jspecify;
  requires transitive desist;
  requires desist.threading;

  exports desist.tasks;
}
