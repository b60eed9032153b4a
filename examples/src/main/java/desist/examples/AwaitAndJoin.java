// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.tasks.Task;
import desist.tasks.ThrowingRunnable;
import desist.threading.ManualResetEventSlim;

/** A task is canceled, once while its body runs and once before. What its two waits throw. */
public final class AwaitAndJoin {
  private AwaitAndJoin() {}

  public static void main(String[] args) throws Exception {
    whileItRuns();
    System.out.println();
    beforeItRuns();
  }

  private static void whileItRuns() throws Exception {
    try (var source = new CancellationTokenSource();
        var begun = new ManualResetEventSlim()) {
      CancellationToken token = source.token();
      // snippet: twice
      Task<?> task = Task.runAction(() -> work(begun, token), token);
      begun.await();
      source.cancel();
      tell("await()", task::await);
      tell("join() ", task::join);
      // end
      System.out.println("status  " + task.status());
    }
  }

  private static void beforeItRuns() throws Exception {
    CancellationToken token = CancellationToken.canceled();
    Task<?> task = Task.runAction(() -> System.out.println("does not run"), token);
    tell("await()", task::await);
    tell("join() ", task::join);
    System.out.println("status  " + task.status());
  }

  /** Works until the token is canceled, and then throws. */
  private static void work(ManualResetEventSlim begun, CancellationToken token)
      throws InterruptedException {
    begun.set();
    token.awaitCancellation();
    token.throwIfCancellationRequested();
  }

  /** Prints what the wait throws. */
  private static void tell(String name, ThrowingRunnable wait) throws Exception {
    try {
      wait.run();
      System.out.println(name + " returns");
    } catch (AggregateException e) {
      System.out.println(name + " " + e);
      e.innerExceptions().forEach(inner -> System.out.println("          holds " + inner));
    } catch (RuntimeException e) {
      System.out.println(name + " " + e);
    }
  }
}
