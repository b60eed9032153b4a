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
import java.util.List;
import org.junit.jupiter.api.Test;

class UnwrapTest {
  private final TaskCompletionSource<Integer> inner = new TaskCompletionSource<>();
  private final TaskCompletionSource<Task<Integer>> outer = new TaskCompletionSource<>();
  private final Task<Integer> unwrapped = Task.unwrap(outer.task());

  @Test
  void theInnerTaskItselfComesOutIfItIsKnown() {
    assertThat(Task.unwrap(Task.fromResult(inner.task()))).isSameAs(inner.task());
  }

  @Test
  void itEndsAsTheInnerTaskEnds() {
    outer.setResult(inner.task());
    assertThat(unwrapped.status()).isEqualTo(TaskStatus.WAITING_FOR_ACTIVATION);

    inner.setResult(1);

    assertThat(unwrapped.resultNow()).isEqualTo(1);
  }

  @Test
  void allFaultsOfTheInnerTaskArePassedOn() {
    List<Throwable> faults = List.of(new IOException(), new IllegalStateException());
    outer.setResult(inner.task());
    inner.setException(faults);

    assertThat(unwrapped.exception().innerExceptions()).containsExactlyElementsOf(faults);
  }

  @Test
  void aFaultOfTheOuterTaskIsPassedOnAlsoIfItIsACancellation() {
    OperationCanceledException fault = new OperationCanceledException();
    outer.setException(fault);

    assertThat(unwrapped.isFaulted()).isTrue();
    assertThat(unwrapped.exception().innerExceptions()).containsExactly(fault);
  }

  @Test
  void aCancellationIsPassedOnWithItsTokenAndReason() {
    CancellationTokenSource source = new CancellationTokenSource();
    IOException reason = new IOException();
    source.cancelBecause(reason);

    outer.setResult(Task.fromCanceled(source.token()));

    TaskCanceledException thrown = (TaskCanceledException) catchThrowable(unwrapped::await);
    assertThat(thrown.token()).isSameAs(source.token());
    assertThat(thrown.task()).isSameAs(unwrapped);
    assertThat(thrown).hasCause(reason);
  }

  @Test
  void nullInPlaceOfATaskIsACancellation() {
    outer.setResult(null);
    Task<Integer> known = Task.unwrap(Task.<Task<Integer>>fromResult(null));

    assertThat(unwrapped.isCanceled()).isTrue();
    assertThat(unwrapped.cancellationToken()).isSameAs(CancellationToken.none());
    assertThat(known.isCanceled()).isTrue();
    assertThat(known.cancellationToken()).isSameAs(CancellationToken.canceled());
  }

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> Task.unwrap((Task<Task<Integer>>) null))
        .isInstanceOf(NullPointerException.class);
  }
}
