// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tables of {@code docs/performance.md} from what {@link Suite} measured: {@code Report
 * DIRECTORY PAGE}, where a page of {@code -} means the standard output.
 */
final class Report {
  private static final String BEGIN = "<!-- figures: made by verification/benchmarks/run -->";
  private static final int BRIDGE = 60;
  private static final String PLOT = "query-scale.svg";
  private static final String SIZE_10M = "size=10000000";
  private static final String END = "<!-- end of figures -->";

  /** What a goal says, and whether it is met. */
  private interface Goal {
    /** Returns whether the goal is met; null if it cannot be told for lack of a figure. */
    @Nullable Boolean isMet(Row row);
  }

  /** A line of the table of goals. */
  private final class Row {
    final String title;
    final String item;
    final String params;
    final String ours;
    final String dotnet;
    final String goalText;
    final Goal goal;

    Row(
        String title,
        String item,
        String params,
        String ours,
        String dotnet,
        String goalText,
        Goal goal) {
      this.title = title;
      this.item = item;
      this.params = params;
      this.ours = ours;
      this.dotnet = dotnet;
      this.goalText = goalText;
      this.goal = goal;
    }

    @Nullable Figures of(String variant) {
      return find(item, params, variant);
    }

    double our() {
      return median(of(ours));
    }

    double floor() {
      return median(of("floor"));
    }

    /** The fastest of the others, or null if there are none. */
    @Nullable Figures bestPeer() {
      Figures best = null;
      for (Figures figure : figures) {
        if (figure.item().equals(item)
            && figure.params().equals(params)
            && isPeer(figure.variant())
            && (best == null || figure.median() < best.median())) {
          best = figure;
        }
      }
      return best;
    }

    double dotnet() {
      return dotnets.getOrDefault(dotnet, Double.NaN);
    }

    boolean isAhead() {
      Figures peer = bestPeer();
      return !(peer != null && our() >= peer.median()) && !(our() >= dotnet());
    }
  }

  private final Path directory;
  private final List<Figures> figures;
  private final Map<String, Double> dotnets = new LinkedHashMap<>();
  private String dotnetVersion = "";
  private final List<Row> rows = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();

