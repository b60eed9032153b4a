// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.TimeProvider;
import desist.Timeout;
import desist.testing.FakeTimeProvider;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/timeouts.md. */
class TimeoutsGuideTest {
  private final List<String> log = new ArrayList<>();

  @Test
  void aTimeOutOfItsOwn() {
    // snippet: delay
    try (var source = new CancellationTokenSource(Duration.ofMillis(50))) {
      search(source.token());
    } catch (OperationCanceledException e) {
      log.add(String.valueOf(e.getCause())); // a TimeoutException that says which delay
    }
    // end
    assertThat(log).hasSize(1);
    assertThat(log.get(0)).startsWith(TimeoutException.class.getName());
  }

  @Test
  void aDelayCanBeMovedAndSwitchedOff() {
    FakeTimeProvider clock = new FakeTimeProvider();
    try (var source = new CancellationTokenSource(Duration.ofSeconds(1), clock)) {
      // snippet: move
      source.cancelAfter(Duration.ofSeconds(30)); // from now; replaces what was set before
      source.cancelAfter(Timeout.INFINITE); // no delay any more
      // end
      clock.advance(Duration.ofHours(1));
      assertThat(source.isCancellationRequested()).isFalse();
    }
  }

  // snippet: bound
  String lookUp(String key, CancellationToken token) throws TimeoutException {
    try (var bounded =
        CancellationTokenSource.createLinkedTokenSource(Duration.ofSeconds(2), clock, token)) {
      return ask(key, bounded.token());
    } catch (OperationCanceledException e) {
      token.throwIfCancellationRequested(); // the caller's cancellation, with the caller's token
      if (e.getCause() instanceof TimeoutException timeout) {
        throw timeout;
      }
      throw e;
    }
  }

  // end

  private FakeTimeProvider clock = new FakeTimeProvider();

  @Test
  void theCallersTokenAndOurTimeOutAreToldApart() throws TimeoutException {
    assertThat(lookUp("key", CancellationToken.none())).isEqualTo("value of key");
    assertThatThrownBy(() -> lookUp("key", CancellationToken.canceled()))
        .isInstanceOfSatisfying(
            OperationCanceledException.class,
            e -> assertThat(e.token()).isSameAs(CancellationToken.canceled()));
    slow = true;
    assertThatThrownBy(() -> lookUp("key", CancellationToken.none()))
        .isInstanceOf(TimeoutException.class);
  }

  // snippet: remaining
  static HttpRequest request(URI uri, CancellationToken token) {
    token.throwIfCancellationRequested();
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri);
    token.remaining().filter(left -> !left.isZero()).ifPresent(builder::timeout);
    return builder.build();
  }

  // end

  @Test
  void theRemainingTimeIsPassedOn() {
    URI uri = URI.create("http://localhost/");
    assertThat(request(uri, CancellationToken.none()).timeout()).isEmpty();
    try (var outer = new CancellationTokenSource(Duration.ofSeconds(5), clock);
        var inner =
            CancellationTokenSource.createLinkedTokenSource(
                Duration.ofSeconds(60), clock, outer.token())) {
      clock.advance(Duration.ofSeconds(2));
      assertThat(request(uri, inner.token()).timeout()).contains(Duration.ofSeconds(3));
    }
  }

  // snippet: clock
  static final class Session implements AutoCloseable {
    private final CancellationTokenSource idle;

    Session(Duration idleTime, TimeProvider time) {
      this.idle = new CancellationTokenSource(idleTime, time);
    }

    CancellationToken expired() {
      return idle.token();
    }

    @Override
    public void close() {
      idle.close();
    }
  }

  // end

  @Test
  void aSessionExpiresByTheClockItWasGiven() {
    // snippet: fake
    var time = new FakeTimeProvider();
    try (var session = new Session(Duration.ofMinutes(20), time)) {
      time.advance(Duration.ofMinutes(19));
      assertThat(session.expired().isCancellationRequested()).isFalse();
      time.advance(Duration.ofMinutes(1));
      assertThat(session.expired().isCancellationRequested()).isTrue();
    }
    // end
  }

  @Test
  void aSourceCanBeUsedAgain() {
    // snippet: reset
    var source = new CancellationTokenSource();
    for (String query : List.of("a", "b")) {
      source.cancelAfter(Duration.ofSeconds(30));
      log.add(ask(query, source.token()));
      if (!source.tryReset()) { // canceled meanwhile: it cannot be used again
        source.close();
        source = new CancellationTokenSource();
      }
    }
    source.close();
    // end
    assertThat(log).containsExactly("value of a", "value of b");
  }

  private boolean slow;

  private String ask(String key, CancellationToken token) {
    if (slow) {
      clock.advance(Duration.ofSeconds(3));
    }
    token.throwIfCancellationRequested();
    return "value of " + key;
  }

  private static void search(CancellationToken token) {
    while (true) {
      token.throwIfCancellationRequested();
      Thread.onSpinWait();
    }
  }
}
