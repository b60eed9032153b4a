// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** How a body ends, and what that makes of its task. */
class TaskBodyTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();

  @Test
  void aBodyThatReturnsRanToCompletionThoughItsTokenIsCanceled() throws Exception {
    Task<String> task =
        Task.run(
            () -> {
              source.cancel();
              return "done";
            },
            token);

    assertThat(task.result()).isEqualTo("done");
    assertThat(task.status()).isEqualTo(TaskStatus.RAN_TO_COMPLETION);
  }

  @Test
  void aBodyThatThrowsTheExceptionOfItsOwnCanceledTokenIsCanceled() throws Exception {
    OperationCanceledException thrown = new OperationCanceledException(token);
    Task<?> task = ended(cancelAndThrow(thrown), token);

    assertThat(task.status()).isEqualTo(TaskStatus.CANCELED);
    assertThat(task.exception()).isNull();
    assertThat(catchThrowable(task::await)).isSameAs(thrown);
  }

  @Test
  void whoJoinsACanceledTaskIsToldOfTaskAndToken() throws Exception {
    Task<?> task = ended(cancelAndThrow(new OperationCanceledException(token)), token);

    assertThatThrownBy(task::join)
        .isInstanceOfSatisfying(
            AggregateException.class,
            e -> {
              TaskCanceledException inner = (TaskCanceledException) e.innerExceptions().get(0);
              assertThat(inner.task()).isSameAs(task);
              assertThat(inner.token()).isSameAs(token);
            });
  }

  @Test
  void aCancellationTellsItsReason() throws Exception {
    IOException reason = new IOException("gone");
    source.cancelBecause(reason);
    Task<?> task = Task.run(() -> "never", token);

    assertThat(catchThrowable(task::await))
        .isInstanceOf(TaskCanceledException.class)
        .hasCause(reason);
  }

  @Test
  void theExceptionOfAnotherTokenIsAFault() throws Exception {
    CancellationTokenSource other = new CancellationTokenSource();
    other.cancel();
    Task<?> task = ended(cancelAndThrow(new OperationCanceledException(other.token())), token);

    assertThat(task.status()).isEqualTo(TaskStatus.FAULTED);
  }

  @Test
  void theExceptionOfItsOwnTokenIsAFaultUnlessThatIsCanceled() throws Exception {
    Task<?> task =
        ended(
            () -> {
              throw new OperationCanceledException(token);
            },
            token);

    assertThat(task.status()).isEqualTo(TaskStatus.FAULTED);
  }

  @Test
  void theTokenIsLookedAtWhenTheExceptionHasLeftTheBody() throws Exception {
    Task<?> task =
        ended(
            () -> {
              try {
                throw new OperationCanceledException(token);
              } finally {
                source.cancel();
              }
            },
            token);

    assertThat(task.status()).isEqualTo(TaskStatus.CANCELED);
  }

  @Test
  void aTaskWithoutTokenIsNeverCanceledByItsBody() throws Exception {
    Task<?> task =
        ended(cancelAndThrow(new OperationCanceledException(token)), CancellationToken.none());

    assertThat(task.status()).isEqualTo(TaskStatus.FAULTED);
  }

  @Test
  void aCancellationInAnAggregateIsAFault() throws Exception {
    AggregateException thrown = new AggregateException(new OperationCanceledException(token));
    Task<?> task = ended(cancelAndThrow(thrown), token);

    assertThat(task.exception().innerExceptions()).containsExactly(thrown);
  }

  @Test
  void anInterruptIsAFault() throws Exception {
    Task<?> task =
        ended(
            () -> {
              source.cancel();
              throw new InterruptedException();
            },
            token);

    assertThat(task.status()).isEqualTo(TaskStatus.FAULTED);
  }

  @Test
  void anErrorIsAFault() throws Exception {
    Task<?> task =
        ended(
            () -> {
              throw new AssertionError("wrong");
            },
            token);

    assertThat(catchThrowable(task::await)).isInstanceOf(AssertionError.class);
  }

  @Test
  void awaitThrowsTheSameUncheckedExceptionEachTime() throws Exception {
    IllegalArgumentException thrown = new IllegalArgumentException("bad");
    Task<?> task =
        ended(
            () -> {
              throw thrown;
            },
            token);

    assertThat(catchThrowable(task::await)).isSameAs(thrown);
    assertThat(catchThrowable(task::await)).isSameAs(thrown);
    assertThat(task.exception().innerExceptions()).containsExactly(thrown);
  }

  @Test
  void awaitWrapsACheckedException() throws Exception {
    IOException thrown = new IOException("disk");
    Task<?> task =
        ended(
            () -> {
              throw thrown;
            },
            token);

    assertThat(catchThrowable(task::await))
        .isInstanceOf(CompletionException.class)
        .hasCause(thrown);
  }

  @Test
  void aTokenCanceledBeforeTheBodyBeginsKeepsItFromRunning() throws Exception {
    source.cancel();
    boolean[] hasRun = new boolean[1];
    Task<?> task = ended(() -> hasRun[0] = true, token);

    assertThat(task.status()).isEqualTo(TaskStatus.CANCELED);
    assertThat(hasRun[0]).isFalse();
  }

  private Callable<?> cancelAndThrow(RuntimeException thrown) {
    return () -> {
      source.cancel();
      throw thrown;
    };
  }

  private static Task<?> ended(Callable<?> body, CancellationToken token) throws Exception {
    Task<?> task = Task.run(body, token);
    Task.waitAny(task);
    return task;
  }
}
