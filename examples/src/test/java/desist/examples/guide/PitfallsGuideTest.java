// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/pitfalls.md. */
@SuppressWarnings("try") // a registration as a resource is there to be closed
class PitfallsGuideTest {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<String> log = new ArrayList<>();

  // snippet: outside
  void stop(CancellationTokenSource source) {
    lock.lock();
    try {
      stopping = true;
    } finally {
      lock.unlock();
    }
    source.cancel(); // callbacks that want the lock can have it
  }

  // end

  private boolean stopping;

  @Test
  void cancelingOutsideTheLock() {
    try (var source = new CancellationTokenSource()) {
      source.token().register(() -> log.add("the lock is free: " + !lock.isLocked()));
      stop(source);
      assertThat(stopping).isTrue();
      assertThat(log).containsExactly("the lock is free: true");
    }
  }

  @Test
  void unregisteringUnderALock() {
    try (var source = new CancellationTokenSource()) {
      CancellationTokenRegistration registration = source.token().register(this::reload);
      // snippet: unregister
      lock.lock();
      try {
        registration.unregister(); // never waits; close() would wait for a callback that wants lock
      } finally {
        lock.unlock();
      }
      // end
      source.cancel();
      assertThat(log).isEmpty();
    }
  }

  @Test
  void aSourceClosedTooEarlyCancelsNothing() {
    // snippet: early
    CancellationToken token;
    try (var source = new CancellationTokenSource()) {
      token = source.token();
    } // closed, not canceled: nobody can cancel this token any more
    assertThat(token.isCancellationRequested()).isFalse();
    assertThat(token.register(this::reload)).isSameAs(CancellationTokenRegistration.none());
    // end
  }

  // snippet: owner
  static final class Service {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationToken token = source.token();
    private final ExecutorService pool = Executors.newCachedThreadPool();

    void start(Job job) {
      pool.execute(() -> job.run(token));
    }

    void stop() throws InterruptedException {
      source.cancel();
      pool.shutdown();
      if (pool.awaitTermination(10, TimeUnit.SECONDS)) {
        source.close(); // the work has ended
      }
    }
  }

  // end

  @Test
  void theOwnerCancelsThenWaitsThenCloses() throws InterruptedException {
    Service service = new Service();
    service.start(token -> log.add("canceled: " + awaited(token)));
    service.stop();
    assertThat(log).containsExactly("canceled: true");
  }

  @Test
  void whatNeedsAnOpenSourceThrowsOnceItIsClosed() {
    var source = new CancellationTokenSource();
    source.close();
    List<ThrowingCallable> calls =
        List.of(
            source::token,
            source::cancel,
            () -> source.cancelBecause(new IllegalStateException()),
            source::cancelThrowOnFirstException,
            () -> source.cancelAfter(Duration.ofSeconds(1)),
            source::tryReset);
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(ObjectDisposedException.class)
          .hasMessage("The CancellationTokenSource has been disposed.");
    }
    assertThatThrownBy(() -> source.cancelAsync().toCompletableFuture().get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ObjectDisposedException.class);
    // snippet: try
    boolean first = source.tryCancel(); // false: already canceled, or closed
    // end
    assertThat(first).isFalse();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void tryCancelThrowsWhatCallbacksThrow() {
    try (var source = new CancellationTokenSource()) {
      source.token().register(() -> List.of().get(0));
      assertThatThrownBy(source::tryCancel).isInstanceOf(AggregateException.class);
      assertThat(source.isCancellationRequested()).isTrue();
    }
  }

  // snippet: leak
  void exchange(Connection connection, CancellationToken shutdown) {
    try (var registration = shutdown.register(connection::abort)) {
      connection.exchange();
    } // without the try every exchange leaves its callback on the long-lived token
  }

  // end

  @Test
  void aRegistrationIsTakenOffWhenTheWorkIsDone() {
    try (var shutdown = new CancellationTokenSource()) {
      exchange(new Connection(), shutdown.token());
      assertThat(shutdown.registrationCount()).isZero();
    }
  }

  // snippet: late
  void call(CancellationToken token) {
    try (var connection = new Connection();
        var registration = token.register(connection::abort)) {
      connection.exchange();
    } // the registration is closed first: no abort of a closed connection
  }

  // end

  @Test
  void aCallbackOutlivesNothingThatItUses() {
    try (var source = new CancellationTokenSource()) {
      onExchange = source::cancel;
      call(source.token());
      assertThat(log).containsExactly("aborted", "closed");
    }
  }

  interface Job {
    void run(CancellationToken token);
  }

  private Runnable onExchange = () -> {};

  private final class Connection implements AutoCloseable {
    void exchange() {
      onExchange.run();
    }

    void abort() {
      log.add("aborted");
    }

    @Override
    public void close() {
      log.add("closed");
    }
  }

  private void reload() {
    log.add("reloaded");
  }

  private static boolean awaited(CancellationToken token) {
    try {
      token.awaitCancellation();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
