// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static desist.CancellationTokenSource.createLinkedTokenSource;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskContinuationOptions.LAZY_CANCELLATION;
import static desist.tasks.TaskContinuationOptions.ONLY_ON_FAULTED;
import static desist.tasks.TaskCreationOptions.ATTACHED_TO_PARENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.Waits;
import desist.tasks.Task;
import desist.tasks.TaskCanceledException;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskFactory;
import desist.tasks.TaskStatus;
import desist.testing.CancellationExtension;
import desist.threading.CountdownEvent;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The listings of docs/guide/task-cancellation.md. */
@ExtendWith(CancellationExtension.class)
class TaskCancellationGuideTest {
  private final CountdownEvent begun = new CountdownEvent(3);
  private final Queue<String> copied = new ConcurrentLinkedQueue<>();

  // snippet: twice
  Task<Void> copyAll(List<String> files, CancellationToken token) {
    return Task.runAction(
        () -> {
          for (String file : files) {
            copy(file, token); // the body looks at this one
          }
        },
        token); // the task knows by this one that it was canceled
  }

  // end

  @Test
  void taskThatIsCanceledBeforeItsTurnDoesNothing(CancellationTokenSource source) {
    source.cancel();
    Task<Void> task = copyAll(List.of("a", "b"), source.token());
    assertThatThrownBy(task::await).isInstanceOf(TaskCanceledException.class);
    assertThat(copied).isEmpty();
  }

  @Test
  void aBodyEndsInThreeWays(CancellationTokenSource source) throws Exception {
    CancellationToken token = source.token();
    // snippet: ends
    Task<Long> returns = Task.run(() -> countUntil(token), token);
    Task<Void> tells = Task.runAction(() -> workOrThrow(token), token);
    Task<Void> forgets = Task.runAction(() -> workOrThrow(token)); // no token for the task
    begun.await(); // all three bodies are running
    source.cancel();
    // end
    Task.whenAll(returns, tells, forgets).continueWith(t -> "ended").await();
    assertThat(returns.status()).isEqualTo(TaskStatus.RAN_TO_COMPLETION);
    assertThat(tells.status()).isEqualTo(TaskStatus.CANCELED);
    assertThat(forgets.status()).isEqualTo(TaskStatus.FAULTED);
  }

  // snippet: linked
  Task<String> read(String page, Duration timeout, CancellationToken caller) {
    CancellationTokenSource either = createLinkedTokenSource(timeout, caller);
    CancellationToken token = either.token();
    Task<String> task = Task.run(() -> fetch(page, token), token);
    task.continueWithAction(t -> either.close(), EXECUTE_SYNCHRONOUSLY);
    return task;
  }

  // end

  @Test
  void taskIsGivenTheTokenThatItsBodyLooksAt(CancellationTokenSource source) throws Exception {
    Task<String> late = read("endless", Duration.ofMillis(1), source.token());
    assertThatThrownBy(late::await).isInstanceOf(OperationCanceledException.class);
    assertThat(late.isCanceled()).isTrue();
    assertThat(read("page", Duration.ofMinutes(1), source.token()).await()).isEqualTo("text");
  }

  @Test
  void parentEndsAfterItsChildren(CancellationToken token) throws Exception {
    List<String> files = List.of("a", "b", "c");
    // snippet: children
    TaskFactory factory = new TaskFactory(token); // for all that it starts
    Task<Void> parent =
        factory.startNewAction(
            () -> {
              for (String file : files) {
                factory.startNewAction(() -> copy(file, token), ATTACHED_TO_PARENT);
              }
            });
    parent.await(); // returns when all are copied
    // end
    assertThat(copied).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void canceledChildDoesNotCancelItsParent(CancellationToken token) throws Exception {
    Task<Void> parent =
        Task.factory()
            .startNewAction(
                () -> {
                  new TaskFactory(CancellationToken.canceled())
                      .startNewAction(() -> copy("a", token), ATTACHED_TO_PARENT);
                },
                token);
    parent.await();
    assertThat(copied).isEmpty();
  }

  @Test
  void continuationNeedsTheTokenToo(CancellationTokenSource source) throws Exception {
    CancellationToken token = source.token();
    Task<Void> work = Task.runAction(() -> workOrThrow(token), token);
    // snippet: continuation
    Task<String> with = work.continueWith(t -> "done: " + t.await(), token, LAZY_CANCELLATION);
    Task<String> without = work.continueWith(t -> "done: " + t.await());
    source.cancel();
    // end
    assertThatThrownBy(with::await).isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(without::await).isInstanceOf(OperationCanceledException.class);
    assertThat(with.status()).isEqualTo(TaskStatus.CANCELED);
    assertThat(without.status()).isEqualTo(TaskStatus.FAULTED);
  }

  @Test
  void conditionThatDoesNotHoldCancelsTheContinuation() throws Exception {
    Task<Void> work = Task.completedTask();
    // snippet: condition
    Task<Void> alarm = work.continueWithAction(t -> ring(t.exception()), ONLY_ON_FAULTED);
    // end
    assertThatThrownBy(alarm::join)
        .isInstanceOf(AggregateException.class)
        .hasCauseInstanceOf(TaskCanceledException.class);
  }

  @Test
  void waitThatIsCanceledLeavesTheTaskAlone(CancellationTokenSource source) {
    var promise = new TaskCompletionSource<String>();
    Task<String> task = promise.task();
    CancellationToken token = source.token();
    source.cancel();
    // snippet: wait
    assertThatThrownBy(() -> task.await(token)).isInstanceOf(OperationCanceledException.class);
    assertThat(task.isCompleted()).isFalse(); // whoever waits has gone, the work goes on
    // end
  }

  @Test
  void blockingCallIsStoppedByItsToken(CancellationTokenSource source) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    CancellationToken token = source.token();
    // snippet: interrupt
    Task<String> next = Task.run(() -> Waits.take(queue, token), token);
    // end
    source.cancel();
    assertThatThrownBy(next::await).isInstanceOf(OperationCanceledException.class);
    assertThat(next.isCanceled()).isTrue();
  }

  private long countUntil(CancellationToken token) throws InterruptedException {
    begun.signal();
    begun.await(); // as the others need a processor to begin, and there may be one only
    long n = 0;
    while (!token.isCancellationRequested()) {
      n++;
    }
    return n;
  }

  private void workOrThrow(CancellationToken token) throws InterruptedException {
    if (!begun.isSet()) {
      begun.signal();
    }
    token.awaitCancellation();
    token.throwIfCancellationRequested();
  }

  private static String fetch(String page, CancellationToken token) throws InterruptedException {
    if (page.equals("endless")) {
      token.awaitCancellation();
    }
    token.throwIfCancellationRequested();
    return "text";
  }

  private void copy(String file, CancellationToken token) {
    token.throwIfCancellationRequested();
    copied.add(file);
  }

  private static void ring(AggregateException exception) {
    throw exception;
  }
}
