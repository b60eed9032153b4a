// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static desist.examples.TestThreads.awaitBlocked;
import static desist.testing.CancellationAssertions.assertNothingLeftRegistered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.TimeProvider;
import desist.Timeout;
import desist.tasks.Task;
import desist.testing.CancellationExtension;
import desist.testing.CancellationSweep;
import desist.testing.FakeTimeProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The listings of docs/guide/testing.md. */
class TestingGuideTest {
  // snippet: lease
  /** A right that ends after a term, unless it is renewed, and at the latest at shutdown. */
  static final class Lease implements AutoCloseable {
    private final Duration term;
    private final CancellationTokenSource end;

    Lease(Duration term, TimeProvider time, CancellationToken shutdown) {
      this.term = term;
      this.end = CancellationTokenSource.createLinkedTokenSource(term, time, shutdown);
    }

    void renew() {
      end.cancelAfter(term);
    }

    boolean isOver() {
      return end.isCancellationRequested();
    }

    @Override
    public void close() {
      end.close();
    }
  }

  // end

  @Nested
  // snippet: extension
  @ExtendWith(CancellationExtension.class)
  class LeaseTest {
    @Test
    void endsAfterItsTerm(FakeTimeProvider time, CancellationToken shutdown) {
      try (var lease = new Lease(Duration.ofMinutes(5), time, shutdown)) {
        time.advance(Duration.ofMinutes(4));
        lease.renew();
        time.advance(Duration.ofMinutes(5).minusNanos(1));
        assertFalse(lease.isOver());
        time.advance(Duration.ofNanos(1));
        assertTrue(lease.isOver());
      }
    }

    @Test
    void endsAtShutdown(FakeTimeProvider time, CancellationTokenSource shutdown) {
      try (var lease = new Lease(Duration.ofMinutes(5), time, shutdown.token())) {
        shutdown.cancel();
        assertTrue(lease.isOver());
      }
    }
  }

  // end

  // snippet: pause
  /** Waits by the given clock, or throws when canceled. */
  static void pause(Duration duration, TimeProvider time, CancellationToken token)
      throws InterruptedException {
    try (var end = CancellationTokenSource.createLinkedTokenSource(duration, time, token)) {
      end.token().awaitCancellation();
      token.throwIfCancellationRequested();
    }
  }

  // end

  @Test
  @ExtendWith(CancellationExtension.class)
  void threadThatWaits(FakeTimeProvider time, CancellationToken token) throws Exception {
    // snippet: thread
    FutureTask<String> work =
        new FutureTask<>(
            () -> {
              pause(Duration.ofHours(1), time, token);
              return "done";
            });
    Thread worker = new Thread(work);
    worker.start();
    awaitBlocked(worker);
    time.advance(Duration.ofHours(1));
    assertEquals("done", work.get());
    // end
  }

  @Test
  @ExtendWith(CancellationExtension.class)
  void taskThatWaits(FakeTimeProvider time, CancellationToken token) throws Exception {
    AtomicInteger failures = new AtomicInteger(2);
    Callable<String> unreliable =
        () -> {
          if (failures.getAndDecrement() > 0) {
            throw new IOException("no route");
          }
          return "done";
        };
    // snippet: timers
    Task<String> answer = Task.run(() -> retry(unreliable, time, token), token);
    for (int waits = 0; waits < 2; waits++) {
      time.awaitTimers(1);
      time.advance(Duration.ofMinutes(1));
    }
    assertEquals("done", answer.await());
    // end
  }

  private static String retry(Callable<String> body, TimeProvider time, CancellationToken token)
      throws Exception {
    while (true) {
      try {
        return body.call();
      } catch (IOException e) {
        Task.delay(Duration.ofMinutes(1), time, token).await();
      }
    }
  }

  @Test
  void pauseEndsWithAnExceptionWhenCanceled() {
    assertThrows(
        OperationCanceledException.class,
        () -> pause(Duration.ofHours(1), new FakeTimeProvider(), CancellationToken.canceled()));
  }

  @Test
  void periodicTimer() {
    FakeTimeProvider time = new FakeTimeProvider();
    List<Instant> beats = new ArrayList<>();
    // snippet: timer
    Duration period = Duration.ofSeconds(10);
    try (var heart = time.createTimer(() -> beats.add(time.instant()), period, period)) {
      time.advance(Duration.ofSeconds(30));
      assertEquals(Collections.nCopies(3, time.instant()), beats); // three, all at the end
      heart.change(Timeout.INFINITE, Timeout.INFINITE);
    }
    // end
  }

  @Test
  void failureOfACallback() {
    FakeTimeProvider time = new FakeTimeProvider();
    // snippet: failure
    var source = new CancellationTokenSource(Duration.ofSeconds(1), time);
    source.token().register(() -> List.of().get(0));
    var failure = assertThrows(AggregateException.class, () -> time.advance(Duration.ofSeconds(1)));
    assertTrue(failure.getCause() instanceof IndexOutOfBoundsException);
    // end
    assertTrue(source.isCancellationRequested());
  }

  // snippet: shelf
  /** A shelf that tells when it is about to be used. */
  static final class Shelf {
    private final Runnable beforeUse;
    private int items;

    Shelf(int items, Runnable beforeUse) {
      this.items = items;
      this.beforeUse = beforeUse;
    }

    void change(int count) {
      beforeUse.run();
      items += count;
    }

    int items() {
      return items;
    }
  }

  // end

  private static void move(int count, Shelf from, Shelf to, CancellationToken token) {
    token.throwIfCancellationRequested();
    from.change(-count);
    to.change(count); // whatever the token says by now
  }

  private static void moveCarelessly(int count, Shelf from, Shelf to, CancellationToken token) {
    token.throwIfCancellationRequested();
    from.change(-count);
    token.throwIfCancellationRequested();
    to.change(count);
  }

  @Test
  void sweep() {
    // snippet: sweep
    CancellationSweep.overSteps(
        attempt -> {
          Shelf from = new Shelf(10, attempt::step);
          Shelf to = new Shelf(0, attempt::step);
          try {
            move(3, from, to, attempt.token());
          } finally {
            assertEquals(10, from.items() + to.items());
          }
        });
    // end
  }

  @Test
  void sweepFindsItemsInTheAir() {
    AssertionError failure =
        assertThrows(
            AssertionError.class,
            () ->
                CancellationSweep.overSteps(
                    attempt -> {
                      Shelf from = new Shelf(10, attempt::step);
                      Shelf to = new Shelf(0, attempt::step);
                      try {
                        moveCarelessly(3, from, to, attempt.token());
                      } finally {
                        assertEquals(10, from.items() + to.items());
                      }
                    }));
    assertEquals(
        "Canceled at step 1, the body failed: org.opentest4j.AssertionFailedError:"
            + " expected: <10> but was: <7>",
        failure.getMessage());
  }

  @Test
  void nothingLeftRegistered() {
    Shelf from = new Shelf(10, () -> {});
    Shelf to = new Shelf(0, () -> {});
    // snippet: registrations
    assertNothingLeftRegistered(token -> move(3, from, to, token));
    // end
    assertEquals(3, to.items());
  }
}
