// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class WhenEachTest {
  private final TaskCompletionSource<String> a = new TaskCompletionSource<>();
  private final TaskCompletionSource<String> b = new TaskCompletionSource<>();
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void thoseThatHaveEndedComeFirstAndTheOthersInTheOrderOfTheirEnds() {
    Iterable<Task<String>> each =
        Task.whenEach(a.task(), Task.fromResult("c"), b.task(), Task.fromResult("d"));

    b.setResult("b");
    a.setResult("a");

    assertThat(each).extracting(Task::resultNow).containsExactly("c", "d", "b", "a");
  }

  @Test
  void theOrderOfEndsBetweenTwoStepsIsKept() {
    Iterator<Task<String>> each =
        Task.whenEach(List.of(a.task(), b.task(), Task.fromResult("c"))).iterator();
    assertThat(each.next().resultNow()).isEqualTo("c");

    b.setResult("b");
    a.setResult("a");

    assertThat(each.next().resultNow()).isEqualTo("b");
    assertThat(each.next().resultNow()).isEqualTo("a");
    assertThat(each.hasNext()).isFalse();
    assertThatThrownBy(each::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void howATaskHasEndedMakesNoDifference() {
    a.setException(new IOException());
    b.setCanceled();

    assertThat(Task.whenEach(a.task(), b.task())).containsExactly(a.task(), b.task());
  }

  @Test
  void aTaskGivenTwiceComesTwice() {
    Iterable<Task<String>> each = Task.whenEach(a.task(), a.task());
    a.setResult("a");

    assertThat(each).containsExactly(a.task(), a.task());
  }

  @Test
  void aStepWaitsForTheNextEnd() throws Exception {
    Iterator<Task<String>> each = Task.whenEach(a.task(), b.task()).iterator();
    TestThreads.Running<Task<String>> step = TestThreads.start(each::next).awaitBlocked();

    b.setResult("b");

    assertThat(step.join()).isSameAs(b.task());
  }

  @Test
  void betweenTwoStepsNothingIsHeld() throws Exception {
    Iterator<Task<String>> each =
        Task.whenEach(a.task(), b.task()).withCancellation(source.token()).iterator();
    assertThat(a.task().hookCount()).isZero();
    TestThreads.Running<Task<String>> step = TestThreads.start(each::next).awaitBlocked();
    assertThat(a.task().hookCount()).isEqualTo(1);
    assertThat(source.registrationCount()).isEqualTo(1);

    b.setResult("b");
    step.join();

    assertThat(a.task().hookCount()).isZero();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void theFirstIteratorGetsTheTasks() {
    TaskEnumerable<String> each = Task.whenEach(Task.fromResult("a"));

    assertThat(each.withCancellation(CancellationToken.none())).hasSize(1);
    assertThat(each).isEmpty();
    assertThat(each.withCancellation(CancellationToken.none())).isEmpty();
  }

  @Test
  void theTokenEndsAStepAlthoughATaskHasEnded() {
    Iterator<Task<String>> each =
        Task.whenEach(Task.fromResult("a")).withCancellation(source.token()).iterator();
    source.cancel();

    OperationCanceledException thrown = (OperationCanceledException) catchThrowable(each::hasNext);
    assertThat(thrown).isExactlyInstanceOf(OperationCanceledException.class);
    assertThat(thrown.token()).isSameAs(source.token());
    assertThat(each.hasNext()).as("at the end after a step that has thrown").isFalse();
  }

  @Test
  void theTokenEndsAStepThatWaitsWithItsReason() throws Exception {
    Iterator<Task<String>> each =
        Task.whenEach(a.task()).withCancellation(source.token()).iterator();
    TestThreads.Running<Throwable> step =
        TestThreads.start(() -> catchThrowable(each::hasNext)).awaitBlocked();
    IOException reason = new IOException();

    source.cancelBecause(reason);

    TaskCanceledException thrown = (TaskCanceledException) step.join();
    assertThat(thrown.token()).isSameAs(source.token());
    assertThat(thrown).hasCause(reason);
    assertThat(a.task().hookCount()).isZero();
  }

  @Test
  void theTokenIsNotLookedAtWhenNothingIsLeft() {
    source.cancel();

    assertThat(Task.whenEach(List.<Task<String>>of()).withCancellation(source.token())).isEmpty();
  }

  @Test
  void anInterruptEndsAStepThatWaitsAndIsKept() throws Exception {
    Iterator<Task<String>> each = Task.whenEach(a.task()).iterator();
    TestThreads.Running<Boolean> step =
        TestThreads.start(
            () -> {
              Throwable thrown = catchThrowable(each::hasNext);
              assertThat(thrown)
                  .isInstanceOf(OperationCanceledException.class)
                  .hasCauseInstanceOf(InterruptedException.class);
              return Thread.interrupted();
            });
    step.awaitBlocked().thread().interrupt();

    assertThat(step.join()).isTrue();
    assertThat(a.task().hookCount()).isZero();
  }

  @Test
  void allOfManyTasksThatEndMeanwhileCome() {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      int number = i;
      tasks.add(Task.run(() -> number));
    }

    List<Task<Integer>> seen = new ArrayList<>();
    Task.whenEach(tasks).forEach(seen::add);

    assertThat(seen).containsExactlyInAnyOrderElementsOf(tasks);
  }

  @Test
  void endsThatRaceWithTheStepsComeInTheirOrder() throws Exception {
    for (int round = 0; round < 200; round++) {
      List<TaskCompletionSource<Integer>> sources = new ArrayList<>();
      List<Task<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        sources.add(new TaskCompletionSource<>());
        tasks.add(0, sources.get(i).task());
      }
      Iterable<Task<Integer>> each = Task.whenEach(tasks);
      TestThreads.Running<Void> ender =
          TestThreads.run(
              () -> {
                for (int i = 0; i < sources.size(); i++) {
                  sources.get(i).setResult(i);
                }
              });

      int next = 0;
      for (Task<Integer> task : each) {
        assertThat(task.resultNow()).isEqualTo(next++);
      }
      assertThat(next).isEqualTo(50);
      ender.join();
    }
  }

  @Test
  void nullsAreRefusedByTheCall() {
    assertThatThrownBy(() -> Task.whenEach(a.task(), null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Task.whenEach((List<Task<String>>) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Task.whenEach(a.task()).withCancellation(null))
        .isInstanceOf(NullPointerException.class);
  }
}
