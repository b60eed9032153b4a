// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** A process with its descendants, as far as they were found. */
final class ProcessTree {
  /*
   * Overview
   *
   * Descendants are found through their parents. When a process ends its children get another
   * parent, so they must have been found before: "members" is what was found, and only grows. Each
   * time something is sent more is looked for, from every member that still runs. What starts while
   * its last ancestor dies is not found.
   *
   * Whether the root has ended by itself is settled before anything is sent: if not, "isStopped" is
   * set, and "isTold" when all that were found first have been told. Before that nothing counts as
   * gone.
   *
   * To ask and to kill may coincide, if one takes long. There is no lock, since a handle may be a
   * user's: each does what it can with what it sees, and to kill is repeated.
   *
   * To look means to read the table of processes, so it may take milliseconds. Signals are sent by
   * ProcessHandle, which knows a process by pid and start time and does not hit another one that
   * got the pid; and not by Process, whose destroy() closes the pipes as well.
   */

  private final ProcessHandle root;
  private final Set<ProcessHandle> members = new CopyOnWriteArraySet<>(); // in this order
  private volatile boolean isStopped;
  private volatile boolean isTold;

  ProcessTree(ProcessHandle root) {
    this.root = root;
    members.add(root);
  }

  /** Asks all to end; returns false, and does nothing, if the root has ended by itself. */
  boolean terminate() {
    return tell(ProcessHandle::destroy);
  }

  /** Kills all; returns false, and does nothing, if the root has ended by itself. */
  boolean kill() {
    return tell(ProcessHandle::destroyForcibly);
  }

  /** Whether all that were told have ended. */
  boolean isGone() {
    return isTold && members.stream().noneMatch(ProcessTree::isRunning);
  }

  /** Returns those that were found and have not ended. */
  List<ProcessHandle> running() {
    return members.stream().filter(ProcessTree::isRunning).toList();
  }

  private boolean tell(Consumer<ProcessHandle> signal) {
    running().forEach(member -> members.addAll(member.descendants().toList()));
    List<ProcessHandle> running = running();
    if (!isStopped && !running.contains(root)) {
      return isStopped; // by another thread, just now
    }
    isStopped = true;
    running.forEach(signal);
    isTold = true;
    return true;
  }

  /**
   * Whether the process runs. One that has ended stays in the table until its parent has taken note
   * of that, and is alive as far as the handle can tell. Where the first process of a container
   * does not care for orphans, that is for good.
   */
  static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), ISO_8859_1);
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false; // ended just now, or not on Linux: the handle knows
    }
  }
}
