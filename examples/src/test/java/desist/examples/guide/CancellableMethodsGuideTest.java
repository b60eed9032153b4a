// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.Waits;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/cancellable-methods.md. */
class CancellableMethodsGuideTest {
  private final List<String> log = new ArrayList<>();

  // snippet: method
  /**
   * Copies the lines to the writer.
   *
   * @param token ends the copying between two lines
   * @throws OperationCanceledException if cancellation is requested; complete lines have been
   *     written by then
   */
  public static void copy(Iterable<String> lines, Writer out, CancellationToken token)
      throws IOException {
    token.throwIfCancellationRequested();
    for (String line : lines) {
      out.write(line);
      out.write('\n');
      token.throwIfCancellationRequested();
    }
  }

  /** Copies all lines to the writer. */
  public static void copy(Iterable<String> lines, Writer out) throws IOException {
    copy(lines, out, CancellationToken.none());
  }

  // end

  @Test
  void aCopyStopsBetweenLines() throws IOException {
    StringWriter out = new StringWriter();
    copy(List.of("a", "b"), out);
    assertThat(out).hasToString("a\nb\n");
    assertThatThrownBy(() -> copy(List.of("c"), out, CancellationToken.canceled()))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(out).hasToString("a\nb\n");
  }

  // snippet: commit
  void transfer(Account from, Account to, long amount, CancellationToken token) {
    check(from, to, amount);
    token.throwIfCancellationRequested();
    from.withdraw(amount); // from here on the transfer is finished, whatever the token says
    to.deposit(amount);
  }

  // end

  @Test
  void nothingIsDoneByHalves() {
    Account from = new Account();
    Account to = new Account();
    assertThatThrownBy(() -> transfer(from, to, 1, CancellationToken.canceled()))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(from.balance).isZero();
    transfer(from, to, 1, CancellationToken.none());
    assertThat(to.balance).isEqualTo(1);
  }

  // snippet: swallow
  void importAll(List<String> files, CancellationToken token) {
    for (String file : files) {
      try {
        importOne(file, token);
      } catch (OperationCanceledException e) {
        throw e; // it is a RuntimeException too: without this the loop would go on
      } catch (RuntimeException e) {
        log.add(file + " was skipped: " + e.getMessage());
      }
    }
  }

  // end

  @Test
  void aBroadCatchLetsCancellationPass() {
    importAll(List.of("bad", "good"), CancellationToken.none());
    assertThat(log).containsExactly("bad was skipped: unreadable", "good");
    assertThatThrownBy(() -> importAll(List.of("good"), CancellationToken.canceled()))
        .isInstanceOf(OperationCanceledException.class);
  }

  // snippet: border
  Response handle(Request request, CancellationToken token) {
    try {
      return serve(request, token);
    } catch (OperationCanceledException e) {
      if (token.isCancellationRequested()) {
        return Response.canceled(); // ours: not an error, nothing to log
      }
      return Response.failed(e); // somebody else's: for this request it is a failure
    }
  }

  // end

  @Test
  void ownAndForeignCancellationAreToldApart() {
    assertThat(handle(new Request(), CancellationToken.canceled()).status).isEqualTo("canceled");
    foreign = CancellationToken.canceled();
    assertThat(handle(new Request(), CancellationToken.none()).status).isEqualTo("failed");
  }

  // snippet: same
  static String describe(OperationCanceledException e, CancellationToken mine) {
    return e.token() == mine ? "thrown for my token" : "thrown for another token";
  }

  // end

  @Test
  void aLinkedTokenIsAnotherToken() {
    try (var caller = new CancellationTokenSource();
        var linked = CancellationTokenSource.createLinkedTokenSource(caller.token())) {
      caller.cancel();
      var thrown = new OperationCanceledException(linked.token());
      assertThat(describe(thrown, linked.token())).isEqualTo("thrown for my token");
      assertThat(describe(thrown, caller.token())).isEqualTo("thrown for another token");
    }
  }

