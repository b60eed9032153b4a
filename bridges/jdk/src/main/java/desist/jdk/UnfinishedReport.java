// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.util.List;

/** Tells of unfinished work where it is seen though loggers may be closed. */
final class UnfinishedReport {
  private UnfinishedReport() {}

  static void print(List<UnfinishedWork> unfinished) {
    System.err.print(text(unfinished));
  }

  static String text(List<UnfinishedWork> unfinished) {
    StringBuilder text = new StringBuilder("Shutdown: this has not stopped:\n");
    for (UnfinishedWork work : unfinished) {
      text.append("  ")
          .append(work.name())
          .append(", begun ")
          .append(work.age())
          .append(" ago by ")
          .append(work.thread().getName())
          .append('\n');
      for (StackTraceElement frame : work.thread().getStackTrace()) {
        text.append("      at ").append(frame).append('\n');
      }
    }
    return text.toString();
  }
}
