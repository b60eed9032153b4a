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
            permit -> readAsync(page, token).whenComplete((text, failure) -> throttle.release()));
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

  private boolean deliverAll(List<String> parts, CancellationToken token)
      throws InterruptedException {
    // snippet: countdown
    try (var done = new CountdownEvent(parts.size())) {
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
    }
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
          try {
            for (int phase = 0; phase < 3; phase++) {
              work();
              barrier.signalAndWait(token); // waits for the other
            }
          } catch (OperationCanceledException | InterruptedException e) {
            barrier.removeParticipant(); // so that the other need not wait for it
          }
        };
    // end
    CompletableFuture<Void> other = CompletableFuture.runAsync(worker, executor);
    worker.run();
    other.get(10, TimeUnit.SECONDS);
    assertThat(phases).containsExactly(0L, 1L, 2L);

    source.cancel();
    worker.run();
    assertThat(barrier.participantCount()).isEqualTo(1);
    assertThat(barrier.participantsRemaining()).isEqualTo(1);
  }

  @Test
  void aLoopTakesWhatIsProduced(CancellationToken token) {
    // snippet: queue
    try (var queue = new BlockingCollection<String>(100)) {
      executor.execute(() -> produce(queue, token)); // adds items, and at last completes
      for (String item : queue.getConsumingEnumerable(token)) {
        consume(item);
      }
    }
    // end
    assertThat(delivered).containsExactly("a", "b", "c");
  }

  private void produce(BlockingCollection<String> queue, CancellationToken token) {
    try {
      for (String item : List.of("a", "b", "c")) {
        queue.add(item, token);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      queue.completeAdding();
    }
  }

  private void consume(String item) {
    delivered.add(item);
  }

  private static void deliver(String message) {}

  private static void work() {}

  private static String read(URI page, CancellationToken token) {
    token.throwIfCancellationRequested();
    return "text";
  }

  private static CompletableFuture<String> readAsync(URI page, CancellationToken token) {
    return CompletableFuture.supplyAsync(() -> read(page, token));
  }
}
