// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.testing.CancellationExtension;
import desist.threading.Barrier;
import desist.threading.BlockingCollection;
import desist.threading.CountdownEvent;
import desist.threading.ManualResetEventSlim;
import desist.threading.SemaphoreSlim;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The listings of docs/guide/primitives.md. */
@ExtendWith(CancellationExtension.class)
class PrimitivesGuideTest {
  private static final URI PAGE = URI.create("http://localhost/1");
  private static final URI NO_PAGE = URI.create("mailto:nobody");

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Queue<String> delivered = new ConcurrentLinkedQueue<>();

  @AfterEach
  void shutDown() throws InterruptedException {
    executor.shutdownNow();
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  // snippet: event
  static void send(String message, ManualResetEventSlim connected, CancellationToken token)
      throws InterruptedException {
    connected.await(token); // throws if the token is canceled first
    deliver(message);
  }

  // end

  @Test
  void aMessageIsSentOnceThereIsAConnection(CancellationTokenSource source) throws Exception {
    send("hello", new ManualResetEventSlim(true), source.token());
    source.cancel();
    assertThatThrownBy(() -> send("hello", new ManualResetEventSlim(true), source.token()))
        .isInstanceOf(OperationCanceledException.class);
  }

  // snippet: permit
  static String fetch(URI page, SemaphoreSlim throttle, CancellationToken token)
      throws InterruptedException {
    throttle.await(token);
    try {
      return read(page, token);
    } finally {
      throttle.release();
    }
  }

  // end

  @Test
  void whoIsCanceledHasNoPermitToGiveBack(CancellationTokenSource source) throws Exception {
    SemaphoreSlim throttle = new SemaphoreSlim(1);
    assertThat(fetch(PAGE, throttle, source.token())).isEqualTo("text");
    source.cancel();
    assertThatThrownBy(() -> fetch(PAGE, throttle, source.token()))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(throttle.currentCount()).isEqualTo(1);
  }

  // snippet: stage
  static CompletionStage<String> fetchAsync(
      URI page, SemaphoreSlim throttle, CancellationToken token) {
    return throttle
        .awaitAsync(token) // fails if the token is canceled; then nothing is released
        .thenCompose(
            permit ->
                CompletableFuture.completedStage(page)
                    .thenCompose(granted -> readAsync(granted, token)) // it may also throw
                    .whenComplete((text, failure) -> throttle.release()));
  }

  // end

  @Test
  void aStageWaitsWithoutAThread(CancellationTokenSource source) throws Exception {
    SemaphoreSlim throttle = new SemaphoreSlim(0);
    CompletableFuture<String> fetched =
        fetchAsync(PAGE, throttle, source.token()).toCompletableFuture();
    throttle.release();
    assertThat(fetched.get(10, TimeUnit.SECONDS)).isEqualTo("text");
    assertThat(throttle.currentCount()).isEqualTo(1);

    assertThat(throttle.awaitAsync().toCompletableFuture()).isCompleted();
    CompletableFuture<String> canceled =
        fetchAsync(PAGE, throttle, source.token()).toCompletableFuture();
    source.cancel();
    assertThatThrownBy(() -> canceled.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(OperationCanceledException.class);
    assertThat(throttle.currentCount()).isZero();
  }

  @Test
  void aReadThatThrowsGivesItsPermitBack(CancellationTokenSource source) throws Exception {
    SemaphoreSlim throttle = new SemaphoreSlim(0);
    CompletableFuture<String> fetched =
        fetchAsync(NO_PAGE, throttle, source.token()).toCompletableFuture();
    throttle.release();
    assertThatThrownBy(() -> fetched.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(throttle.currentCount()).isEqualTo(1);
  }

  private boolean deliverAll(List<String> parts, CancellationToken token)
      throws InterruptedException {
    // snippet: countdown
    var done = new CountdownEvent(parts.size());
    for (String part : parts) {
      executor.execute(
          () -> {
            try {
              deliver(part);
            } finally {
              done.signal();
            }
          });
    }
    return done.await(Duration.ofSeconds(10), token);
    // end
  }

  @Test
  void allPartsAreWaitedFor(CancellationToken token) throws Exception {
    assertThat(deliverAll(List.of("a", "b", "c"), token)).isTrue();
  }

  @Test
  void workersGoOnTogether(CancellationTokenSource source) throws Exception {
    CancellationToken token = source.token();
    Queue<Long> phases = new ConcurrentLinkedQueue<>();
    // snippet: barrier
    var barrier = new Barrier(2, b -> phases.add(b.currentPhaseNumber()));
    Runnable worker =
        () -> {
          int phase = 0;
          try {
            for (; phase < 3; phase++) {
              work();
              barrier.signalAndWait(token); // waits for the other
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            if (phase < 3) {
              barrier.removeParticipant(); // so that the other need not wait for it
            }
          }
        };
    // end
    CompletableFuture<Void> other = CompletableFuture.runAsync(worker, executor);
    worker.run();
    other.get(10, TimeUnit.SECONDS);
    assertThat(phases).containsExactly(0L, 1L, 2L);

    source.cancel();
    assertThatThrownBy(worker::run).isInstanceOf(OperationCanceledException.class);
    assertThat(barrier.participantCount()).isEqualTo(1);
    assertThat(barrier.participantsRemaining()).isEqualTo(1);
  }

  // snippet: produce
  static void produce(
      List<String> lines, BlockingCollection<String> queue, CancellationToken token) {
    try {
      for (String line : lines) {
        queue.add(line, token); // waits for room
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      queue.completeAdding(); // ends the loop of who consumes
    }
  }

  // end

  private void printAll(List<String> lines, CancellationTokenSource source) {
    // snippet: queue
    var queue = new BlockingCollection<String>(100);
    executor.submit(() -> produce(lines, queue, source.token()));
    try {
      for (String line : queue.getConsumingEnumerable(source.token())) {
        print(line);
      }
    } finally {
      source.cancel(); // if the loop has failed, nobody makes room for the producer any more
    }
    // end
  }

  @Test
  void aLoopTakesWhatIsProduced(CancellationTokenSource source) {
    printAll(List.of("a", "b", "c"), source);
    assertThat(delivered).containsExactly("a", "b", "c");
  }

  @Test
  void aLoopThatFailsStopsTheProducer(CancellationTokenSource source) throws Exception {
    List<String> lines = new ArrayList<>(Collections.nCopies(1000, "line"));
    lines.set(0, "");
    assertThatThrownBy(() -> printAll(lines, source)).isInstanceOf(IllegalStateException.class);
    executor.shutdown();
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private void print(String line) {
    if (line.isEmpty()) {
      throw new IllegalStateException("out of paper");
    }
    delivered.add(line);
  }

  private static void deliver(String message) {}

  private static void work() {}

  private static String read(URI page, CancellationToken token) {
    token.throwIfCancellationRequested();
    return "text";
  }

  private static CompletableFuture<String> readAsync(URI page, CancellationToken token) {
    if (page.isOpaque()) {
      throw new IllegalArgumentException("page has no path: " + page);
    }
    return CompletableFuture.supplyAsync(() -> read(page, token));
  }
}
