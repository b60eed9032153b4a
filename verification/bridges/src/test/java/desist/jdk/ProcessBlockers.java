// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Processes that have started others. */
final class ProcessBlockers extends BlockerGroup {
  private static final String TREE = "sleep 600 & sleep 600 & wait";
  private static final int SIZE = 3;

  ProcessBlockers() {
    ProcessOptions hasty = new ProcessOptions().withGrace(Duration.ofMillis(100));
    add("`waitFor`", "Processes.start", threads -> new Tree(TREE, new ProcessOptions()));
    add(
        "`waitFor`, and `destroy` when interrupted",
        "Processes.start",
        threads -> new DestroyedTree(TREE, new ProcessOptions()));
    add(
        "a tree that ignores TERM, 100 ms of grace",
        "Processes.start",
        threads -> new DestroyedTree("trap '' TERM; " + TREE, hasty));
  }

  /** A shell with children. */
  private static class Tree implements Blocker {
    private final ProcessBuilder builder;
    private final ProcessOptions options;
    private volatile Process process;
    private List<ProcessHandle> tree = List.of();

    Tree(String script, ProcessOptions options) {
      builder = new ProcessBuilder("sh", "-c", script);
      this.options = options;
    }

    @Override
    public final void plain() throws IOException, InterruptedException {
      process = builder.start();
      waitFor(process);
    }

    void waitFor(Process process) throws InterruptedException {
      process.waitFor();
    }

    @Override
    public final void bridged(CancellationToken token) throws IOException, InterruptedException {
      try (ChildProcess child = Processes.start(builder, options, token)) {
        process = child.process();
        child.waitFor();
      }
    }

    @Override
    public final boolean isBlocked(Thread thread) throws Exception {
      if (process == null) {
        return false;
      }
      tree = Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
      return tree.size() == SIZE && Blocker.super.isBlocked(thread);
    }

    @Override
    public final boolean goesOn() {
      return running() > 0;
    }

    @Override
    public final String left() {
      return running() == 0 ? "no process" : running() + " of " + SIZE + " processes";
    }

    private long running() {
      return tree.stream().filter(ProcessTree::isRunning).count();
    }

    @Override
    public final void close() {
      tree.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** One that is dealt with as people do. */
  private static final class DestroyedTree extends Tree {
    DestroyedTree(String script, ProcessOptions options) {
      super(script, options);
    }

    @Override
    void waitFor(Process process) throws InterruptedException {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        process.destroy();
        process.waitFor();
      }
    }
  }
}
