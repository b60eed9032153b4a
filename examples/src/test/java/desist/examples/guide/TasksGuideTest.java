// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static desist.CancellationTokenSource.createLinkedTokenSource;
import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskCreationOptions.LONG_RUNNING;
import static desist.tasks.TaskCreationOptions.RUN_CONTINUATIONS_ASYNCHRONOUSLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.TimeProvider;
import desist.tasks.ConcurrentExclusiveSchedulerPair;
import desist.tasks.PeriodicTimer;
import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskFactory;
import desist.tasks.TaskScheduler;
import desist.tasks.TaskStatus;
import desist.testing.CancellationExtension;
import desist.testing.FakeTimeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The listings of docs/guide/tasks.md. */
@ExtendWith(CancellationExtension.class)
class TasksGuideTest {
  private static final List<String> LINES = List.of("so much", "depends", "upon a red");

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void shutDown() throws InterruptedException {
    executor.shutdownNow();
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  // snippet: run
  static Task<Integer> countWords(List<String> lines, CancellationToken token) {
    return Task.run(() -> count(lines, token), token);
  }

  // end

  @Test
  void bodyAndContinuationGiveTheirResults(CancellationToken token) throws Exception {
    // snippet: continue
    Task<Integer> words = countWords(LINES, token);
    Task<String> told = words.continueWith(t -> t.await() + " words", token);
    // end
    assertThat(told.await()).isEqualTo("6 words");
  }

  @Test
  void continuationRunsAfterAFailureToo(CancellationToken token) throws Exception {
    Task<Integer> words = Task.fromException(new IllegalStateException("no text"));
    // snippet: handle
    Task<String> told =
        words.continueWith(
            t ->
                switch (t.status()) {
                  case RAN_TO_COMPLETION -> t.resultNow() + " words";
                  case CANCELED -> "not counted";
                  default -> "failed: " + t.exception();
                });
    // end
    assertThat(told.await()).endsWith("(no text)");
  }

  @Test
  void allAreWaitedForUntilTheTimeIsOver(CancellationToken token) throws Exception {
    Task<Integer> first = countWords(LINES, token);
    Task<Integer> second = countWords(LINES, token);
    // snippet: all
    Task<List<Integer>> all = Task.whenAll(first, second);
    List<Integer> counts = all.waitAsync(Duration.ofSeconds(10), token).await();
    // end
    assertThat(counts).containsExactly(6, 6);

    Task<Integer> never = new TaskCompletionSource<Integer>().task();
    assertThatThrownBy(() -> never.waitAsync(Duration.ZERO).await())
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(never.isCompleted()).isFalse();
  }

  // snippet: any
  static String fastest(List<String> mirrors, CancellationToken token) throws InterruptedException {
    try (var race = createLinkedTokenSource(token)) {
      CancellationToken stop = race.token();
      List<Task<String>> readers = new ArrayList<>();
      for (String mirror : mirrors) {
        readers.add(Task.run(() -> read(mirror, stop), stop));
      }
      Task<String> winner = Task.whenAny(readers).await();
      race.cancel(); // whenAny cancels nobody
      return winner.await();
    }
  }

  // end

  @Test
  void losersAreCanceled(CancellationToken token) throws Exception {
    assertThat(fastest(List.of("slow", "fast"), token)).isEqualTo("text of fast");
  }

  @Test
  void tasksComeAsTheyEnd(CancellationToken token) throws Exception {
    List<Task<Integer>> tasks = List.of(countWords(LINES, token), countWords(List.of(), token));
    // snippet: each
    for (Task<Integer> ended : Task.whenEach(tasks).withCancellation(token)) {
      log.add(ended + " gives " + ended.await());
    }
    // end
    assertThat(log).hasSize(2);
  }

  // snippet: promise
  static Task<String> ask(Radio radio, CancellationToken token) {
    var promise = new TaskCompletionSource<String>(RUN_CONTINUATIONS_ASYNCHRONOUSLY);
    radio.ask(promise::trySetResult, promise::trySetException);
    return promise.task().waitAsync(token);
  }

  // end

  @Test
  void promiseIsKeptBrokenOrCanceled(CancellationTokenSource source) throws Exception {
    Task<String> answered = ask((answer, failure) -> answer.accept("roger"), source.token());
    assertThat(answered.await()).isEqualTo("roger");
    Task<String> failed =
        ask((answer, failure) -> failure.accept(new IllegalStateException()), source.token());
    assertThatThrownBy(failed::await).isInstanceOf(IllegalStateException.class);

    Task<String> silent = ask((answer, failure) -> {}, source.token());
    source.cancel();
    assertThatThrownBy(silent::await)
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(source.token()));
  }

