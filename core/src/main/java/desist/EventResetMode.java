// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/**
 * Whether a wait resets the event that has let it through.
 *
 * @dotnet EventResetMode
 * @since 1.0
 */
public enum EventResetMode {
  /**
   * The event lets one wait through and is then reset.
   *
   * @dotnet EventResetMode.AutoReset
   * @since 1.0
   */
  AUTO_RESET,

  /**
   * The event lets every wait through until it is reset.
   *
   * @dotnet EventResetMode.ManualReset
   * @since 1.0
   */
  MANUAL_RESET
}
