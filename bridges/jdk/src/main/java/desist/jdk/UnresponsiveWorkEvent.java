// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.stream.Collectors.joining;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A report, for the flight recorder. Loaded only where there is one. */
@Name("desist.UnresponsiveWork")
@Label("Unresponsive Work")
@Description("Work that has not stopped although its token is canceled")
@Category("Desist")
@StackTrace(false)
final class UnresponsiveWorkEvent extends Event {
  @Label("Working Thread")
  @Nullable Thread worker;

  @Label("Waited")
  @Description("How long ago the token was canceled")
  @Timespan(Timespan.NANOSECONDS)
  long waited;

  @Label("Count")
  @Description("Which report this is of the same work")
  int count;

  @Label("Calls")
  @Description("What the thread was doing, innermost call first")
  @Nullable String calls;

  /** Records the report, if there is a flight recorder and it wants to know. */
  static void record(EscalationReport report) {
    UnresponsiveWorkEvent event = new UnresponsiveWorkEvent();
    if (event.isEnabled()) {
      event.worker = report.thread();
      event.waited = report.waited().toNanos();
      event.count = report.count();
      event.calls =
          report.stackTrace().stream().map(StackTraceElement::toString).collect(joining("\n"));
      event.commit();
    }
  }
}
