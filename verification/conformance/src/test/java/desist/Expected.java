// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What .NET 10 printed for each probe that is covered. */
final class Expected {
  private static final List<String> RESOURCES =
      List.of(
          "core.expected",
          "sync.expected",
          "tasks.expected",
          "parallel.expected",
          "plinq.expected");

  private static final Map<String, List<String>> LINES = read();

  private Expected() {}

  /** The ids of all probes that are covered. */
  static List<String> ids() {
    return List.copyOf(LINES.keySet());
  }

  /** What .NET printed for a probe. */
  static List<String> dotnet(String id) {
    List<String> lines = LINES.get(id);
    if (lines == null) {
      throw new IllegalArgumentException("No such probe: " + id);
    }
    return lines;
  }

  /** What a probe must print here: .NET's lines, but for the differences. */
  static List<String> here(List<String> dotnet, List<Differs> differences, String id) {
    List<String> here = new ArrayList<>();
    int done = 0;
    for (Differs difference : differences) {
      List<String> theirs = folded(difference.dotnet());
      List<String> ours = List.of(difference.ours());
      int at = Collections.indexOfSubList(dotnet.subList(done, dotnet.size()), theirs);
      if (theirs.isEmpty() || at < 0) {
        throw new IllegalArgumentException(
            id + " differs from what .NET does not print: " + theirs);
      }
      if (theirs.equals(ours)) {
        throw new IllegalArgumentException(id + " states a difference that is none: " + ours);
      }
      here.addAll(dotnet.subList(done, done + at));
      here.addAll(ours);
      done += at + theirs.size();
    }
    here.addAll(dotnet.subList(done, dotnet.size()));
    return here;
  }

  /**
   * A line of .NET's in which types of exceptions that are one type here have one name: the
   * ArgumentException of all three, and so on.
   */
  static String fold(String line) {
    return line.replaceAll(
            "\\b(ArgumentOutOfRangeException|DuplicateWaitObjectException)\\b", "ArgumentException")
        .replaceAll("\\bNullReferenceException\\b", "ArgumentNullException")
        .replaceAll("\\bApplicationException\\b", "SynchronizationLockException");
  }

  private static List<String> folded(String... lines) {
    return Stream.of(lines).map(Expected::fold).collect(Collectors.toList());
  }

  private static Map<String, List<String>> read() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String resource : RESOURCES) {
      List<String> lines = new ArrayList<>();
      for (String line : content(resource).split("\n")) {
        if (line.startsWith("## ")) {
          lines = new ArrayList<>();
          if (all.put(line.substring(3), lines) != null) {
            throw new IllegalStateException(resource + " names a probe twice: " + line);
          }
        } else {
          lines.add(fold(line));
        }
      }
    }
    return all;
  }

  private static String content(String resource) {
    try (InputStream in = Expected.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("No such resource: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
