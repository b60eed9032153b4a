// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures everything, in the order of the table of goals: {@code Suite MODE DIRECTORY [ITEM...]}.
 *
 * <p>Ours and the floor get more forks than the peers, and run right before them. Writes {@code
 * ITEM.json}, {@code figures.tsv} and {@code machine.txt} to the directory; items that are named
 * replace their own lines and leave the others, which must have been taken on the same machine.
 */
final class Suite {

  /** How thorough a run is. */
  private enum Mode {
    /** Only to see that everything works, in this very process. */
    SMOKE(0, 0, 1, 1, 10),
    /** A few minutes, to see where one stands. */
    QUICK(1, 1, 3, 4, 80),
    /** What is published. */
    FULL(3, 2, 3, 5, 100);

    final int ourForks;
    final int peerForks;
    final int warmups;
    final int iterations;
    final int millis;

    Mode(int ourForks, int peerForks, int warmups, int iterations, int millis) {
      this.ourForks = ourForks;
      this.peerForks = peerForks;
      this.warmups = warmups;
      this.iterations = iterations;
      this.millis = millis;
    }

    /** Chooses what a program is told. */
    String ofPrograms(String smoke, String quick, String full) {
      return this == SMOKE ? smoke : this == QUICK ? quick : full;
    }
  }

  /** A benchmark, and the parameters that it is run with if not with its own. */
  private record Item(String name, String param, String... values) {

    /** The classes of a peer that can do only a part of the item belong to it. */
    String classes() {
      return name.equals("Linked") || name.equals("LinkedTwoThreads")
          ? name.replace("Linked", "Linked(Context)?")
          : name;
    }

    /** How much longer it warms up: an operation of a thousand takes the compiler longer. */
    int patience() {
      return isInParallel() || Pattern.matches("RunInPool|WhenAll|Chain", name) ? 10 : 1;
    }

    /** How many forks ours and the floor get in a full run. */
    int ourForks(Mode mode) {
      // Poll is to be told from a volatile read, or not.
      return mode == Mode.FULL && (name.equals("Poll") || isInParallel()) ? 5 : mode.ourForks;
    }

    /** How many forks the peers get, which are the measure for whatever runs in parallel. */
    int peerForks(Mode mode) {
      return isInParallel() ? ourForks(mode) : mode.peerForks;
    }

    private boolean isInParallel() {
      return Pattern.matches("Parallel.*|Query.*", name);
    }
  }

  private static final List<Item> ITEMS =
      List.of(
          new Item("Poll", ""),
          new Item("PollLoop", ""),
          new Item("PollLinked", ""),
          new Item("PollDiamonds", ""),
          new Item("Register", ""),
          new Item("RegisterOldestFirst", "others", "0", "100000"),
          new Item("RegisterTwoThreads", "others", "0", "1000"),
          new Item("RegisterOldestFirstTwoThreads", "others", "0"),
          new Item("Cancel", ""),
          new Item("Linked", ""),
          new Item("LinkedTwoThreads", ""),
          new Item("LinkedTwoParents", ""),
          new Item("LinkedTwoParentsTwoThreads", ""),
          new Item("CancelChildren", ""),
          new Item("CancelChain", ""),
          new Item("Delay", ""),
          new Item("DelayTwoThreads", ""),
          new Item("Wake", ""),
          new Item("AwaitSet", ""),
          new Item("Semaphore", ""),
          new Item("HandOver", ""),
          new Item("Pipe", ""),
          new Item("Run", ""),
          new Item("RunInPool", ""),
          new Item("WhenAll", ""),
          new Item("Chain", ""),
          new Item("Promise", ""),
          new Item("ParallelSum", ""),
          new Item("ParallelWork", ""),
          new Item("QuerySum", ""),
          new Item("QuerySort", ""),
          new Item("QueryGroup", ""),
          new Item("BridgedBody", ""),
          new Item("BridgedWait", ""),
          new Item("BridgedWaitTwoThreads", ""),
          new Item("BridgedHandOver", ""),
          new Item("BridgedUpdate", ""),
          new Item("BridgedQuery", ""),
          new Item("BridgedRow", ""),
          new Item("BridgedSubmit", ""),
          new Item("BridgedJoin", ""),
          new Item("BridgedSend", ""));

