// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/**
 * An event that, once set, lets every wait through until it is reset.
 *
 * @dotnet ManualResetEvent
 * @since 1.0
 */
public final class ManualResetEvent extends EventWaitHandle {
  /**
   * Makes an event.
   *
   * @param initialState whether it is set
   * @dotnet new ManualResetEvent(bool)
   * @since 1.0
   */
  public ManualResetEvent(boolean initialState) {
    super(initialState, EventResetMode.MANUAL_RESET);
  }
}
