// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Every method that takes a function takes a lambda, a block lambda and a method reference. */
class UsageTest {
  private final CancellationToken token = new CancellationTokenSource().token();
  private final ExecutorService executor = ForkJoinPool.commonPool();

  @Test
  void bodiesWithAResult() throws Exception {
    Task<Integer> lambda = Task.run(() -> 1);
    Task<Integer> block =
        Task.run(
            () -> {
              return 2;
            },
            token);
    Task<Integer> reference = Task.run(UsageTest::one);
    Task<Integer> made = new Task<>(() -> 1, token, TaskCreationOptions.LONG_RUNNING);
    made.start(executor);
    Task<Integer> started = Task.factory().startNew(UsageTest::one, token, executor);
    Task<String> withState = Task.factory().startNewWithState(1, i -> "" + i, token);
    Task<String> stated = Task.withState(1, String::valueOf);
    stated.runSynchronously();

    assertThat(lambda.result() + block.result() + reference.result()).isEqualTo(4);
    assertThat(made.result() + started.result()).isEqualTo(2);
    assertThat(withState.result()).isEqualTo(stated.result());
  }

  @Test
  void bodiesWithoutAResult() throws Exception {
    Task<Void> lambda = Task.runAction(() -> Thread.sleep(0));
    Task<Void> block =
        Task.runAction(
            () -> {
              throw new IllegalArgumentException();
            },
            token);
    Task<Void> reference = Task.runAction(Thread::yield);
    Task<Void> made = Task.ofAction(Thread::yield);
    made.start();
    Task<Void> started = Task.factory().startNewAction(() -> {}, token);

    Task.waitAll(lambda, reference, made, started);
    Task.waitAny(block);
    assertThat(block.isFaulted()).isTrue();
  }

  @Test
  void bodiesThatGiveATask() throws Exception {
    Task<Integer> lambda = Task.runAsync(() -> Task.run(() -> 1));
    Task<Integer> block =
        Task.runAsync(
            () -> {
              return Task.fromResult(2);
            },
            token);
    Task<Integer> reference = Task.runAsync(UsageTest::later);

    assertThat(lambda.result() + block.result() + reference.result()).isEqualTo(4);
  }

  @Test
  void continuations() throws Exception {
    Task<Integer> first = Task.run(UsageTest::one);
    Task<Integer> lambda = first.continueWith(t -> t.result() + 1);
    Task<Integer> block =
        first.continueWith(
            t -> {
              return t.result() + 1;
            },
            token,
            executor,
            TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    Task<Integer> reference = first.continueWith(Task::result, executor);
    Task<Void> action = first.continueWithAction(t -> t.result());
    Task<Void> actionReference = first.continueWithAction(Task::join, token);
    Task<Integer> state = first.continueWithState(1, (t, i) -> t.result() + i);
    TaskScheduler.defaultScheduler().execute(Thread::yield);

    Task.waitAll(action, actionReference);
    assertThat(lambda.result() + block.result() + reference.result() + state.result()).isEqualTo(7);
  }

  private static int one() {
    return 1;
  }

  private static Task<Integer> later() {
    return Task.run(UsageTest::one);
  }
}
