// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prints a throwable with its causes and all that is suppressed, as the JDK does, but without
 * recursion.
 */
final class StackTracePrinter {
  /** Deeper than this nothing is moved further to the right, lest the page grow with the square. */
  private static final int MOST_INDENTS = 16;

  private final Consumer<? super String> lines;
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Part> parts = new ArrayDeque<>();

  StackTracePrinter(Consumer<? super String> lines) {
    this.lines = lines;
  }

  void print(Throwable thrown) {
    lines.accept(thrown.toString());
    printRest(new Part(thrown, "", 0, new StackTraceElement[0]));
    for (Part part; (part = parts.poll()) != null; ) {
      String indent = part.indent();
      if (seen.contains(part.thrown)) {
        lines.accept(indent + part.caption + "[CIRCULAR REFERENCE: " + headline(part.thrown) + "]");
      } else {
        lines.accept(indent + part.caption + headline(part.thrown));
        printRest(part);
      }
    }
  }

  /** Prints the frames, and puts what comes next in front of all that waits. */
  private void printRest(Part part) {
    seen.add(part.thrown);
    StackTraceElement[] trace = part.thrown.getStackTrace();
    int common = commonFrames(trace, part.enclosing);
    for (int i = 0; i < trace.length - common; i++) {
      lines.accept(part.indent() + "\tat " + trace[i]);
    }
    if (common > 0) {
      lines.accept(part.indent() + "\t... " + common + " more");
    }
    Throwable cause = part.thrown.getCause();
    if (cause != null) {
      parts.push(new Part(cause, "Caused by: ", part.indents, trace));
    }
    Throwable[] suppressed = part.thrown.getSuppressed();
    for (int i = suppressed.length - 1; i >= 0; i--) {
      parts.push(new Part(suppressed[i], "Suppressed: ", part.indents + 1, trace));
    }
  }

  private static int commonFrames(StackTraceElement[] trace, StackTraceElement[] enclosing) {
    int common = 0;
    while (common < Math.min(trace.length, enclosing.length)
        && trace[trace.length - 1 - common].equals(enclosing[enclosing.length - 1 - common])) {
      common++;
    }
    return common;
  }

  private static @Nullable String headline(Throwable thrown) {
    return thrown instanceof AggregateException aggregate
        ? aggregate.headline()
        : thrown.toString();
  }

  /** A throwable that is still to be printed. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(
      Throwable thrown, String caption, int indents, StackTraceElement[] enclosing) {
    String indent() {
      return "\t".repeat(Math.min(indents, MOST_INDENTS));
    }
  }
}
