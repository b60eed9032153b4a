// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Continuations of several tasks, made by a factory. */
class ContinueWhenTest {
  private static final TaskContinuationOptions SYNCHRONOUSLY =
      TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;

  private final TaskCompletionSource<Integer> first = new TaskCompletionSource<>();
  private final TaskCompletionSource<Integer> second = new TaskCompletionSource<>();
  private final List<Task<Integer>> tasks = List.of(first.task(), second.task());
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final TaskFactory factory = Task.factory();

  @Test
  void ofAllItRunsInsideTheEndOfTheLast() {
    Task<Thread> next =
        factory.continueWhenAll(tasks, all -> Thread.currentThread(), SYNCHRONOUSLY);
    first.setResult(1);
    assertThat(next.status()).isEqualTo(TaskStatus.WAITING_FOR_ACTIVATION);

    second.setResult(2);

    assertThat(next.resultNow()).isSameAs(Thread.currentThread());
  }

  @Test
  void ofAnyItRunsInsideTheEndOfTheFirst() {
    Task<Task<Integer>> next = factory.continueWhenAny(tasks, any -> any, SYNCHRONOUSLY);

    second.setCanceled();

    assertThat(next.resultNow()).isSameAs(second.task());
    assertThat(first.task().hookCount()).isZero();
  }

  @Test
  void itIsGivenTheTasksInTheirOrderHoweverTheyEnd() throws Exception {
    Task<List<Task<Integer>>> next = factory.continueWhenAll(tasks, all -> all);

    second.setException(new IOException());
    first.setCanceled();

    assertThat(next.result()).containsExactlyElementsOf(tasks);
  }

  @Test
  void whatItIsGivenIsACopy() throws Exception {
    Task<?>[] array = {first.task(), second.task()};
    Task<Object> next = factory.continueWhenAll(array, all -> all.get(0));
    array[0] = null;

    first.setResult(1);
    second.setResult(1);

    assertThat(next.result()).isSameAs(first.task());
  }

  @Test
  void itRunsInTheCallIfTheyHaveEnded() {
    List<Task<Integer>> ended = List.of(Task.fromResult(1), Task.fromResult(2));

    assertThat(factory.continueWhenAll(ended, List::size, SYNCHRONOUSLY).resultNow()).isEqualTo(2);
    assertThat(factory.continueWhenAny(ended, Task::resultNow, SYNCHRONOUSLY).resultNow())
        .isEqualTo(1);
  }

  @Test
  void aTaskGivenTwiceCountsTwice() {
    Task<Integer> next =
        factory.continueWhenAll(List.of(first.task(), first.task()), List::size, SYNCHRONOUSLY);

    first.setResult(1);

    assertThat(next.resultNow()).isEqualTo(2);
  }

  @Test
  void aCanceledTokenCancelsItAtOnceAndNothingIsRegistered() {
    source.cancel();

    assertThat(factory.continueWhenAll(tasks, List::size, source.token()).isCanceled()).isTrue();
    assertThat(factory.continueWhenAny(tasks, Task::result, source.token()).isCanceled()).isTrue();
    assertThat(first.task().hookCount()).isZero();
  }

  @Test
  void theTokenCancelsItWhileItWaitsAndNothingIsLeftOnTheTasks() {
    Task<Integer> all = factory.continueWhenAll(tasks, List::size, source.token());
    Task<Integer> any = factory.continueWhenAny(tasks, Task::result, source.token());
    assertThat(first.task().hookCount()).isEqualTo(2);
    IOException reason = new IOException();

    source.cancelBecause(reason);

    assertThat(first.task().hookCount() + second.task().hookCount()).isZero();
    assertThat(any.isCanceled()).isTrue();
    assertThat(catchThrowable(all::await))
        .isInstanceOf(TaskCanceledException.class)
        .hasCause(reason);
  }