  private static final String PROGRAMS =
      "LiveTokens|TaskBytes|Lateness|SpinShare|QueryScale|CancelLatency|Skew|ManyWaits";

  private static final String OURS = "(floor|desist|bare|plain|volatileRead|withoutPoll)[A-Za-z]*";

  private static final boolean HAS_VIRTUAL_THREADS = Runtime.version().feature() >= 21;

  /** The peers that this JDK can run. */
  private static final String PEERS =
      "(?!" + OURS + "$" + (HAS_VIRTUAL_THREADS ? "" : "|virtualThread$") + ")[A-Za-z]+";

  private final Mode mode;
  private final Path directory;
  private final List<String> wanted;
  private final List<RunResult> results = new ArrayList<>();
  private final List<Figures> figures = new ArrayList<>();

  private Suite(Mode mode, Path directory, List<String> wanted) {
    this.mode = mode;
    this.directory = directory;
    this.wanted = wanted;
  }

  private boolean wants(String item) {
    return wanted.isEmpty() || wanted.contains(item);
  }

  private void run() throws IOException, RunnerException, InterruptedException {
    Files.createDirectories(directory);
    for (Figures old : Figures.read(directory.resolve("figures.tsv"))) {
      if (!wants(old.item())) {
        figures.add(old);
      }
    }
    Path taken = directory.resolve("machine.txt");
    String machine = machine();
    if (!figures.isEmpty() && Files.exists(taken) && !Files.readString(taken).equals(machine)) {
      throw new IllegalStateException(
          "the other figures in " + directory + " were taken so:\n" + Files.readString(taken));
    }
    Files.writeString(taken, machine);
    for (Item item : ITEMS) {
      if (wants(item.name)) {
        results.clear();
        measure(item, OURS, item.ourForks(mode));
        measure(item, PEERS, item.peerForks(mode));
      }
    }
    if (wants("LiveTokens")) {
      for (String variant :
          List.of(
              "floor",
              "desist",
              "desistTokenAlone",
              "kotlinJob",
              "grpcContext",
              "reactor",
              "rxjava",
              "completableFuture",
              "concurrentSet")) {
        // The JDK's simplest collector, told to keep nothing that is dead, so that heap is use.
        program(
            LiveTokens.class,
            List.of("-XX:+UseSerialGC", "-XX:MarkSweepDeadRatio=0", "-Xms3g", "-Xmx3g"),
            variant,
            mode == Mode.SMOKE ? "1000" : "1000000");
      }
    }
    if (wants("TaskBytes")) {
      for (String variant :
          List.of(
              "floor",
              "desist",
              "desistWithoutToken",
              "bareForkJoinTask",
              "kotlinDeferred",
              "bolts",
              "completableFuture")) {
        program(
            TaskBytes.class,
            List.of("-XX:+UseSerialGC", "-XX:MarkSweepDeadRatio=0", "-Xms2g", "-Xmx2g"),
            variant,
            mode == Mode.SMOKE ? "1000" : "1000000");
      }
    }
    if (wants("Lateness")) {
      for (String pending : List.of("0", mode == Mode.SMOKE ? "1000" : "1000000")) {
        for (String variant : List.of("floor", "desist", "executor")) {
          if (!variant.equals("floor") || pending.equals("0")) {
            program(
                Lateness.class,
                List.of("-Xms2g", "-Xmx2g"),
                variant,
                mode == Mode.SMOKE ? "20" : "4000",
                pending);
          }
        }
      }
    }
    if (wants("SpinShare")) {
      program(SpinShare.class, List.of(), mode == Mode.FULL ? "100" : "10");
    }
    if (wants("QueryScale")) {
      for (String query : List.of("sum", "sort", "group")) {
        program(
            QueryScale.class,
            mode == Mode.FULL ? List.of("-Xms12g", "-Xmx12g") : List.of("-Xms3g", "-Xmx3g"),
            query,
            mode.ofPrograms("10000", "1000000", "100000000"));
      }
    }
    if (wants("CancelLatency")) {
      program(
          CancelLatency.class, List.of("-Xms2g", "-Xmx2g"), mode.ofPrograms("1", "100", "1000"));
    }
    if (wants("Skew")) {
      program(
          Skew.class,
          List.of(),
          mode.ofPrograms("1000", "10000", "100000"),
          mode.ofPrograms("1", "3", "9"));
    }
    if (wants("ManyWaits") && HAS_VIRTUAL_THREADS) {
      for (String variant : List.of("floor", "desist", "desistLatch", "desistSleep")) {
        program(
            ManyWaits.class,
            List.of("-Xms2g", "-Xmx2g"),
            variant,
            mode == Mode.SMOKE ? "1000" : "100000");
      }
    }
  }