  // snippet: unwrap
  static <T> T resultOf(Future<T> future) throws InterruptedException, ExecutionException {
    try {
      return future.get();
    } catch (OperationCanceledException e) {
      throw e; // on JDK 17, of a future that was completed with it
    } catch (CancellationException | ExecutionException e) {
      if (e.getCause() instanceof OperationCanceledException canceled) {
        throw canceled; // in all other cases
      }
      throw e;
    }
  }

  // end

  @Test
  void howeverItArrivesItIsUnwrapped() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      var thrown = new OperationCanceledException(CancellationToken.canceled());
      CompletableFuture<String> completed = new CompletableFuture<>();
      completed.completeExceptionally(thrown);
      List<Future<String>> arrivals =
          List.of(
              completed,
              completed.thenApply(String::trim),
              CompletableFuture.supplyAsync(() -> raise(thrown), pool),
              pool.submit(() -> raise(thrown)));

      for (Future<String> future : arrivals) {
        assertThatThrownBy(() -> resultOf(future)).isSameAs(thrown);
      }
      assertThat(arrivals)
          .extracting(Future::isCancelled)
          .containsExactly(true, false, false, false);
      assertThat(resultOf(pool.submit(() -> "done"))).isEqualTo("done");
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aPlainCancellationStaysOne() {
    CompletableFuture<String> future = new CompletableFuture<>();
    future.cancel(true);
    assertThatThrownBy(() -> resultOf(future))
        .isInstanceOf(CancellationException.class)
        .isNotInstanceOf(OperationCanceledException.class);
  }

  @Test
  void joinAndGetNowThrowItItselfOn17AndAsACauseOn25() {
    var thrown = new OperationCanceledException(CancellationToken.canceled());
    CompletableFuture<String> completed = new CompletableFuture<>();
    completed.completeExceptionally(thrown);
    for (ThrowingCallable read :
        List.<ThrowingCallable>of(completed::get, completed::join, () -> completed.getNow(""))) {
      Throwable caught = catchThrowable(read);
      assertThat(caught).isInstanceOf(CancellationException.class);
      if (Runtime.version().feature() == 17) {
        assertThat(caught).isSameAs(thrown);
      } else if (Runtime.version().feature() == 25) {
        assertThat(caught).isNotInstanceOf(OperationCanceledException.class).hasCause(thrown);
      }
    }
  }

  // snippet: blocking
  static <T> T take(BlockingQueue<T> queue, CancellationToken token) throws InterruptedException {
    return Waits.take(queue, token);
  }

  // end

  @Test
  void aTakeThatATokenEnds() throws InterruptedException {
    BlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
    queue.add("first");
    try (var source = new CancellationTokenSource()) {
      assertThat(take(queue, source.token())).isEqualTo("first");
      source.cancelAfter(Duration.ofMillis(20));
      assertThatThrownBy(() -> take(queue, source.token()))
          .isInstanceOf(OperationCanceledException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  private static String raise(RuntimeException e) {
    throw e;
  }

  record Request() {}

  record Response(String status) {
    static Response canceled() {
      return new Response("canceled");
    }

    static Response failed(Exception e) {
      return new Response("failed");
    }
  }

  private CancellationToken foreign = CancellationToken.none();

  private Response serve(Request request, CancellationToken token) {
    token.throwIfCancellationRequested();
    foreign.throwIfCancellationRequested();
    return new Response("served");
  }

  private String importOne(String file, CancellationToken token) {
    token.throwIfCancellationRequested();
    if (file.equals("bad")) {
      throw new UncheckedIOException("unreadable", new IOException());
    }
    log.add(file);
    return file;
  }

  private static void check(Account from, Account to, long amount) {
    assertThat(from).isNotSameAs(to);
    assertThat(amount).isPositive();
  }

  static final class Account {
    private long balance;

    void withdraw(long amount) {
      balance -= amount;
    }

    void deposit(long amount) {
      balance += amount;
    }
  }
}
