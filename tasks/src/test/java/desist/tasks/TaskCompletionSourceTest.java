// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskCompletionSourceTest {
  private final TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
  private final CancellationTokenSource cancellation = new CancellationTokenSource();

  @Test
  void theFirstToEndItWins() {
    assertThat(source.trySetResult(1)).isTrue();

    assertThat(source.trySetCanceled()).isFalse();
    assertThat(source.trySetException(new IllegalArgumentException())).isFalse();
    assertThatThrownBy(() -> source.setResult(2)).isInstanceOf(IllegalStateException.class);
    assertThat(source.task().resultNow()).isEqualTo(1);
  }

  @Test
  void anyTokenIsKept() {
    source.setCanceled(cancellation.token());

    assertThat(catchThrowable(() -> source.task().await()))
        .isInstanceOfSatisfying(
            TaskCanceledException.class, e -> assertThat(e.token()).isSameAs(cancellation.token()));
  }

  @Test
  void aCancellationGivenAsAnExceptionIsAFault() {
    source.setException(new OperationCanceledException());

    assertThat(source.task().status()).isEqualTo(TaskStatus.FAULTED);
  }

  @Test
  void argumentsAreCheckedAlsoWhenTheTaskHasEnded() {
    source.setResult(1);

    assertThatThrownBy(() -> source.trySetException(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> source.trySetException((Throwable) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> source.trySetFromTask(new TaskCompletionSource<Integer>().task()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyOptionsThatNeedNoBodyAreAllowed() {
    assertThatThrownBy(() -> new TaskCompletionSource<>(TaskCreationOptions.LONG_RUNNING))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStateIsTheTasks() {
    assertThat(TaskCompletionSource.withState("state").task().asyncState()).isEqualTo("state");
  }

  @Test
  void synchronousContinuationsRunInsideTheCallUnlessTheOptionSaysOtherwise() throws Exception {
    TaskCompletionSource<Integer> apart =
        new TaskCompletionSource<>(TaskCreationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY);
    Task<Thread> inside = synchronously(source.task());
    Task<Thread> outside = synchronously(apart.task());

    source.setResult(1);
    apart.setResult(1);

    assertThat(inside.resultNow()).isSameAs(Thread.currentThread());
    assertThat(outside.result()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void anotherTasksEndIsTakenOver() {
    OperationCanceledException thrown = new OperationCanceledException(cancellation.token());
    Task<Integer> canceled = Task.promise(0);
    canceled.trySetCanceled(cancellation.token(), thrown);

    source.setFromTask(canceled);

    assertThat(catchThrowable(() -> source.task().await())).isSameAs(thrown);
  }

  @Test
  void whatAContinuationThrowsDoesNotReachTheCall() {
    Task<Integer> next =
        source
            .task()
            .continueWith(
                t -> {
                  throw new IllegalArgumentException();
                },
                TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);

    source.setResult(1);

    assertThat(next.isFaulted()).isTrue();
  }

  private static Task<Thread> synchronously(Task<?> task) {
    return task.continueWith(
        t -> Thread.currentThread(), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
  }
}