  @Test
  void taskRunsWhereItIsTold(CancellationToken token) throws Exception {
    // snippet: executor
    Task<String> task = Task.factory().startNew(() -> read("fast", token), token, executor);
    // end
    assertThat(task.await()).isEqualTo("text of fast");
  }

  @Test
  void taskThatBlocksHasAThreadOfItsOwn(CancellationTokenSource source) {
    CancellationToken token = source.token();
    // snippet: long
    Task<String> line = Task.factory().startNew(() -> read("slow", token), token, LONG_RUNNING);
    // end
    source.cancel();
    assertThatThrownBy(line::await).isInstanceOf(OperationCanceledException.class);
    assertThat(line.creationOptions()).containsExactly(LONG_RUNNING);
  }

  @Test
  void pairLimitsHowManyRun() throws Exception {
    // snippet: limited
    var pair = new ConcurrentExclusiveSchedulerPair(TaskScheduler.defaultScheduler(), 4);
    TaskFactory four = new TaskFactory(pair.concurrentScheduler());
    // end
    assertThat(four.startNew(() -> TaskScheduler.current().maximumConcurrencyLevel()).await())
        .isEqualTo(4);
  }

  // snippet: periodic
  static Task<Void> poll(
      Duration period, TimeProvider time, Runnable work, CancellationToken token) {
    return Task.runAction(
        () -> {
          try (var timer = new PeriodicTimer(period, time)) {
            while (timer.waitForNextTickAsync(token).await()) {
              work.run();
            }
          }
        },
        token);
  }

  // end

  @Test
  void workIsDoneAgainAndAgain(FakeTimeProvider time, CancellationTokenSource source)
      throws Exception {
    CountDownLatch twice = new CountDownLatch(2);
    Task<Void> polling = poll(Duration.ofSeconds(1), time, twice::countDown, source.token());

    time.awaitTimers(1);
    time.advance(Duration.ofSeconds(1));
    while (twice.getCount() == 2) {
      Thread.onSpinWait(); // ticks that come before the first is taken count as one
    }
    time.advance(Duration.ofSeconds(1));
    twice.await();

    source.cancel();
    assertThatThrownBy(polling::await).isInstanceOf(OperationCanceledException.class);
    assertThat(time.timerCount()).isZero();
  }

  @Test
  void continuationThatIsNotToldOtherwiseRunsWhereItWasMade() throws Exception {
    Task<String> task = Task.fromResult("so much");
    // snippet: inline
    Task<Integer> length = task.continueWith(t -> t.await().length(), EXECUTE_SYNCHRONOUSLY);
    // end
    assertThat(length.resultNow()).isEqualTo(7);
  }

  @Test
  void waysLeadAcross(CancellationTokenSource source) throws Exception {
    CancellationToken token = source.token();
    // snippet: across
    Task<String> task = Task.from(CompletableFuture.supplyAsync(() -> read("fast", token)));
    CompletableFuture<String> copy = task.toCompletableFuture(); // whose cancel cancels the copy
    Future<String> future = task.asFuture(source); // whose cancel cancels the source
    // end
    assertThat(copy.get(10, TimeUnit.SECONDS)).isEqualTo("text of fast");
    assertThat(future.get()).isEqualTo("text of fast");
  }

  @Test
  void futureOfATaskCancelsItsSource(CancellationTokenSource source) {
    CancellationToken token = source.token();
    Task<String> slow = Task.run(() -> read("slow", token), token);

    assertThat(slow.asFuture(source).cancel(true)).isTrue();

    assertThatThrownBy(slow::await).isInstanceOf(OperationCanceledException.class);
    assertThat(slow.status()).isEqualTo(TaskStatus.CANCELED);
  }

  private static int count(List<String> lines, CancellationToken token) {
    int words = 0;
    for (String line : lines) {
      token.throwIfCancellationRequested();
      words += line.split(" ").length;
    }
    return words;
  }

  private static String read(String mirror, CancellationToken token) {
    if (mirror.equals("slow")) {
      awaitCancellation(token); // which leaves its processor to the others, if it is the only one
      token.throwIfCancellationRequested();
    }
    return "text of " + mirror;
  }

  private static void awaitCancellation(CancellationToken token) {
    try {
      token.awaitCancellation();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Something that answers, or fails, or does neither. */
  interface Radio {
    void ask(Consumer<String> answer, Consumer<Throwable> failure);
  }
}