  @Test
  void onceItHasRunNothingIsLeftOnTheToken() {
    factory.continueWhenAny(tasks, Task::result, source.token(), Runnable::run);
    assertThat(source.registrationCount()).isEqualTo(1);

    first.setResult(1);

    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void lazyItIsCanceledAtItsTurn() {
    Task<Integer> next =
        factory.continueWhenAll(
            tasks,
            List::size,
            source.token(),
            TaskScheduler.defaultScheduler(),
            TaskContinuationOptions.LAZY_CANCELLATION,
            SYNCHRONOUSLY);
    source.cancel();
    first.setResult(1);
    assertThat(next.isCompleted()).isFalse();

    second.setResult(2);

    assertThat(next.isCanceled()).isTrue();
  }

  @Test
  void theSchedulerIsAskedToGiveItBack() {
    ManualScheduler scheduler = new ManualScheduler();
    Task<Integer> next = factory.continueWhenAny(tasks, Task::result, source.token(), scheduler);
    first.setResult(1);
    assertThat(next.status()).isEqualTo(TaskStatus.WAITING_TO_RUN);

    source.cancel();

    assertThat(scheduler.calls).containsExactly("queue", "dequeue");
    scheduler.runAll();
    assertThat(next.isCanceled()).isTrue();
  }

  @Test
  void whatTheFactoryHasIsUsedAndReplaced() throws Exception {
    source.cancel();
    ManualScheduler scheduler = new ManualScheduler();
    TaskFactory ours =
        new TaskFactory(source.token(), Set.of(), EnumSet.of(SYNCHRONOUSLY), scheduler);

    assertThat(ours.continueWhenAll(tasks, List::size).isCanceled()).isTrue();
    ours.continueWhenAll(tasks, List::size, CancellationToken.none());
    ours.continueWhenAll(tasks, List::size, CancellationToken.none(), Runnable::run);
    first.setResult(1);
    second.setResult(2);
    assertThat(scheduler.calls).containsExactly("inline", "queue");
  }

  @Test
  void attachedItIsAChildOfTheTaskThatMakesIt() {
    ManualScheduler scheduler = new ManualScheduler();
    Task<Void> parent =
        Task.ofAction(
            () ->
                factory.continueWhenAllAction(
                    tasks,
                    all -> {
                      throw new IOException();
                    },
                    CancellationToken.none(),
                    TaskScheduler.defaultScheduler(),
                    TaskContinuationOptions.ATTACHED_TO_PARENT,
                    SYNCHRONOUSLY));
    parent.start(scheduler);
    scheduler.runAll();
    first.setResult(1);
    assertThat(parent.status()).isEqualTo(TaskStatus.WAITING_FOR_CHILDREN_TO_COMPLETE);

    second.setResult(2);

    assertThat(parent.isFaulted()).isTrue();
  }

  @Test
  void everyFormTakesEveryKindOfFunction() throws Exception {
    Task<Integer>[] array = array(Task.fromResult(1), Task.fromResult(2));
    CancellationToken token = source.token();

    Task<Integer> lambda = factory.continueWhenAll(array, all -> all.get(0).result());
    Task<Integer> block =
        factory.continueWhenAll(
            array,
            all -> {
              return all.size();
            },
            token);
    Task<Integer> reference = factory.continueWhenAll(array, List::size, token, Runnable::run);
    Task<Integer> any = factory.continueWhenAny(array, one -> one.result());
    Task<Integer> anyReference = factory.continueWhenAny(array, Task::result, token);
    Task<Integer> anyBlock =
        factory.continueWhenAny(
            array,
            one -> {
              return one.result();
            },
            token,
            Runnable::run,
            SYNCHRONOUSLY);
    Task<Void> action = factory.continueWhenAllAction(array, all -> all.get(0).join());
    Task<Void> actionReference = factory.continueWhenAllAction(array, Task::waitAll, token);
    Task<Void> anyAction =
        factory.continueWhenAnyAction(
            array,
            one -> {
              one.join();
            });
    Task<Void> anyActionReference =
        factory.continueWhenAnyAction(Arrays.asList(array), Task::join, token, Runnable::run);

    Task.waitAll(lambda, block, reference, any, anyReference, anyBlock);
    Task.waitAll(action, actionReference, anyAction, anyActionReference);
    assertThat(lambda.result() + block.result() + reference.result()).isEqualTo(5);
  }

  @Test
  void argumentsAreCheckedBeforeTheToken() {
    source.cancel();
    CancellationToken token = source.token();

    assertThatThrownBy(() -> factory.continueWhenAll(List.<Task<Integer>>of(), List::size, token))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> factory.continueWhenAny(Arrays.asList((Task<Integer>) null), Task::result, token))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> factory.continueWhenAll((List<Task<Integer>>) null, List::size, token))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> factory.continueWhenAllAction(tasks, null, token))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> factory.continueWhenAny(tasks, null, token))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> factory.continueWhenAny(tasks, Task::result, token, null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void optionsAboutHowOneTaskEndedAreRefused() {
    for (TaskContinuationOptions option :
        List.of(
            TaskContinuationOptions.NOT_ON_FAULTED,
            TaskContinuationOptions.ONLY_ON_CANCELED,
            TaskContinuationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY)) {
      assertThatThrownBy(() -> factory.continueWhenAll(tasks, List::size, option))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () ->
                factory.continueWhenAny(
                    tasks, Task::result, TaskContinuationOptions.LONG_RUNNING, SYNCHRONOUSLY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @SuppressWarnings("unchecked")
  private static <T> Task<T>[] array(Task<T> one, Task<T> other) {
    return (Task<T>[]) new Task<?>[] {one, other};
  }
}