  private Report(Path directory) throws IOException {
    this.directory = directory;
    this.figures = Figures.read(directory.resolve("figures.tsv"));
    Path file = directory.resolve("dotnet.tsv");
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] cells = line.split("\t");
        if (line.startsWith("#")) {
          dotnetVersion = line.substring(1).strip();
        } else if (cells.length == 3) {
          dotnets.put(cells[0] + " " + cells[1], Double.parseDouble(cells[2]));
        }
      }
    }
  }

  /** A bare ForkJoinTask has neither cancellation nor continuations. */
  private static boolean isPeer(String variant) {
    return !variant.startsWith("desist")
        && !variant.startsWith("floor")
        && !variant.startsWith("bare")
        && !variant.startsWith("plain")
        && !variant.equals("volatileRead")
        && !variant.equals("withoutPoll");
  }

  private @Nullable Figures find(String item, String params, String variant) {
    for (Figures figure : figures) {
      if (figure.item().equals(item)
          && figure.params().equals(params)
          && figure.variant().equals(variant)) {
        return figure;
      }
    }
    return null;
  }

  private static double median(@Nullable Figures figure) {
    return figure == null ? Double.NaN : figure.median();
  }

  // The goals.

  private static Goal atMost(double floors) {
    return row -> known(row.our(), row.floor()) ? row.our() <= floors * row.floor() : null;
  }

  /** The medians of the forks overlap. */
  private static Goal same() {
    return row -> {
      Figures ours = row.of(row.ours);
      Figures floor = row.of("floor");
      return (ours == null || floor == null) ? null : ours.low() <= floor.high();
    };
  }

  private static Goal reads(double reads) {
    return row -> {
      double read = median(row.of("volatileRead"));
      return known(row.our(), read) ? row.our() <= reads * read : null;
    };
  }

  private static Goal ahead() {
    return row -> known(row.our(), 0) ? row.isAhead() : null;
  }

  private static Goal both(Goal one, Goal other) {
    return row -> {
      Boolean first = one.isMet(row);
      Boolean second = other.isMet(row);
      return (first == null || second == null) ? null : (first && second);
    };
  }

  private static Goal atMostOfPeer(double factor) {
    return row -> {
      Figures peer = row.bestPeer();
      return (peer == null || !known(row.our(), 0)) ? null : row.our() <= factor * peer.median();
    };
  }

  /** No slower by more than this factor than the fastest of the others, the floor among them. */
  private static Goal atMostOfAny(double factor) {
    return row -> {
      Figures peer = row.bestPeer();
      if (peer == null || !known(row.our(), row.floor())) {
        return null;
      }
      double other = Math.min(peer.median(), row.floor());
      return row.our() <= factor * (row.dotnet() < other ? row.dotnet() : other);
    };
  }

  /** No slower than the fastest ForkJoinTask by more than this factor. */
  private static Goal atMostOfBare(double factor) {
    return row -> {
      double own = median(row.of("bareForkJoinTask"));
      double common = median(row.of("bareForkJoinCommonPool"));
      double bare = own < common || Double.isNaN(common) ? own : common;
      return known(row.our(), bare) ? row.our() <= factor * bare : null;
    };
  }

  /** A live token takes no longer than this. */
  private static Goal tokenTakesAtMost(double nanos) {
    return row -> {
      double without = median(row.of("desistWithoutToken"));
      return known(row.our(), without) ? row.our() <= without + nanos : null;
    };
  }

  /** No slower than the floor by more than this. */
  private static Goal takesAtMostMore(double nanos) {
    return row -> known(row.our(), row.floor()) ? row.our() <= row.floor() + nanos : null;
  }

  private Goal atMostOfDotnet(double factor, String key) {
    return row -> {
      double other = dotnets.getOrDefault(key, Double.NaN);
      return known(row.our(), other) ? row.our() <= factor * other : null;
    };
  }

  private static boolean known(double one, double other) {
    return !Double.isNaN(one) && !Double.isNaN(other);
  }

  private void row(
      String title, String item, String params, String dotnet, String goalText, Goal goal) {
    rows.add(new Row(title, item, params, "desist", dotnet, goalText, goal));
  }

  private void goals() {
    row("poll", "Poll", "", "Poll IsCancellationRequested threads=1", "as a volatile read", same());
    for (String step : List.of("sum", "hash")) {
      row(
          "loop that polls: " + step,
          "PollLoop",
          "step=" + step,
          "PollLoop" + (step.equals("sum") ? "Sum" : "Hash") + " IsCancellationRequested",
          "as a volatile field",
          same());
    }
    for (int depth : new int[] {1, 3, 10}) {
      double reads = 2.5 + depth - 1;
      row(
          "poll linked, depth " + depth,
          "PollLinked",
          "depth=" + depth,
          "PollLinked IsCancellationRequested depth=" + depth + " threads=1",
          reads + " volatile reads",
          reads(reads));
    }
    row("poll through 30 diamonds", "PollDiamonds", "diamonds=30", "", "91.5 reads", reads(91.5));
    for (String others : List.of("0", "1000", "100000")) {
      row(
          "register, unregister; " + others + " others",
          "Register",
          "others=" + others,
          "Register Register others=" + others + " threads=1",
          "1.5 × floor",
          atMost(1.5));
    }
    for (String others : List.of("0", "100000")) {
      row(
          "the same, oldest first; " + others + " others",
          "RegisterOldestFirst",
          "others=" + others,
          "RegisterFifo Register others=" + others + " threads=1",
          "1.5 × floor",
          atMost(1.5));
    }
    for (String others : List.of("0", "1000")) {
      String dotnet = "Register Register others=" + others + " threads=2";
      row(
          "two threads, one token; " + others + " others",
          "RegisterTwoThreads",
          "others=" + others,
          dotnet,
          "ahead; 1.5 × UnsafeRegister",
          both(ahead(), atMostOfDotnet(1.5, dotnet.replace("r R", "r UnsafeR"))));
    }
    row(
        "two threads, oldest first",
        "RegisterOldestFirstTwoThreads",
        "others=0",
        "RegisterFifo Register others=0 threads=2",
        "ahead of all",
        ahead());
    for (String callbacks : List.of("0", "1", "10", "1000")) {
      row(
          "new source, cancel; " + callbacks + " callbacks",
          "Cancel",
          "callbacks=" + callbacks,
          "CancelRun Cancel callbacks=" + callbacks,
          "2 × floor; 1.3 × peer",
          both(atMost(2), atMostOfPeer(1.3)));
    }
    linked("Linked", "linked, closed", "Linked1 CreateLinkedTokenSource threads=1", true);
    linked("LinkedTwoThreads", "two threads", "Linked1 CreateLinkedTokenSource threads=2", false);
    linked("LinkedTwoParents", "two parents", "Linked2 CreateLinkedTokenSource threads=1", false);
    linked(
        "LinkedTwoParentsTwoThreads",
        "two parents, two threads",
        "Linked2 CreateLinkedTokenSource threads=2",
        false);
    for (boolean callback : new boolean[] {false, true}) {
      for (String children : List.of("1000", "10000")) {
        row(
            "cancel " + children + " children" + with(callback),
            "CancelChildren",
            "callback=" + callback + ",children=" + children,
            (callback ? "LinkedFanOutCallback" : "LinkedFanOut") + " Cancel children=" + children,
            "ahead of all",
            ahead());
      }
    }
    for (boolean callback : new boolean[] {false, true}) {
      row(
          "cancel a chain of 100" + with(callback),
          "CancelChain",
          "callback=" + callback + ",depth=100",
          callback ? "" : "LinkedChain Cancel depth=100",
          "ahead of all",
          ahead());
    }
    for (int threads = 1; threads <= 2; threads++) {
      for (String pending : List.of("0", "1000000")) {
        row(
            (threads == 1 ? "delay of 30 s, closed; " : "two threads; ") + pending + " pending",
            threads == 1 ? "Delay" : "DelayTwoThreads",
            "pending=" + pending,
            "Timeout new(30s)+Dispose pending=" + pending + " threads=" + threads,
            threads == 1 ? "1.3 × floor; ahead" : "ahead of all",
            threads == 1 ? both(atMost(1.3), ahead()) : ahead());
      }
    }
    row(
        "a million live, cancel, each",
        "LiveTokens",
        "cancel",
        "",
        "1.5 × fastest peer",
        atMostOfPeer(1.5));
    row(
        "a million live, bytes each",
        "LiveTokens",
        "bytes",
        "",
        "no more than a peer",
        atMostOfPeer(1));
    row("await a set event", "AwaitSet", "", "", "3 volatile reads", reads(3));
    row("semaphore, taken and released", "Semaphore", "", "", "1.5 × peer", atMostOfPeer(1.5));
    row(
        "hand-over by an event",
        "HandOver",
        "",
        "Wakeup limitManualResetEventSlim",
        "1.3 × peer",
        atMostOfPeer(1.3));
    for (String capacity : List.of("1", "100")) {
      row(
          "an item through a queue of " + capacity,
          "Pipe",
          "capacity=" + capacity,
          "",
          "1.3 × peer",
          atMostOfPeer(1.3));
    }
    for (String ours :
        List.of(
            "desistTokenHandle",
            "desistAwaitCancellation",
            "desistManualResetEvent",
            "desistAutoResetEvent")) {
      rows.add(
          new Row(
              "wake: " + ours.substring("desist".length()),
              "Wake",
              "",
              ours,
              ours.equals("desistTokenHandle") ? "Wakeup Token.WaitHandle" : "",
              "as park, unpark",
              same()));
    }
    tasks();
    parallel();
    bridges();
  }

  private void tasks() {
    String run = "TaskStart Task.Run(token).Result";
    String inPool = "TaskStartInPool Task.Run(token).Result";
    String fanOut = "FanOut Task.Run+WhenAll";
    row("run and wait, from outside the pool", "Run", "", run, "1.2 × floor", atMost(1.2));
    row(
        "run and wait, inside the pool",
        "RunInPool",
        "",
        inPool,
        "ahead of .NET",
        atMostOfDotnet(1, inPool));
    row(
        "the same, beside one without a token",
        "RunInPool",
        "",
        "",
        "10 ns more",
        tokenTakesAtMost(10));
    row(
        "a thousand tasks, whenAll",
        "WhenAll",
        "",
        fanOut,
        "ahead of .NET; 1.3 × bare",
        both(atMostOfDotnet(1, fanOut), atMostOfBare(1.3)));
    for (boolean synchronous : new boolean[] {true, false}) {
      row(
          "a thousand continuations, " + (synchronous ? "in place" : "queued"),
          "Chain",
          "synchronous=" + synchronous,
          "",
          "ahead of every peer",
          atMostOfPeer(1));
    }
    row(
        "hand-over by a promise",
        "Promise",
        "",
        "Wakeup TaskCompletionSource",
        "ahead of every peer",
        atMostOfPeer(1));
    row(
        "bytes that a task allocates",
        "TaskBytes",
        "allocated",
        "",
        "ahead of every peer",
        atMostOfPeer(1));
    row(
        "bytes of a task that has ended",
        "TaskBytes",
        "kept",
        "",
        "32; ahead of every peer",
        both(row -> known(row.our(), 0) ? row.our() <= 32.5 : null, atMostOfPeer(1)));
  }

  private void parallel() {
    String ranges = "LoopLight Parallel.ForEach(ranges)+token n=10000000";
    String byItem = "LoopLight Parallel.For+token n=10000000";
    String query = "LoopLight PLINQ Sum+token n=10000000";
    String sum = "sum of ten million";
    row(sum + ", by ranges", "ParallelSum", SIZE_10M, ranges, "1.15 × stream", atMostOfPeer(1.15));
    inParallel(sum + ", by item", "ParallelSum", SIZE_10M, "desistByItem", byItem);
    inParallel(sum + ", as a query", "ParallelSum", SIZE_10M, "desistQuery", query);
    for (String ours : List.of("desist", "desistQuery")) {
      rows.add(
          new Row(
              "a million microseconds, as a " + (ours.equals("desist") ? "loop" : "query"),
              "ParallelWork",
              "size=1000000",
              ours,
              "LoopHeavy "
                  + (ours.equals("desist") ? "Parallel.For" : "PLINQ Sum")
                  + "+token n=1000000",
              "1.02 × stream",
              atMostOfPeer(1.02)));
    }
    for (String others : List.of("0", "10")) {
      row(
          "filter, map, sum of ten million; " + others + " other lambdas",
          "QuerySum",
          "others=" + others + "," + SIZE_10M,
          "QuerySum PLINQ+token n=10000000",
          "1.15 × stream",
          atMostOfPeer(1.15));
    }
    for (String of : List.of("key", "boxed", "primitive")) {
      boolean isPrimitive = of.equals("primitive");
      row(
          "filter, map, sort a million; " + of,
          "QuerySort",
          "of=" + of + ",size=1000000",
          "QuerySort PLINQ+token n=1000000",
          isPrimitive ? "1.15 × the fastest" : "ahead of all",
          atMostOfAny(isPrimitive ? 1.15 : 1));
    }
    for (String into : List.of("sums", "lists")) {
      for (String ours : List.of("desist", "desistGroupBy")) {
        rows.add(
            new Row(
                "group two million: " + into + (ours.equals("desist") ? "" : ", groupBy"),
                "QueryGroup",
                "into=" + into + ",size=2000000",
                ours,
                (into.equals("sums") ? "QueryGroupSum" : "QueryGroupList")
                    + " PLINQ+token n=2000000",
                "0.5 × stream",
                atMostOfPeer(0.5)));
      }
    }
  }

  private void bridges() {
    bridge("a body that a token could interrupt", "BridgedBody", "", "desist");
    for (String of : List.of("lock", "semaphore", "queue")) {
      bridge("a wait that need not wait; " + of, "BridgedWait", "of=" + of, "desist");
    }
    for (String of : List.of("lock", "semaphore", "queue")) {
      bridge("two threads that wait; " + of, "BridgedWaitTwoThreads", "of=" + of, "desist");
    }
    bridge("hand-over by a queue", "BridgedHandOver", "", "desist");
    for (String ours : List.of("desist", "desistBound")) {
      String with = ours.equals("desist") ? "" : "; bound connection";
      bridge("executeUpdate" + with, "BridgedUpdate", "", ours);
      bridge("executeQuery" + with, "BridgedQuery", "", ours);
    }
    bridge("next row", "BridgedRow", "", "desist");
    bridge("submit and get", "BridgedSubmit", "", "desist");
    for (String stage : List.of("complete", "soon")) {
      bridge("join a stage; " + stage, "BridgedJoin", "stage=" + stage, "desist");
    }
    bridge("send and receive", "BridgedSend", "", "desist");
    for (String ours : List.of("desist", "desistLatch", "desistSleep")) {
      rows.add(
          new Row(
              "end 100,000 virtual threads, ms; "
                  + (ours.equals("desist") ? "queue" : ours.substring("desist".length())),
              "ManyWaits",
              "all ended",
              ours,
              "",
              "1,000 ms",
              row -> known(row.our(), 0) ? row.our() <= 1000 : null));
    }
  }

  private void bridge(String title, String item, String params, String ours) {
    rows.add(
        new Row(
            title, item, params, ours, "", "floor + " + BRIDGE + " ns", takesAtMostMore(BRIDGE)));
  }

  /** What has .NET as its measure. */
  private void inParallel(String title, String item, String params, String ours, String dotnet) {
    rows.add(
        new Row(title, item, params, ours, dotnet, "ahead of .NET", atMostOfDotnet(1, dotnet)));
  }

  private void linked(String item, String title, String dotnet, boolean ofFloor) {
    for (boolean callback : new boolean[] {false, true}) {
      String key =
          !callback
              ? dotnet
              : dotnet.startsWith("Linked1")
                  ? "LinkedCallback CreateLinkedTokenSource+Register"
                      + dotnet.substring(dotnet.indexOf(" threads"))
                  : "";
      row(
          title + with(callback),
          item,
          "callback=" + callback,
          key,
          ofFloor ? (callback ? "2 × floor" : "1.5 × floor") : "ahead of all",
          ofFloor ? atMost(callback ? 2 : 1.5) : ahead());
    }
  }

  private static String with(boolean callback) {
    return callback ? ", with callback" : ", without";
  }

  // The page.

  private String make() throws IOException {
    goals();
    line("```");
    Path machine = directory.resolve("machine.txt");
    out.append(Files.exists(machine) ? Files.readString(machine) : "");
    if (!dotnetVersion.isEmpty()) {
      line(".NET " + dotnetVersion);
    }
    line("```");
    line("");
    line("## The goals");
    line("");
    line("| item | floor | best peer | .NET | ours | ÷ floor | goal | |");
    line("|---|---:|---:|---:|---:|---:|---|---|");
    for (Row row : rows) {
      if (row.of(row.ours) != null) {
        goal(row);
      }
    }
    late();
    spin();
    cancellation();
    skew();
    scale();
    line("");
    line("## Everything");
    line("");
    line("Medians over all forks, and in brackets the least and greatest of the forks' medians.");
    Set<String> items = new LinkedHashSet<>();
    figures.forEach(figure -> items.add(figure.item()));
    items.remove("Lateness");
    items.remove("SpinShare");
    items.remove("CancelLatency");
    items.remove("Skew");
    items.remove("QueryScale");
    items.forEach(this::everything);
    return out.toString();
  }

  private void goal(Row row) {
    Figures peer = row.bestPeer();
    Boolean met = row.goal.isMet(row);
    line(
        "| "
            + String.join(
                " | ",
                row.title,
                number(row.floor()),
                peer == null ? "" : number(peer.median()) + " " + peer.variant(),
                number(row.dotnet()),
                "**" + number(row.our()) + "**",
                number(row.our() / row.floor()),
                row.goalText,
                met == null ? "" : met ? "met" : "**missed**")
            + " |");
  }

  private void late() {
    String[] percentiles = {"earliest", "50 %", "99 %", "99.9 %", "latest"};
    line("");
    line("## How late delays fire, in microseconds");
    line("");
    line("| pending | | " + String.join(" | ", percentiles) + " |");
    line("|---:|---|---:|---:|---:|---:|---:|");
    for (String pending : List.of("0", "1000000")) {
      for (String variant : List.of("floor", "desist", "executor")) {
        if (find("Lateness", "pending=" + pending + ",99 %", variant) != null) {
          StringBuilder cells = new StringBuilder("| " + pending + " | " + variant);
          for (String percentile : percentiles) {
            Figures figure = find("Lateness", "pending=" + pending + "," + percentile, variant);
            cells.append(" | ").append(number(median(figure)));
          }
          line(cells + " |");
        }
      }
    }
  }

  private void spin() {
    Set<String> works = new LinkedHashSet<>();
    Set<String> spins = new LinkedHashSet<>();
    for (Figures figure : figures) {
      if (figure.item().equals("SpinShare")) {
        works.add(figure.params().split(",")[0]);
        spins.add(figure.params().split(",")[1]);
      }
    }
    if (works.isEmpty()) {
      return;
    }
    line("");
    line("## Does it pay to spin before parking?");
    line("");
    line(
        "Nanoseconds that a hand-over takes beyond the work, and the share that ended in the"
            + " spin.");
    line("");
    line("| | " + String.join(" | ", spins) + " |");
    line("|---|" + "---:|".repeat(spins.size()));
    for (String work : works) {
      StringBuilder cells = new StringBuilder("| " + work);
      for (String spin : spins) {
        String params = work + "," + spin;
        cells
            .append(" | ")
            .append(number(median(find("SpinShare", params, "hand-over ns"))))
            .append(" (")
            .append(Math.round(median(find("SpinShare", params, "in spin %"))))
            .append(" %)");
      }
      line(cells + " |");
    }
  }

  private void cancellation() {
    Set<String> names = new LinkedHashSet<>();
    int slow = 0;
    for (Figures figure : figures) {
      if (figure.item().equals("CancelLatency")) {
        names.add(figure.variant());
        slow += isSlow(figure.params(), figure.median()) ? 1 : 0;
      }
    }
    if (names.isEmpty()) {
      return;
    }
    line("");
    line("## How long after `cancel()` a query or loop returns, in microseconds");
    line("");
    line(
        "Goal: 99 % under 1,000; "
            + (slow == 0 ? "met by all." : "**missed** by those that are in bold."));
    line("");
    line(
        "| | another thread cancels: 50 % | 99 % | worst | a delegate does: 50 % | 99 % | worst |");
    line("|---|" + "---:|".repeat(6));
    for (String name : names) {
      StringBuilder cells = new StringBuilder("| " + name);
      for (CancelLatency.Canceler canceler : CancelLatency.Canceler.values()) {
        for (String percentile : List.of("50 %", "99 %", "worst")) {
          String params = canceler.params(percentile);
          double micros = median(find("CancelLatency", params, name));
          String cell = number(micros);
          cells.append(" | ").append(isSlow(params, micros) ? "**" + cell + "**" : cell);
        }
      }
      line(cells + " |");
    }
  }

  private static boolean isSlow(String params, double micros) {
    return params.endsWith("99 %") && micros >= 1000;
  }

  private void skew() {
    Set<String> variants = new LinkedHashSet<>();
    for (Figures figure : figures) {
      if (figure.item().equals("Skew")) {
        variants.add(figure.variant());
      }
    }
    if (variants.isEmpty()) {
      return;
    }
    line("");
    line("## Skew and load");
    line("");
    line(
        "How much of the processors is used, in percent, where the last tenth costs a hundred times"
            + " more for each item; and of ten equal ones at once, how much longer the slowest takes"
            + " than the fastest, where at most twice is the goal.");
    line("");
    line("| | busy % | slowest ÷ fastest | |");
    line("|---|---:|---:|---|");
    for (String variant : variants) {
      double ratio = median(find("Skew", "slowest ÷ fastest", variant));
      line(
          "| "
              + String.join(
                  " | ",
                  variant,
                  number(median(find("Skew", "busy %", variant))),
                  number(ratio),
                  !isPeer(variant) ? ratio <= 2 ? "met" : "**missed**" : "")
              + " |");
    }
  }

  private void scale() {
    if (figures.stream().noneMatch(figure -> figure.item().equals("QueryScale"))) {
      return;
    }
    line("");
    line("## How the cost grows");
    line("");
    line("![Nanoseconds for each item, over the number of items](" + PLOT + ")");
    line("");
    line("Nanoseconds for each item: a line that is level grows linearly.");
    everything("QueryScale");
  }

  private void everything(String item) {
    Set<String> params = new LinkedHashSet<>();
    Set<String> variants = new LinkedHashSet<>();
    for (Figures figure : figures) {
      if (figure.item().equals(item)) {
        params.add(figure.params());
        variants.add(figure.variant());
      }
    }
    line("");
    line("### " + item);
    line("");
    line("| | " + String.join(" | ", params) + " |");
    line("|---|" + "---:|".repeat(params.size()));
    for (String variant : variants) {
      StringBuilder cells = new StringBuilder("| " + variant);
      for (String param : params) {
        Figures figure = find(item, param, variant);
        cells.append(" | ");
        if (figure != null) {
          cells.append(number(figure.median()));
          if (figure.low() < figure.high()) {
            cells.append(" (" + number(figure.low()) + "–" + number(figure.high()) + ")");
          }
        }
      }
      line(cells + " |");
    }
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    double size = Math.abs(value);
    return size >= 100
        ? String.format(Locale.ROOT, "%,d", Math.round(value))
        : String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
  }

  public static void main(String[] args) throws IOException {
    Report report = new Report(Path.of(args[0]));
    String tables = report.make();
    if (args[1].equals("-")) {
      System.out.print(tables);
      return;
    }
    Path page = Path.of(args[1]);
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException("no place for the figures in " + page);
    }
    Files.writeString(
        page, text.substring(0, begin) + BEGIN + "\n\n" + tables + "\n" + text.substring(end));
    String plot = ScalePlot.of(report.figures);
    if (!plot.isEmpty()) {
      Files.writeString(page.resolveSibling(PLOT), plot);
    }
  }
}
