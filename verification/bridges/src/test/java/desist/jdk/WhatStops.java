// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.BlockerGroup.Case;
import desist.jdk.TestThreads.Kind;
import desist.jdk.TestThreads.Running;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What stops what, how soon, and what is left? Tries it, on the JDK that runs this, and writes what
 * it has found: {@code WhatStops RUNS DIRECTORY [GROUP]}, where a group is any part of its title.
 * The page is made of that by {@link WhatStopsPage}.
 *
 * <p>Each operation is begun anew in each run, and asked to stop when it is known to block. The
 * first runs are not counted, unless none of them was over within the limit: then there are no
 * others.
 */
final class WhatStops {
  static final Duration LIMIT = Duration.ofMillis(500);
  static final int FIRST_RUNS = 3;

  private static final List<Group> GROUPS =
      List.of(
          new Group("Databases", DatabaseBlockers::new),
          new Group("HTTP", HttpBlockers::new),
          new Group("Sockets, channels, streams", SocketBlockers::new),
          new Group("Processes", ProcessBlockers::new),
          new Group("Waits", WaitBlockers::new),
          new Group("Tasks and futures", TaskBlockers::new),
          new Group("Computation", LoopBlockers::new));

  private final int runs;
  private final List<Finding> findings = new ArrayList<>();

  private WhatStops(int runs) {
    this.runs = runs;
  }

  private void tryAll(String wanted) throws Exception {
    for (Group group : GROUPS) {
      if (group.title.contains(wanted)) {
        try (BlockerGroup blockers = group.opener.call()) {
          for (Case each : blockers.cases) {
            tryAll(group.title, each);
          }
        }
      }
    }
  }

  private void tryAll(String group, Case each) throws Exception {
    for (Kind threads : TestThreads.kinds()) {
      for (Way way : Way.values()) {
        List<Run> found = runs(FIRST_RUNS, each, threads, way);
        if (found.stream().anyMatch(Run::isOver)) {
          found = runs(runs, each, threads, way);
        }
        Finding finding = finding(group, each, threads, way, found);
        System.out.println(finding.toLine());
        findings.add(finding);
      }
    }
  }

  private static Finding finding(String group, Case each, Kind threads, Way way, List<Run> found) {
    List<Run> stopped = found.stream().filter(Run::isStopped).toList();
    long[] nanos = stopped.stream().mapToLong(Run::nanos).sorted().toArray();
    return new Finding(
        group,
        each.operation(),
        each.bridge(),
        threads.name(),
        way,
        found.size(),
        stopped.size(),
        (int) stopped.stream().filter(Run::goesOn).count(),
        nanos.length == 0 ? 0 : micros(nanos[nanos.length / 2]),
        nanos.length == 0 ? 0 : micros(nanos[nanos.length - 1]),
        left(stopped));
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }

  /** Returns what was left, with how often unless it was the same each time. */
  private static String left(List<Run> stopped) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    stopped.forEach(run -> counts.merge(run.left, 1, Integer::sum));
    if (counts.size() <= 1) {
      return String.join("", counts.keySet());
    }
    List<String> parts = new ArrayList<>();
    counts.forEach((left, count) -> parts.add(count + " × " + left));
    return String.join("; ", parts);
  }

  private static List<Run> runs(int count, Case each, Kind threads, Way way) throws Exception {
    List<Run> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(run(each, threads, way));
    }
    return all;
  }

  private static Run run(Case each, Kind threads, Way way) throws Exception {
    CompletableFuture<End> ended = new CompletableFuture<>();
    Running<Void> call = null;
    try (CancellationTokenSource source = new CancellationTokenSource();
        Blocker blocker = each.maker().make(threads)) {
      call = threads.start(() -> begin(way, blocker, source, ended));
      Thread thread = call.thread();
      TestThreads.await("blocks", () -> ended.isDone() || blocker.isBlocked(thread));
      if (ended.isDone()) {
        throw new IllegalStateException(each + " has ended by itself", ended.join().failure());
      }
      return request(way, blocker, call, source, ended);
    } finally {
      join(call);
    }
  }

  private static Void begin(
      Way way, Blocker blocker, CancellationTokenSource source, CompletableFuture<End> ended) {
    Throwable failure = null;
    try {
      way.begin(blocker, source);
    } catch (Throwable e) {
      failure = e;
    }
    ended.complete(new End(System.nanoTime(), failure));
    return null;
  }

  private static Run request(
      Way way,
      Blocker blocker,
      Running<?> call,
      CancellationTokenSource source,
      CompletableFuture<End> ended)
      throws Exception {
    long start = System.nanoTime();
    way.request(blocker, call, source);
    End end;
    try {
      end = ended.get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Run.NOT_STOPPED;
    }
    if (way == Way.TOKEN && !end.isCancellation()) {
      throw new IllegalStateException("not as a cancellation", end.failure);
    }
    while (blocker.goesOn() && System.nanoTime() - start < LIMIT.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return new Run(end.nanos - start, blocker.goesOn(), blocker.left());
  }

  /** Waits until the thread has ended, whose blocker is closed. */
  private static void join(Running<?> call) throws InterruptedException {
    if (call != null) {
      call.thread().interrupt();
      call.thread().join(TestThreads.LIMIT.toMillis());
      if (call.thread().isAlive()) {
        throw new IllegalStateException("does not end: " + call.thread());
      }
    }
  }

  /** Operations that need the same servers, which are started for them. */
  private record Group(String title, Callable<BlockerGroup> opener) {}

  /** The end of a call, and what it has thrown. */
  private record End(long nanos, Throwable failure) {
    boolean isCancellation() {
      return failure instanceof CancellationException
          || (failure != null && failure.getCause() instanceof OperationCanceledException);
    }
  }

  /** What was seen in one run. */
  private record Run(long nanos, boolean goesOn, String left) {
    static final Run NOT_STOPPED = new Run(-1, true, "");

    /** Whether the call has ended. */
    boolean isStopped() {
      return this != NOT_STOPPED;
    }

    /** Whether that was the end of all that it had begun. */
    boolean isOver() {
      return isStopped() && !goesOn;
    }
  }

  private static List<String> about(int runs) throws IOException {
    String processor = System.getProperty("os.arch");
    Path info = Path.of("/proc/cpuinfo");
    if (Files.exists(info)) {
      for (String line : Files.readAllLines(info)) {
        if (line.startsWith("model name")) {
          processor = line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    return List.of(
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        String.format(
            Locale.ROOT,
            "%s, %d processors; %s %s",
            processor,
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version")),
        String.format(
            Locale.ROOT,
            "%d runs; when they began the load was %.2f",
            runs,
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
  }

  public static void main(String[] args) throws Exception {
    if (args.length < 2) {
      throw new IllegalArgumentException("usage: WhatStops RUNS DIRECTORY [GROUP]");
    }
    WhatStops program = new WhatStops(Integer.parseInt(args[0]));
    List<String> about = about(program.runs);
    program.tryAll(args.length == 2 ? "" : args[2]);
    String jdk = String.valueOf(Runtime.version().feature());
    new Findings(jdk, about, program.findings).write(Path.of(args[1]));
    System.exit(0); // whatever some driver has left running
  }
}