  private void measure(Item item, String methods, int forks) throws RunnerException, IOException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^desist\\.benchmarks\\." + item.classes() + "Benchmark\\." + methods + "$")
            .forks(forks)
            .warmupIterations(mode.warmups)
            .warmupTime(TimeValue.milliseconds((long) mode.millis * item.patience()))
            .measurementIterations(mode.iterations)
            .measurementTime(TimeValue.milliseconds(mode.millis))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (!item.param.isEmpty()) {
      options.param(item.param, item.values);
    }
    Collection<RunResult> measured;
    try {
      measured = new Runner(options.build()).run();
    } catch (org.openjdk.jmh.runner.NoBenchmarksException e) {
      return; // an item without peers
    }
    for (RunResult result : measured) {
      results.add(result);
      add(figure(item.name, result));
    }
    ResultFormatFactory.getInstance(
            ResultFormatType.JSON, directory.resolve(item.name + ".json").toString())
        .writeOut(results);
  }

  private static Figures figure(String item, RunResult result) {
    List<Double> all = new ArrayList<>();
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      List<Double> scores = new ArrayList<>();
      for (IterationResult iteration : fork.getIterationResults()) {
        scores.add(iteration.getPrimaryResult().getScore());
      }
      all.addAll(scores);
      double median = median(scores);
      low = Math.min(low, median);
      high = Math.max(high, median);
    }
    List<String> params = new ArrayList<>();
    for (String key : result.getParams().getParamsKeys()) {
      params.add(key + "=" + result.getParams().getParam(key));
    }
    String name = result.getParams().getBenchmark();
    String variant = name.substring(name.lastIndexOf('.') + 1);
    return new Figures(item, String.join(",", params), variant, median(all), low, high);
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private void program(Class<?> main, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        add(Figures.parse(line));
      }
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(main.getName() + " failed: " + process.exitValue());
    }
  }

  private void add(Figures figure) {
    figures.add(figure);
    System.out.println(figure.line());
    StringBuilder text = new StringBuilder("# item, parameters, variant, median, low, high\n");
    figures.forEach(f -> text.append(f.line()).append('\n'));
    try {
      Files.writeString(directory.resolve("figures.tsv"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the figures were taken on. */
  private String machine() throws IOException {
    String processor = System.getProperty("os.arch");
    Path info = Path.of("/proc/cpuinfo");
    if (Files.exists(info)) {
      for (String line : Files.readAllLines(info)) {
        if (line.startsWith("model name")) {
          processor = line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    String memory = "";
    Path total = Path.of("/proc/meminfo");
    if (Files.exists(total)) {
      String kilobytes = Files.readAllLines(total).get(0).replaceAll("\\D", "");
      memory = ", " + Math.round(Long.parseLong(kilobytes) / 1048576.0) + " GiB of memory";
    }
    return String.format(
        "%s, %d processors%s%n%s %s%n%s %s%nmode %s: %d forks (peers %d), each %d + %d iterations"
            + " of %d ms%n",
        processor,
        Runtime.getRuntime().availableProcessors(),
        memory,
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"),
        mode.name().toLowerCase(java.util.Locale.ROOT),
        mode.ourForks,
        mode.peerForks,
        mode.warmups,
        mode.iterations,
        mode.millis);
  }

  public static void main(String[] args) throws Exception {
    if (args.length < 2) {
      throw new IllegalArgumentException("usage: Suite smoke|quick|full DIRECTORY [ITEM...]");
    }
    Mode mode = Mode.valueOf(args[0].toUpperCase(java.util.Locale.ROOT));
    List<String> wanted = Arrays.asList(args).subList(2, args.length);
    for (String item : wanted) {
      if (!Pattern.matches(PROGRAMS, item) && ITEMS.stream().noneMatch(i -> i.name.equals(item))) {
        throw new IllegalArgumentException("no such item: " + item);
      }
    }
    new Suite(mode, Path.of(args[1]), wanted).run();
  }
}
