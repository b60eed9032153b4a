// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskContinuationOptions.LONG_RUNNING;
import static desist.tasks.TaskContinuationOptions.NOT_ON_FAULTED;
import static desist.tasks.TaskCreationOptions.DENY_CHILD_ATTACH;
import static desist.tasks.TaskCreationOptions.PREFER_FAIRNESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskFactoryTest {
  private final ManualScheduler scheduler = new ManualScheduler();
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final TaskFactory factory =
      new TaskFactory(
          source.token(), Set.of(DENY_CHILD_ATTACH), Set.of(EXECUTE_SYNCHRONOUSLY), scheduler);

  @Test
  void itTellsWhatItWasGiven() {
    assertThat(factory.cancellationToken()).isSameAs(source.token());
    assertThat(factory.creationOptions()).containsExactly(DENY_CHILD_ATTACH);
    assertThat(factory.continuationOptions()).containsExactly(EXECUTE_SYNCHRONOUSLY);
    assertThat(factory.scheduler()).isSameAs(scheduler);
    assertThat(Task.factory().scheduler()).isNull();
  }

  @Test
  void itsTokenIsThatOfCallsThatAreGivenNone() {
    source.cancel();
    Task<Integer> plain = factory.startNew(() -> 1);
    Task<Integer> withOptions = factory.startNew(() -> 1, PREFER_FAIRNESS);
    Task<Integer> withNone = factory.startNew(() -> 1, CancellationToken.none());

    scheduler.runAll();

    assertThat(plain.isCanceled()).isTrue();
    assertThat(withOptions.isCanceled()).isTrue();
    assertThat(withNone.resultNow()).isEqualTo(1);
  }

  @Test
  void givenOptionsTakeThePlaceOfItsOwn() {
    assertThat(factory.startNew(() -> 1).creationOptions()).containsExactly(DENY_CHILD_ATTACH);
    assertThat(factory.startNew(() -> 1, PREFER_FAIRNESS).creationOptions())
        .containsExactly(PREFER_FAIRNESS);
    assertThat(factory.startNew(() -> 1, source.token()).creationOptions())
        .containsExactly(DENY_CHILD_ATTACH);
    assertThat(factory.startNew(() -> 1, source.token(), PREFER_FAIRNESS).creationOptions())
        .containsExactly(PREFER_FAIRNESS);
    assertThat(factory.startNew(() -> 1, source.token(), scheduler).creationOptions()).isEmpty();
  }

  @Test
  void aStateIsGivenAndTold() {
    Task<String> task = factory.startNewWithState(7, i -> "got " + i);

    scheduler.runAll();

    assertThat(task.resultNow()).isEqualTo("got 7");
    assertThat(task.asyncState()).isEqualTo(7);
  }

  @Test
  void continuationOptionsThatDoNotSuitSeveralTasksAreRefused() {
    assertThatThrownBy(() -> new TaskFactory(Set.of(), Set.of(NOT_ON_FAULTED)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TaskFactory(Set.of(), Set.of(EXECUTE_SYNCHRONOUSLY, LONG_RUNNING)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFailingSchedulerIsToldToTheCaller() {
    scheduler.failure = new IllegalArgumentException("full");

    assertThatThrownBy(() -> factory.startNew(() -> 1))
        .isInstanceOf(TaskSchedulerException.class)
        .hasCause(scheduler.failure);
  }

  @Test
  void nullBodiesAreRefusedBeforeAnythingElse() {
    source.cancel();

    assertThatThrownBy(() -> factory.startNew(null)).isInstanceOf(NullPointerException.class);
    assertThat(scheduler.calls).isEmpty();
  }
}
