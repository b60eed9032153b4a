// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

/**
 * What became of a process that was {@linkplain Processes#run run} to its end.
 *
 * @param exitCode the exit code, by custom 0 for success
 * @param output what it has written to its standard output
 * @param error what it has written to its standard error stream
 * @dotnet none
 * @since 1.0
 */
public record ProcessResult(int exitCode, String output, String error) {
  /**
   * Makes a result.
   *
   * @param exitCode the exit code
   * @param output what was written to the standard output
   * @param error what was written to the standard error stream
   * @dotnet none
   * @since 1.0
   */
  public ProcessResult {}
}
