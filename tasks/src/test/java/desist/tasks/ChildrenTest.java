// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static desist.tasks.TaskCreationOptions.ATTACHED_TO_PARENT;
import static desist.tasks.TaskCreationOptions.DENY_CHILD_ATTACH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parents, and the tasks attached to them. */
class ChildrenTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final List<TaskCompletionSource<Integer>> children = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  @Test
  void aParentWaitsForItsChildren() throws Exception {
    Task<String> parent = parentOf(2);
    assertThat(parent.status()).isEqualTo(TaskStatus.WAITING_FOR_CHILDREN_TO_COMPLETE);

    children.get(1).setResult(1);
    assertThat(parent.isCompleted()).isFalse();
    children.get(0).setCanceled();

    assertThat(parent.resultNow()).isEqualTo("parent");
  }

  @Test
  void childrensFaultsFollowTheParentsInTheOrderOfTheirEnds() {
    IllegalArgumentException own = new IllegalArgumentException("own");
    Task<String> parent =
        ran(
            () -> {
              attach(2);
              throw own;
            });
    children.get(1).setException(new IllegalArgumentException("second"));
    children.get(0).setException(new IllegalArgumentException("first"));

    List<Throwable> all = parent.exception().innerExceptions();
    assertThat(all.get(0)).isSameAs(own);
    assertThat(all.get(1)).isInstanceOf(AggregateException.class).hasMessageContaining("second");
    assertThat(all.get(2)).isInstanceOf(AggregateException.class).hasMessageContaining("first");
  }

  @Test
  void aFaultThatWasThrownAtTheParentIsNotPassedOn() {
    Task<String> parent =
        ran(
            () -> {
              Task<?> child = failingChild();
              assertThatThrownBy(child::join).isInstanceOf(AggregateException.class);
              return "seen";
            });

    assertThat(parent.status()).isEqualTo(TaskStatus.RAN_TO_COMPLETION);
  }

  @Test
  void aFaultThatWasAwaitedIsPassedOn() {
    Task<String> parent =
        ran(
            () -> {
              Task<?> child = failingChild();
              assertThatThrownBy(child::await).isInstanceOf(IllegalArgumentException.class);
              return "seen";
            });

    assertThat(parent.exception()).hasCauseInstanceOf(AggregateException.class);
  }

  @Test
  void aCanceledParentIsFaultedByAChild() {
    Task<String> parent =
        new Task<>(
            () -> {
              attach(1);
              source.cancel();
              throw new OperationCanceledException(source.token());
            },
            source.token());
    run(parent);
    assertThat(parent.status()).isEqualTo(TaskStatus.WAITING_FOR_CHILDREN_TO_COMPLETE);

    children.get(0).setException(new IllegalArgumentException());

    assertThat(parent.status()).isEqualTo(TaskStatus.FAULTED);
    assertThat(parent.exception().innerExceptions()).hasSize(1);
  }

  @Test
  void aCanceledParentWaitsForItsChildren() {
    OperationCanceledException thrown = new OperationCanceledException(source.token());
    Task<String> parent =
        new Task<>(
            () -> {
              attach(1);
              source.cancel();
              throw thrown;
            },
            source.token());
    run(parent);

    children.get(0).setResult(1);

    assertThat(catchThrowable(parent::await)).isSameAs(thrown);
  }

  @Test
  void aParentThatDeniesItHasNoChildren() throws Exception {
    Task<Boolean> parent =
        new Task<>(
            () -> new TaskCompletionSource<>(ATTACHED_TO_PARENT).task().isCompleted(),
            DENY_CHILD_ATTACH);

    parent.runSynchronously();

    assertThat(parent.resultNow()).isFalse();
  }

  @Test
  void theParentsContinuationsRunBeforeTheChilds() {
    Task<String> parent = parentOf(1);
    children
        .get(0)
        .task()
        .continueWithAction(
            t -> said.add("child's"), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    parent.continueWithAction(
        t -> said.add("parent's"), TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);

    children.get(0).setResult(1);

    assertThat(said).containsExactly("parent's", "child's");
  }

  @Test
  void aChildMadeWithACanceledTokenHoldsNobody() {
    source.cancel();
    Task<String> parent =
        ran(
            () -> {
              new Task<>(() -> 1, source.token(), ATTACHED_TO_PARENT);
              return "parent";
            });

    assertThat(parent.isCompletedSuccessfully()).isTrue();
  }

  @Test
  void cancelingAChildThatIsNotStartedLetsTheParentEnd() {
    Task<String> parent =
        ran(
            () -> {
              new Task<>(() -> 1, source.token(), ATTACHED_TO_PARENT);
              return "parent";
            });
    assertThat(parent.isCompleted()).isFalse();

    source.cancel();

    assertThat(parent.isCompletedSuccessfully()).isTrue();
  }

  @Test
  void aChildThatItsSchedulerRefusesFaultsTheParent() {
    ManualScheduler scheduler = new ManualScheduler();
    scheduler.failure = new IllegalArgumentException();
    Task<String> parent =
        ran(
            () -> {
              assertThatThrownBy(
                      () ->
                          Task.factory()
                              .startNew(
                                  () -> 1, CancellationToken.none(), scheduler, ATTACHED_TO_PARENT))
                  .isInstanceOf(TaskSchedulerException.class);
              return "parent";
            });

    assertThat(parent.exception()).hasCauseInstanceOf(AggregateException.class);
  }

  @Test
  void attachedOutsideAnyTaskMeansNothing() throws Exception {
    assertThat(Task.factory().startNew(() -> 1, ATTACHED_TO_PARENT).result()).isEqualTo(1);
  }

  @Test
  void aHundredThousandGenerationsEndWithTheLast() {
    ManualScheduler scheduler = new ManualScheduler();
    Task<?> top = startGenerations(100_000, scheduler);

    scheduler.runAll();

    assertThat(top.status()).isEqualTo(TaskStatus.RAN_TO_COMPLETION);
  }

  /** Starts a task whose body starts the next generation, which runs when that body has ended. */
  private static Task<?> startGenerations(int count, ManualScheduler scheduler) {
    return Task.factory()
        .startNew(
            () -> count == 0 ? null : startGenerations(count - 1, scheduler),
            CancellationToken.none(),
            scheduler,
            ATTACHED_TO_PARENT);
  }

  private Task<String> parentOf(int count) {
    return ran(
        () -> {
          attach(count);
          return "parent";
        });
  }

  private void attach(int count) {
    for (int i = 0; i < count; i++) {
      children.add(new TaskCompletionSource<>(ATTACHED_TO_PARENT));
    }
  }

  private static Task<?> failingChild() {
    return Task.factory()
        .startNew(
            () -> {
              throw new IllegalArgumentException("child");
            },
            ATTACHED_TO_PARENT);
  }

  private static <T> Task<T> ran(java.util.concurrent.Callable<T> body) {
    Task<T> task = new Task<>(body);
    run(task);
    return task;
  }

  /** Runs the body here, without waiting for children as runSynchronously does. */
  private static void run(Task<?> task) {
    ManualScheduler scheduler = new ManualScheduler();
    scheduler.inlines = true;
    task.start(scheduler);
    scheduler.runAll();
  }
}
