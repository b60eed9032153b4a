// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationTokenSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhenAnyTest {
  private final TaskCompletionSource<Integer> first = new TaskCompletionSource<>();
  private final TaskCompletionSource<Integer> second = new TaskCompletionSource<>();

  @Test
  void theFirstToEndIsTheResultHoweverItEnds() {
    Task<Task<Integer>> any = Task.whenAny(first.task(), second.task());
    assertThat(any.status()).isEqualTo(TaskStatus.WAITING_FOR_ACTIVATION);

    second.setCanceled();
    first.setResult(1);

    assertThat(any.resultNow()).isSameAs(second.task());
  }

  @Test
  void ofThoseThatHaveEndedTheFirstArgumentCounts() {
    Task<Integer> canceled = Task.fromCanceled(canceledSource().token());

    Task<Task<Integer>> any = Task.whenAny(List.of(first.task(), canceled, Task.fromResult(1)));

    assertThat(any.resultNow()).isSameAs(canceled);
  }

  @Test
  void oneTaskGivesANewOne() {
    Task<Task<Integer>> any = Task.whenAny(first.task());
    first.setResult(1);

    assertThat(any.resultNow()).isSameAs(first.task());
  }

  @Test
  void nothingIsLeftOnTheLosers() {
    Task.whenAny(first.task(), second.task());
    assertThat(first.task().hookCount()).isEqualTo(1);

    second.setResult(2);

    assertThat(first.task().hookCount()).isZero();
  }

  @Test
  void nothingIsLeftIfItIsDecidedAtTheCall() {
    Task.whenAny(first.task(), Task.completedTask(), second.task());

    assertThat(first.task().hookCount() + second.task().hookCount()).isZero();
  }

  @Test
  void nothingIsLeftBeforeTheContinuationsOfTheWinnerRun() throws Exception {
    TaskCompletionSource<Integer> winner =
        new TaskCompletionSource<>(TaskCreationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY);
    Task<Integer> hooks =
        Task.whenAny(first.task(), winner.task())
            .continueWith(
                any -> first.task().hookCount(), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);

    winner.setResult(2);

    assertThat(hooks.result()).isZero();
  }

  @Test
  void aLoopOverATaskThatLivesLongLeavesNothingOnIt() {
    for (int i = 0; i < 10_000; i++) {
      TaskCompletionSource<Integer> shortLived = new TaskCompletionSource<>();
      Task<Task<Integer>> any = Task.whenAny(first.task(), shortLived.task());
      shortLived.setResult(i);
      assertThat(any.isCompleted()).isTrue();
    }

    assertThat(first.task().hookCount()).isZero();
  }

  @Test
  void whatRacesWithTheCallLeavesNothingEither() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      TaskCompletionSource<Integer> racing = new TaskCompletionSource<>();
      TestThreads.Running<Void> ender = TestThreads.run(() -> racing.setResult(1));

      Task<Task<Integer>> any = Task.whenAny(first.task(), racing.task(), second.task());

      ender.join();
      assertThat(any.result()).isSameAs(racing.task());
      assertThat(first.task().hookCount()).isZero();
      assertThat(second.task().hookCount()).isZero();
    }
  }

  @Test
  void noTasksAndNullsAreRefused() {
    assertThatThrownBy(() -> Task.whenAny()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Task.whenAny(List.<Task<Integer>>of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Task.whenAny(Task.completedTask(), null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("tasks[1]");
  }

  private static CancellationTokenSource canceledSource() {
    CancellationTokenSource source = new CancellationTokenSource();
    source.cancel();
    return source;
  }
}
