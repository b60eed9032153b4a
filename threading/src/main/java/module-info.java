// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Events, semaphores, barriers and queues that wait with a token. */
@NullMarked
module desist.threading {
  requires static org.jspecify;
  requires transitive desist;

  exports desist.threading;
}
