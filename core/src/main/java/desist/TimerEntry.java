// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import org.jspecify.annotations.Nullable;

/**
 * Something to be done at a time on the system's clock; a node of one of {@link TimerWheel}'s
 * lists.
 */
abstract class TimerEntry {
  // Guarded by the lock of the wheel, which is null while the entry is not scheduled. Whoever reads
  // the wheel without the lock looks again when it has it.
  @Nullable TimerWheel wheel;
  @Nullable TimerEntry previous;
  @Nullable TimerEntry next;
  int slot;
  long deadlineTick;

  /** Called on the timer thread: must not block or run user code. */
  abstract void fire();
}
