// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import java.time.Duration;
import java.util.List;

/**
 * What is told of work that has not stopped although its token is canceled.
 *
 * @param thread who does the work
 * @param token what was canceled
 * @param waited how long ago that was
 * @param count which report this is of the same work, from 1 on
 * @param stackTrace what the thread was doing a moment ago, innermost call first; empty if it has
 *     ended
 * @dotnet none
 * @since 1.0
 */
public record EscalationReport(
    Thread thread,
    CancellationToken token,
    Duration waited,
    int count,
    List<StackTraceElement> stackTrace) {
  /**
   * Makes a report.
   *
   * @param thread who does the work
   * @param token what was canceled
   * @param waited how long ago that was
   * @param count which report this is, from 1 on
   * @param stackTrace what the thread was doing
   * @throws NullPointerException if {@code stackTrace} or an element of it is null
   * @dotnet none
   * @since 1.0
   */
  public EscalationReport {
    stackTrace = List.copyOf(stackTrace);
  }

  /**
   * Returns the report as text for a log: a sentence, and a line for each call.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append('"').append(thread.getName()).append("\" has not stopped, ");
    text.append(waited).append(" after ").append(token);
    text.append(" (report ").append(count).append(')');
    stackTrace.forEach(call -> text.append(System.lineSeparator()).append("\tat ").append(call));
    return text.toString();
  }
}
