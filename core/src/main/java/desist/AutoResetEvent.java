// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/**
 * An event that, once set, lets one wait through and is reset by it.
 *
 * @dotnet AutoResetEvent
 * @since 1.0
 */
public final class AutoResetEvent extends EventWaitHandle {
  /**
   * Makes an event.
   *
   * @param initialState whether it is set
   * @dotnet new AutoResetEvent(bool)
   * @since 1.0
   */
  public AutoResetEvent(boolean initialState) {
    super(initialState, EventResetMode.AUTO_RESET);
  }
}
