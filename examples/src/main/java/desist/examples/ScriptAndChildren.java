// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.ChildProcess;
import desist.jdk.Processes;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A shell script starts two programs and waits for them. Destroyed, it leaves them running; stopped
 * by a token it takes them along.
 */
public final class ScriptAndChildren {
  private static final String SCRIPT = "sleep 1000 & sleep 1000 & wait";

  private ScriptAndChildren() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    destroy();
    cancel();
  }

  private static void destroy() throws IOException, InterruptedException {
    Process script = script().start();
    List<ProcessHandle> family = family(script);
    script.destroy();
    script.waitFor();
    tell("destroyed", family);
    family.forEach(ProcessHandle::destroyForcibly);
  }

  private static void cancel() throws IOException, InterruptedException {
    List<ProcessHandle> family = List.of();
    // snippet: script
    try (var source = new CancellationTokenSource();
        ChildProcess script = Processes.start(script(), source.token())) {
      family = family(script.process());
      Keys.onPress(key -> source.tryCancel());
      script.waitFor();
    } catch (OperationCanceledException e) {
      tell("canceled", family);
    }
    // end
  }

  private static ProcessBuilder script() {
    return new ProcessBuilder("sh", "-c", SCRIPT);
  }

  /** Returns the script and its two children, once they have been started. */
  private static List<ProcessHandle> family(Process script) {
    List<ProcessHandle> family = List.of();
    while (family.size() < 3 && script.isAlive()) {
      LockSupport.parkNanos(10_000_000);
      family = Stream.concat(Stream.of(script.toHandle()), script.descendants()).toList();
    }
    return family;
  }

  /** Counts those that have a command: what has ended may stay in the table for a while. */
  private static void tell(String what, List<ProcessHandle> family) {
    long running = family.stream().filter(member -> member.info().command().isPresent()).count();
    System.out.println(what + ": " + running + " of " + family.size() + " still run");
  }
}
