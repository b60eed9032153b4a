// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhenAllTest {
  private final TaskCompletionSource<Integer> first = new TaskCompletionSource<>();
  private final TaskCompletionSource<Integer> second = new TaskCompletionSource<>();
  private final Task<List<Integer>> all = Task.whenAll(first.task(), second.task());

  @Test
  void resultsAreInTheOrderOfTheArguments() {
    second.setResult(2);
    first.setResult(null);

    assertThat(all.resultNow()).containsExactly(null, 2);
  }

  @Test
  void resultsCannotBeChanged() {
    first.setResult(1);
    second.setResult(2);

    assertThatThrownBy(() -> all.resultNow().set(0, 3))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void nothingIsTheEndOfNothing() {
    assertThat(Task.whenAll().resultNow()).isEmpty();
    assertThat(Task.whenAll(List.<Task<Integer>>of()).resultNow()).isEmpty();
  }

  @Test
  void oneTaskGivesANewOne() {
    assertThat(Task.whenAll(first.task())).isNotSameAs(first.task());
  }

  @Test
  void theWholeEndsInsideTheEndOfTheLast() {
    first.setResult(1);
    assertThat(all.status()).isEqualTo(TaskStatus.WAITING_FOR_ACTIVATION);

    second.setCanceled();

    assertThat(all.isCanceled()).isTrue();
  }

  @Test
  void itWaitsForAllAlthoughOneHasFaulted() {
    first.setException(new IOException());

    assertThat(all.isCompleted()).isFalse();
  }

  @Test
  void faultsOfAllAreInTheOrderOfTheArguments() {
    IOException one = new IOException("one");
    IOException two = new IOException("two");
    IllegalStateException three = new IllegalStateException("three");

    second.setException(three);
    first.setException(List.of(one, two));

    assertThat(all.exception().innerExceptions()).containsExactly(one, two, three);
    assertThatThrownBy(all::await).hasCause(one);
  }

  @Test
  void aFaultGoesBeforeACancellation() {
    first.setCanceled();
    second.setException(new IllegalStateException());

    assertThat(all.isFaulted()).isTrue();
    assertThat(all.exception().innerExceptions()).hasSize(1);
  }

  @Test
  void theFirstCancellationOfTheArgumentsCountsWithItsReason() {
    CancellationTokenSource one = new CancellationTokenSource();
    CancellationTokenSource other = new CancellationTokenSource();
    IOException reason = new IOException();
    one.cancelBecause(reason);

    second.setCanceled(other.token());
    first.setCanceled(one.token());

    TaskCanceledException thrown = (TaskCanceledException) catchThrowable(all::await);
    assertThat(thrown.token()).isSameAs(one.token());
    assertThat(thrown.task()).isSameAs(all);
    assertThat(thrown).hasCause(reason);
  }

  @Test
  void theVeryExceptionOfACancellationIsPassedOn() {
    CancellationTokenSource source = new CancellationTokenSource();
    OperationCanceledException own = new OperationCanceledException(source.token());
    Task<Integer> canceled =
        Task.run(
            () -> {
              source.cancel();
              throw own;
            },
            source.token());

    assertThatThrownBy(() -> Task.whenAll(Task.fromResult(1), canceled).await()).isSameAs(own);
  }

  @Test
  void aTaskGivenTwiceFaultsTwice() {
    Task<Integer> faulted = Task.fromException(new IOException());

    assertThat(Task.whenAll(faulted, faulted).exception().innerExceptions()).hasSize(2);
  }

  @Test
  void theArrayIsCopied() {
    Task<?>[] tasks = {Task.fromResult(1), second.task()};
    Task<List<Object>> whole = Task.whenAll(tasks);
    tasks[0] = null;
    second.setResult(2);

    assertThat(whole.resultNow()).containsExactly(1, 2);
  }

  @Test
  void nullsAreRefusedAtOnce() {
    assertThatThrownBy(() -> Task.whenAll(first.task(), null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("tasks[1]");
    assertThatThrownBy(() -> Task.whenAll((List<Task<Integer>>) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("tasks");
    assertThatThrownBy(() -> Task.whenAll(Arrays.asList(first.task(), null)))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void itEndsInThePoolIfThePartsContinuationsAreToRunThere() throws Exception {
    TaskCompletionSource<Integer> part =
        new TaskCompletionSource<>(TaskCreationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY);
    Task<Thread> ending =
        Task.whenAll(part.task(), Task.fromResult(1))
            .continueWith(
                t -> Thread.currentThread(), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);

    part.setResult(1);

    assertThat(ending.result()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void aHundredThousandTasksEndTogether() throws Exception {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      int number = i;
      tasks.add(Task.run(() -> number));
    }

    assertThat(Task.whenAll(tasks).result()).hasSize(100_000).endsWith(99_999);
  }
}
