// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the readers of our stages can do. */
class ReadOnlyStageTest {
  private final ReadOnlyStage<String> stage = new ReadOnlyStage<>();

  @Test
  void aReaderCannotCompleteIt() {
    CompletableFuture<String> cast = stage;
    List<ThrowingCallable> attempts =
        List.of(
            () -> cast.complete("r"),
            () -> cast.completeExceptionally(new Exception()),
            () -> cast.cancel(true),
            () -> cast.obtrudeValue("r"),
            () -> cast.obtrudeException(new Exception()),
            () -> cast.completeAsync(() -> "r"),
            () -> cast.completeAsync(() -> "r", Runnable::run),
            () -> cast.orTimeout(0, TimeUnit.SECONDS),
            () -> cast.completeOnTimeout("r", 0, TimeUnit.SECONDS));

    for (ThrowingCallable attempt : attempts) {
      assertThatThrownBy(attempt).isInstanceOf(UnsupportedOperationException.class);
    }

    assertThat(stage).isNotDone();
    stage.finish("ours");
    assertThat(stage).isCompletedWithValue("ours");
    assertThatThrownBy(() -> cast.obtrudeValue("r"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(stage).isCompletedWithValue("ours");
  }

  @Test
  void aCopyIsTheReadersOwn() {
    CompletableFuture<String> copy = stage.toCompletableFuture();
    CompletableFuture<String> other = stage.copy();

    copy.complete("the reader's");

    assertThat(stage).isNotDone();
    stage.finish("ours");
    assertThat(copy).isCompletedWithValue("the reader's");
    assertThat(other).isCompletedWithValue("ours");
  }

  @Test
  void aDependentIsTheReadersOwn() {
    CompletableFuture<Integer> dependent = stage.thenApply(String::length);

    dependent.complete(7);

    assertThat(dependent).isCompletedWithValue(7);
    assertThat(stage).isNotDone();
  }

  @Test
  void aFailureIsTheBareException() throws Exception {
    Exception failure = new Exception();
    CompletionStage<String> failed = ReadOnlyStage.failed(failure);
    stage.fail(failure);

    for (CompletionStage<String> each : List.of(failed, stage, failed.toCompletableFuture())) {
      assertThat(each.handle((result, e) -> e).toCompletableFuture().get()).isSameAs(failure);
    }
  }

  @Test
  void aCopyOfACanceledStageIsCanceled() {
    OperationCanceledException canceled =
        new OperationCanceledException(CancellationToken.canceled());

    CompletableFuture<String> copy = ReadOnlyStage.<String>failed(canceled).toCompletableFuture();

    assertThat(copy.isCancelled()).isTrue();
  }

  @Test
  void aDependentOfAFailureSeesItAsTheJdkShowsIt() {
    stage.fail(new IllegalStateException("why"));

    assertThatThrownBy(stage.thenApply(String::length)::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("why");
  }

  @Test
  void completedIsDone() throws Exception {
    assertThat(ReadOnlyStage.completed("r").toCompletableFuture()).isCompletedWithValue("r");
  }

  @Test
  void dependentsOfAnAsyncCompletionRunOnOurThreads() throws Exception {
    CompletableFuture<Thread> ranOn = new CompletableFuture<>();
    stage.thenRun(() -> ranOn.complete(Thread.currentThread()));

    stage.finishAsync("r");

    assertThat(ranOn.get().getName()).startsWith("desist-callback-");
    assertThat(stage).isCompletedWithValue("r");
  }
}
