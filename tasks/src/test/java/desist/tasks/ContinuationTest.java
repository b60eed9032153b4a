// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static desist.tasks.TaskContinuationOptions.ATTACHED_TO_PARENT;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskContinuationOptions.HIDE_SCHEDULER;
import static desist.tasks.TaskContinuationOptions.LAZY_CANCELLATION;
import static desist.tasks.TaskContinuationOptions.LONG_RUNNING;
import static desist.tasks.TaskContinuationOptions.NOT_ON_CANCELED;
import static desist.tasks.TaskContinuationOptions.NOT_ON_FAULTED;
import static desist.tasks.TaskContinuationOptions.NOT_ON_RAN_TO_COMPLETION;
import static desist.tasks.TaskContinuationOptions.ONLY_ON_CANCELED;
import static desist.tasks.TaskContinuationOptions.ONLY_ON_FAULTED;
import static desist.tasks.TaskContinuationOptions.ONLY_ON_RAN_TO_COMPLETION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ContinuationTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final TaskCompletionSource<Integer> promise = new TaskCompletionSource<>();
  private final Task<Integer> task = promise.task();
  private final ManualScheduler scheduler = new ManualScheduler();
  private final List<String> said = new ArrayList<>();

  @Test
  void optionsTieItToHowTheAntecedentEnded() throws Exception {
    Map<TaskContinuationOptions, String> expected =
        Map.of(
            NOT_ON_RAN_TO_COMPLETION, "-cf",
            NOT_ON_CANCELED, "r-f",
            NOT_ON_FAULTED, "rc-",
            ONLY_ON_RAN_TO_COMPLETION, "r--",
            ONLY_ON_CANCELED, "-c-",
            ONLY_ON_FAULTED, "--f");
    Task<Integer> canceled = Task.promise(0);
    canceled.trySetCanceled(CancellationToken.none(), null);
    List<Task<Integer>> ends =
        List.of(Task.fromResult(1), canceled, Task.fromException(new IllegalArgumentException()));

    for (TaskContinuationOptions option : expected.keySet()) {
      StringBuilder ran = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        Task<?> next = ends.get(i).continueWith(t -> 1, option, EXECUTE_SYNCHRONOUSLY);
        ran.append(next.isCompletedSuccessfully() ? "rcf".charAt(i) : '-');
        assertThat(next.isCanceled()).isNotEqualTo(next.isCompletedSuccessfully());
      }
      assertThat(ran.toString()).as("%s", option).isEqualTo(expected.get(option));
    }
  }

  @Test
  void aMismatchCancelsItAtOnceWithItsOwnToken() {
    Task<Integer> next = task.continueWith(t -> 1, source.token(), scheduler, ONLY_ON_FAULTED);

    promise.setResult(1);

    assertThat(next.isCanceled()).isTrue();
    assertThat(scheduler.calls).isEmpty();
    assertThat(catchThrowable(next::await))
        .isInstanceOfSatisfying(
            TaskCanceledException.class, e -> assertThat(e.token()).isSameAs(source.token()));
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void itsTokenCancelsItWithoutTheAntecedent() {
    Task<Integer> next = task.continueWith(t -> 1, source.token());

    source.cancel();

    assertThat(next.isCanceled()).isTrue();
    assertThat(task.isCompleted()).isFalse();
    assertThat(task.hookCount()).isZero();
  }

  @Test
  void aTokenThatIsCanceledAlreadyCancelsItAtOnce() {
    source.cancel();

    assertThat(task.continueWith(t -> 1, source.token()).isCanceled()).isTrue();
    assertThat(task.hookCount()).isZero();
  }

  @Test
  void aLazyOneWaitsForItsAntecedent() {
    Task<Integer> next =
        task.continueWith(t -> 1, source.token(), LAZY_CANCELLATION, EXECUTE_SYNCHRONOUSLY);

    source.cancel();
    assertThat(next.status()).isEqualTo(TaskStatus.WAITING_FOR_ACTIVATION);

    promise.setResult(1);
    assertThat(next.isCanceled()).isTrue();
  }

  @Test
  void canceledWhenQueuedItAsksItsScheduler() {
    Task<Integer> next = task.continueWith(t -> 1, source.token(), scheduler);
    promise.setResult(1);
    assertThat(next.status()).isEqualTo(TaskStatus.WAITING_TO_RUN);

    source.cancel();
    assertThat(scheduler.calls).containsExactly("queue", "dequeue");
    scheduler.runAll();

    assertThat(next.isCanceled()).isTrue();
  }

  @Test
  void asynchronousOnesAreQueuedBeforeSynchronousOnesRunInOrder() {
    task.continueWithAction(
        t -> said.add("first " + scheduler.calls.size()), EXECUTE_SYNCHRONOUSLY);
    task.continueWithAction(t -> said.add("queued"), scheduler);
    task.continueWithAction(t -> said.add("second"), EXECUTE_SYNCHRONOUSLY);

    promise.setResult(1);

    assertThat(said).containsExactly("first 1", "second");
  }

  @Test
  void aChainRunsDepthFirst() {
    Task<?> first =
        task.continueWithAction(
            t -> {
              said.add("1");
              t.continueWithAction(u -> said.add("1 added"), EXECUTE_SYNCHRONOUSLY);
            },
            EXECUTE_SYNCHRONOUSLY);
    task.continueWithAction(t -> said.add("2"), EXECUTE_SYNCHRONOUSLY);
    first.continueWithAction(t -> said.add("1.1"), EXECUTE_SYNCHRONOUSLY);

    promise.setResult(1);

    assertThat(said).containsExactly("1", "1 added", "1.1", "2");
  }

  @Test
  void whatABodySetsIsContinuedInsideThatBody() {
    TaskCompletionSource<Integer> inner = new TaskCompletionSource<>();
    inner.task().continueWithAction(t -> said.add("inner"), EXECUTE_SYNCHRONOUSLY);
    task.continueWithAction(
        t -> {
          inner.setResult(1);
          said.add("after");
        },
        EXECUTE_SYNCHRONOUSLY);

    promise.setResult(1);

    assertThat(said).containsExactly("inner", "after");
  }

  @Test
  void oneThatThrowsDoesNotStopTheOthers() {
    task.continueWithAction(
        t -> {
          throw new AssertionError();
        },
        EXECUTE_SYNCHRONOUSLY);
    task.continueWithAction(t -> said.add("other"), EXECUTE_SYNCHRONOUSLY);

    promise.setResult(1);

    assertThat(said).containsExactly("other");
  }

  @Test
  void onATaskThatHasEndedItRunsInsideTheCall() {
    promise.setResult(1);

    Task<Thread> next = task.continueWith(t -> Thread.currentThread(), EXECUTE_SYNCHRONOUSLY);

    assertThat(next.resultNow()).isSameAs(Thread.currentThread());
  }

  @Test
  void aSchedulerThatFailsFaultsItAndNothingElse() {
    scheduler.failure = new RejectedExecutionException("full");
    Task<Integer> queued = task.continueWith(t -> 1, scheduler);
    ManualScheduler other = new ManualScheduler();
    other.inlineFailure = new IllegalArgumentException();
    Task<Integer> inline = task.continueWith(t -> 1, other, EXECUTE_SYNCHRONOUSLY);

    promise.setResult(1);

    assertThat(queued.exception()).hasCauseInstanceOf(TaskSchedulerException.class);
    assertThat(inline.exception()).hasCauseInstanceOf(TaskSchedulerException.class);
  }

  @Test
  void aRefusedSynchronousOneIsQueued() {
    task.continueWith(t -> 1, scheduler, EXECUTE_SYNCHRONOUSLY);

    promise.setResult(1);

    assertThat(scheduler.calls).containsExactly("inline", "queue");
  }

  @Test
  void itGetsAntecedentAndState() throws Exception {
    Task<String> next = task.continueWithState("s", (t, s) -> s + t.resultNow());

    promise.setResult(1);

    assertThat(next.result()).isEqualTo("s1");
    assertThat(next.asyncState()).isEqualTo("s");
  }

  @Test
  void itsCurrentSchedulerIsItsOwnUnlessHidden() {
    Task<TaskScheduler> open = task.continueWith(t -> TaskScheduler.current(), scheduler);
    Task<TaskScheduler> hidden =
        task.continueWith(t -> TaskScheduler.current(), scheduler, HIDE_SCHEDULER);

    promise.setResult(1);
    scheduler.runAll();

    assertThat(open.resultNow()).isSameAs(scheduler);
    assertThat(hidden.resultNow()).isSameAs(TaskScheduler.defaultScheduler());
  }

  @Test
  void creationOptionsShowWhatIsOfTheTask() {
    assertThat(
            task.continueWith(t -> 1, ATTACHED_TO_PARENT, LAZY_CANCELLATION, EXECUTE_SYNCHRONOUSLY)
                .creationOptions())
        .isEqualTo(Set.of(TaskCreationOptions.ATTACHED_TO_PARENT));
  }

  @Test
  void optionsThatExcludeEachOtherAreRefused() {
    assertThatThrownBy(() -> task.continueWith(t -> 1, EXECUTE_SYNCHRONOUSLY, LONG_RUNNING))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> task.continueWith(t -> 1, ONLY_ON_CANCELED, NOT_ON_CANCELED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneThatReadsTheResultOfACanceledAntecedentFaults() {
    Task<Integer> next = task.continueWith(Task::result, EXECUTE_SYNCHRONOUSLY);

    promise.setCanceled();

    assertThat(next.exception()).hasCauseInstanceOf(AggregateException.class);
  }
}
