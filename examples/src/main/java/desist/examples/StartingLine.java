// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.threading.ManualResetEventSlim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Three runners wait for the start with one token. S starts them all; any other key calls the race
 * off, which each of them catches and tells.
 */
public final class StartingLine {
  private StartingLine() {}

  public static void main(String[] args) throws InterruptedException {
    try (var start = new ManualResetEventSlim();
        var source = new CancellationTokenSource(Duration.ofSeconds(20))) {
      List<Thread> runners = new ArrayList<>();
      for (String name : List.of("Ada", "Grace", "Barbara")) {
        Thread runner = new Thread(() -> tell(name, start, source.token()), name);
        runner.start();
        runners.add(runner);
      }
      System.out.println("on your marks");
      Keys.onPress(key -> obey(key, start, source));
      for (Thread runner : runners) {
        runner.join();
      }
    }
  }

  private static void obey(int key, ManualResetEventSlim start, CancellationTokenSource source) {
    if (key == 's') {
      start.set();
    } else {
      source.tryCancel();
    }
  }

  private static void tell(String name, ManualResetEventSlim start, CancellationToken token) {
    try {
      System.out.println(name + " " + await(start, token));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns what a runner does. */
  static String await(ManualResetEventSlim start, CancellationToken token)
      throws InterruptedException {
    // snippet: start
    try {
      start.await(token);
      return "runs";
    } catch (OperationCanceledException e) {
      return "walks home: " + e.getMessage();
    }
    // end
  }
}
