// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.Steps.LONG;
import static desist.Steps.isSetWithin;
import static desist.Steps.onThreadOfOurs;
import static desist.TaskSteps.currentId;

import desist.tasks.ThreadPool;
import java.util.concurrent.CountDownLatch;

/** Work items of the pool: tasks/pool. */
@Meaningless(
    id = "tasks/pool/execution-context-flows",
    about = Meaningless.About.AMBIENT_CONTEXT,
    because = "it shows which work items carry AsyncLocal values; Java has no such context")
final class ThreadPoolConformanceTest extends Conformance {
  private static final String CONTEXT = "0010-no-ambient-context.md";
  private static final String LEFT_OUT = "0031-what-tasks-leave-out.md";

  @Probe("tasks/pool/token-as-state")
  void tokenAsState(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    boolean queued =
        ThreadPool.queueUserWorkItem(
            source.token(),
            token -> {
              o.say("same token", token == source.token());
              o.say("before", token.isCancellationRequested());
              started.countDown();
              isSetWithin(token.waitHandle(), LONG);
              o.say("after", token.isCancellationRequested());
              done.countDown();
            });
    await(started);
    source.cancel();
    await(done);
    o.say("queued", queued);
  }

  /** There is no execution context that the second form could leave behind. */
  @Probe("tasks/pool/arguments")
  @Differs(
      record = CONTEXT,
      dotnet = "unsafe null: ArgumentNullException",
      ours = {})
  void arguments(Out o) {
    o.attempt("null", () -> ThreadPool.queueUserWorkItem(null));
    o.attempt("null with state", () -> ThreadPool.queueUserWorkItem(1, null));
  }

  /** A work item without a state is a {@code Runnable}. */
  @Probe("tasks/pool/thread")
  @Differs(
      record = LEFT_OUT,
      dotnet = "state=null",
      ours = {})
  void thread(Out o) {
    CountDownLatch done = new CountDownLatch(1);
    ThreadPool.queueUserWorkItem(
        () -> {
          o.say("pool", onThreadOfOurs());
          o.say("task", currentId());
          done.countDown();
        });
    await(done);
  }

  @Probe("tasks/pool/no-cancel")
  void noCancel(Out o) {
    CountDownLatch done = new CountDownLatch(1);
    ThreadPool.queueUserWorkItem(
        CancellationToken.canceled(),
        token -> {
          o.say("runs, canceled", token.isCancellationRequested());
          done.countDown();
        });
    await(done);
  }
}
