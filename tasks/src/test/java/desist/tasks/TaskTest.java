// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a task is, the ready-made ones, and those that stand for others. */
class TaskTest {
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void anIdIsGivenWhenItIsFirstAskedFor() {
    Task<Integer> first = new Task<>(() -> 1);
    Task<Integer> second = new Task<>(() -> 1);

    assertThat(second.id()).isLessThan(first.id()).isEqualTo(second.id()).isNotZero();
  }

  @Test
  void onlyATaskThatHasEndedIsClosed() {
    Task<Integer> task = new Task<>(() -> 1, source.token());
    assertThatThrownBy(task::close).isInstanceOf(IllegalStateException.class);
    source.cancel();

    task.close();
    task.close();

    assertThat(task.isCanceled()).isTrue();
    assertThatThrownBy(task::asyncWaitHandle).isInstanceOf(ObjectDisposedException.class);
  }

  @Test
  void theCompletedTaskIsNeverClosed() {
    Task.completedTask().close();

    assertThat(Task.completedTask().asyncWaitHandle()).isNotNull();
  }

  @Test
  void aCanceledTaskNeedsACanceledToken() {
    assertThatThrownBy(() -> Task.fromCanceled(source.token()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Task.fromCanceled(CancellationToken.canceled()).isCanceled()).isTrue();
  }

  @Test
  void eachReadingOfTheExceptionIsAnother() {
    Task<Integer> task = Task.fromException(new IllegalArgumentException());

    assertThat(task.exception()).isNotSameAs(task.exception());
    assertThat(task.exception().getCause()).isSameAs(task.exception().getCause());
  }

  @Test
  void awaitThrowsTheFirstOfSeveralFaults() {
    TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
    IllegalArgumentException first = new IllegalArgumentException("1");
    promise.setException(List.of(first, new IllegalArgumentException("2")));

    assertThat(catchThrowable(() -> promise.task().await())).isSameAs(first);
  }

  @Test
  void runAsyncEndsAsTheInnerTaskDoes() throws Exception {
    TaskCompletionSource<Integer> inner = new TaskCompletionSource<>();
    Task<Integer> whole = Task.runAsync(inner::task);
    assertThat(whole.status()).isEqualTo(TaskStatus.WAITING_FOR_ACTIVATION);

    inner.setResult(5);

    assertThat(whole.result()).isEqualTo(5);
  }

  @Test
  void anyCancellationThatTheBodyOfRunAsyncThrowsCancelsIt() throws Exception {
    OperationCanceledException thrown = new OperationCanceledException(source.token());
    Task<Integer> whole =
        Task.runAsync(
            () -> {
              throw thrown;
            });

    Task.waitAny(whole);

    assertThat(whole.isCanceled()).isTrue();
    assertThat(catchThrowable(whole::await)).isSameAs(thrown);
  }

  @Test
  void runAsyncWithoutAnInnerTaskIsCanceled() throws Exception {
    Task<Integer> whole = Task.runAsync(() -> null);

    Task.waitAny(whole);

    assertThat(whole.isCanceled()).isTrue();
  }

  @Test
  void runAsyncWithACanceledTokenIsCanceledAtOnce() {
    source.cancel();

    assertThat(Task.runAsync(() -> Task.fromResult(1), source.token()).isCanceled()).isTrue();
  }

  @Test
  void runDeniesChildren() {
    assertThat(Task.run(() -> 1).creationOptions())
        .containsExactly(TaskCreationOptions.DENY_CHILD_ATTACH);
  }
}
