// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.SynchronizationContext;
import java.awt.EventQueue;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/callbacks.md. */
@SuppressWarnings("try") // a registration as a resource is there to be closed
class CallbacksGuideTest {
  private final List<String> log = new ArrayList<>();

  // snippet: socket
  static byte[] read(Socket socket, CancellationToken token) throws IOException {
    try (var registration = token.register(() -> closeQuietly(socket))) {
      return socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      token.throwIfCancellationRequested(); // the socket was closed by the callback
      throw e;
    }
  }

  static void closeQuietly(Closeable resource) {
    try {
      resource.close();
    } catch (IOException e) {
      // it is not wanted any more, open or closed
    }
  }

  // end

  @Test
  void cancellationEndsARead() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var client = new Socket(server.getInetAddress(), server.getLocalPort());
        var silent = server.accept();
        var source = new CancellationTokenSource()) {
      CompletableFuture<byte[]> read = supply(() -> read(client, source.token()));
      source.cancel();
      assertThat(read.handle((bytes, failure) -> failure).get(30, SECONDS))
          .isInstanceOf(OperationCanceledException.class);
      assertThat(silent.isClosed()).isFalse();
    }
  }

  @Test
  void newestFirst() {
    try (var source = new CancellationTokenSource()) {
      CancellationToken token = source.token();
      // snippet: order
      token.register(() -> log.add("first registered"));
      token.register(() -> log.add("last registered"));
      source.cancel();
      // end
      assertThat(log).containsExactly("last registered", "first registered");
    }
  }

  @Test
  void allFailuresAreReported() {
    try (var source = new CancellationTokenSource()) {
      source.token().register(() -> fail("first"));
      source.token().register(() -> fail("second"));
      // snippet: failures
      try {
        source.cancel();
      } catch (AggregateException e) {
        for (Throwable failure : e.flatten().innerExceptions()) {
          log.add("a callback failed: " + failure.getMessage());
        }
      }
      // end
      assertThat(log).containsExactly("a callback failed: second", "a callback failed: first");
    }
  }

  @Test
  void aStateInsteadOfACapture() throws InterruptedException {
    try (var source = new CancellationTokenSource()) {
      CancellationToken token = source.token();
      CountDownLatch stopped = new CountDownLatch(1);
      CompletableFuture<String> answer = new CompletableFuture<>();
      // snippet: state
      token.registerWith(stopped, CountDownLatch::countDown);
      token.registerWithToken(
          answer,
          (future, canceled) ->
              future.completeExceptionally(new OperationCanceledException(canceled)));
      // end
      source.cancelBecause(new TimeoutException("too late"));
      stopped.await();
      assertThat(answer).isCompletedExceptionally();
      assertThatThrownBy(answer::get).hasRootCauseMessage("too late");
    }
  }

  @Test
  void callbacksOnAnExecutor() {
    ExecutorService background = Executors.newSingleThreadExecutor();
    try (var source = new CancellationTokenSource()) {
      CancellationToken token = source.token();
      // snippet: executor
      var registration = token.register(() -> upload(log), background);
      source.cancel(); // hands upload to the executor and returns
      // end
      registration.close();
      assertThat(log).containsExactly("uploaded");
    } finally {
      background.shutdown();
    }
  }

  @Test
  void callbacksOnTheRightThread() {
    try (var source = new CancellationTokenSource()) {
      CancellationToken token = source.token();
      // snippet: context
      var ui = SynchronizationContext.of(EventQueue::invokeLater, EventQueue::isDispatchThread);
      token.register(() -> showCanceled(), ui);
      // end
      source.cancel();
      assertThat(log).containsExactly("shown on the dispatch thread: true");
    }
  }

  @Test
  void cancelingWithoutWaiting() throws Exception {
    try (var source = new CancellationTokenSource()) {
      source.token().register(() -> fail("slow"));
      // snippet: async
      CompletionStage<Void> told = source.cancelAsync();
      told.whenComplete((nothing, failure) -> log(failure));
      // end
      assertThat(source.isCancellationRequested()).isTrue();
      assertThatThrownBy(() -> told.toCompletableFuture().get(30, SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(AggregateException.class);
    }
  }

  // snippet: future
  static <T> CompletableFuture<T> stoppedBy(CancellationToken token, CompletableFuture<T> work) {
    CancellationTokenRegistration registration =
        token.register(() -> work.completeExceptionally(new OperationCanceledException(token)));
    work.whenComplete((result, failure) -> registration.unregister());
    return work;
  }

  // end

  @Test
  void aFutureThatATokenEnds() {
    try (var source = new CancellationTokenSource()) {
      CompletableFuture<String> done = stoppedBy(source.token(), new CompletableFuture<>());
      assertThat(source.registrationCount()).isEqualTo(1);
      done.complete("done");
      assertThat(source.registrationCount()).isZero();
      CompletableFuture<String> open = stoppedBy(source.token(), new CompletableFuture<>());
      source.cancel();
      assertThat(open).isCancelled();
      assertThat(done).isCompletedWithValue("done");
    }
  }

  @Test
  void exactlyOneOfTheTwoGetsTheCallback() {
    try (var source = new CancellationTokenSource()) {
      CancellationToken token = source.token();
      // snippet: unregister
      var registration = token.register(() -> log.add("stopped"));
      if (registration.unregister()) {
        log.add("finished before anybody stopped it");
      }
      // end
      source.cancel();
      assertThat(log).containsExactly("finished before anybody stopped it");
    }
  }

  private static void fail(String message) {
    throw new IllegalArgumentException(message);
  }

  private static void upload(List<String> log) {
    log.add("uploaded");
  }

  private void showCanceled() {
    log.add("shown on the dispatch thread: " + EventQueue.isDispatchThread());
  }

  private void log(Throwable failure) {
    synchronized (log) {
      log.add(String.valueOf(failure));
    }
  }

  private interface Read {
    byte[] run() throws IOException;
  }

  private static CompletableFuture<byte[]> supply(Read read) {
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    Executor thread = work -> new Thread(work).start();
    thread.execute(
        () -> {
          try {
            result.complete(read.run());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }
}
