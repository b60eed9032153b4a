// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.SynchronizationContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadPoolTest {
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void workSeesTheCancellationOfATokenThatItIsGiven() throws Exception {
    CompletableFuture<String> begun = new CompletableFuture<>();
    CompletableFuture<Boolean> seen = new CompletableFuture<>();

    boolean isQueued =
        ThreadPool.queueUserWorkItem(
            source.token(),
            token -> {
              begun.complete("");
              seen.complete(awaitCancellation(token));
            });
    get(begun);
    source.cancel();
    assertThat(get(seen)).isTrue();
    assertThat(isQueued).isTrue();
  }

  private static boolean awaitCancellation(CancellationToken token) {
    try {
      token.awaitCancellation();
      return token.isCancellationRequested();
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void aCanceledTokenKeepsNoWorkFromRunning() throws Exception {
    CompletableFuture<Boolean> seen = new CompletableFuture<>();
    source.cancel();
    ThreadPool.queueUserWorkItem(
        source.token(), token -> seen.complete(token.isCancellationRequested()));

    assertThat(get(seen)).isTrue();
  }

  @Test
  void workRunsInThePoolAndInNoTask() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Task.runAction(() -> ThreadPool.queueUserWorkItem(() -> seen.complete(surroundings())));

    assertThat(get(seen)).isEqualTo("PoolThread, daemon true, no task, default scheduler, null");
  }

  private static String surroundings() {
    Thread thread = Thread.currentThread();
    return thread.getClass().getSimpleName()
        + (", daemon " + thread.isDaemon())
        + (Task.currentId().isEmpty() ? ", no task" : ", task")
        + (TaskScheduler.current() == TaskScheduler.defaultScheduler() ? ", default scheduler" : "")
        + (", " + SynchronizationContext.current());
  }

  @Test
  void whatWorkThrowsGoesToTheHandlerOfItsThread() throws Exception {
    for (Throwable thrown :
        new Throwable[] {
          new IllegalArgumentException(), new OperationCanceledException(), new AssertionError()
        }) {
      CompletableFuture<Throwable> told = new CompletableFuture<>();
      ThreadPool.queueUserWorkItem(
          () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> told.complete(e));
            sneakyThrow(thrown);
          });

      assertThat(get(told)).isSameAs(thrown);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneakyThrow(Throwable e) throws E {
    throw (E) e;
  }

  @Test
  void nothingIsLeftOnTheThread() throws Exception {
    for (int i = 0; i < 100; i++) {
      CompletableFuture<Boolean> seen = new CompletableFuture<>();
      ThreadPool.queueUserWorkItem(
          () -> {
            boolean isLeft =
                Thread.currentThread().isInterrupted() || SynchronizationContext.current() != null;
            SynchronizationContext.setSynchronizationContext(new SynchronizationContext());
            Thread.currentThread().interrupt();
            seen.complete(isLeft);
          });

      assertThat(get(seen)).isFalse();
    }
  }

  @Test
  void nullsAreRefusedButForTheState() throws Exception {
    assertThatThrownBy(() -> ThreadPool.queueUserWorkItem(null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> ThreadPool.queueUserWorkItem(1, null))
        .isInstanceOf(NullPointerException.class);
    CompletableFuture<Object> seen = new CompletableFuture<>();
    ThreadPool.queueUserWorkItem(null, seen::complete);
    assertThat(get(seen)).isNull();
  }

  @Test
  void workIsALambdaABlockOrAMethodReference() throws Exception {
    CompletableFuture<Integer> lambda = new CompletableFuture<>();
    CompletableFuture<Integer> block = new CompletableFuture<>();
    CompletableFuture<Integer> reference = new CompletableFuture<>();
    ThreadPool.queueUserWorkItem(() -> lambda.complete(1));
    ThreadPool.queueUserWorkItem(
        2,
        number -> {
          block.complete(number);
        });
    ThreadPool.queueUserWorkItem(3, reference::complete);
    Executor executor = ThreadPool::queueUserWorkItem;
    executor.execute(ThreadPoolTest::new);

    assertThat(get(lambda) + get(block) + get(reference)).isEqualTo(6);
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
