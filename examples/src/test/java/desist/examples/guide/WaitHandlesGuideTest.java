// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AutoResetEvent;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ManualResetEvent;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.WaitHandle;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/wait-handles.md. */
@SuppressWarnings("try") // closing is what is tested
class WaitHandlesGuideTest {
  // snippet: either
  static void awaitReady(ManualResetEvent ready, CancellationToken token)
      throws InterruptedException {
    WaitHandle.waitAny(token.waitHandle(), ready);
    token.throwIfCancellationRequested();
  }

  // end

  @Test
  void eitherTheEventOrTheToken() throws InterruptedException {
    try (var ready = new ManualResetEvent(true);
        var source = new CancellationTokenSource()) {
      awaitReady(ready, source.token());
      ready.reset();
      source.cancel();
      assertThatThrownBy(() -> awaitReady(ready, source.token()))
          .isInstanceOf(OperationCanceledException.class);
    }
  }

  // snippet: timed
  static boolean awaitReady(ManualResetEvent ready, Duration timeout, CancellationToken token)
      throws InterruptedException {
    int index = WaitHandle.waitAny(new WaitHandle[] {token.waitHandle(), ready}, timeout);
    token.throwIfCancellationRequested();
    return index != WaitHandle.WAIT_TIMEOUT;
  }

  // end

  @Test
  void aTimeOutIsTold() throws InterruptedException {
    try (var ready = new ManualResetEvent(false);
        var source = new CancellationTokenSource()) {
      assertThat(awaitReady(ready, Duration.ofMillis(1), source.token())).isFalse();
      ready.set();
      assertThat(awaitReady(ready, Duration.ofMillis(1), source.token())).isTrue();
    }
  }

  @Test
  void manualAndAutomatic() throws InterruptedException {
    // snippet: events
    var open = new ManualResetEvent(false);
    open.set(); // every waiter goes on, now and later, until reset()
    var ticket = new AutoResetEvent(false);
    ticket.set(); // one waiter goes on, and the event is reset by that
    // end
    assertThat(open.waitOne()).isTrue();
    assertThat(open.waitOne(Duration.ZERO)).isTrue();
    assertThat(ticket.waitOne()).isTrue();
    assertThat(ticket.waitOne(Duration.ZERO)).isFalse();
  }

  @Test
  void allOrNone() throws InterruptedException {
    try (var left = new AutoResetEvent(true);
        var right = new AutoResetEvent(false)) {
      // snippet: all
      boolean both = WaitHandle.waitAll(new WaitHandle[] {left, right}, Duration.ofMillis(10));
      // end
      assertThat(both).isFalse();
      assertThat(left.waitOne(Duration.ZERO)).isTrue();
    }
  }

  // snippet: simple
  static void keepAlive(Duration interval, CancellationToken token) throws InterruptedException {
    while (!token.awaitCancellation(interval)) {
      ping();
    }
  }

  // end

  @Test
  void noHandleNeeded() throws InterruptedException {
    try (var source = new CancellationTokenSource(Duration.ofMillis(50))) {
      keepAlive(Duration.ofMillis(5), source.token());
      assertThat(source.token().reason()).isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void theHandleIsTheTokens() {
    try (var source = new CancellationTokenSource()) {
      WaitHandle handle = source.token().waitHandle();
      assertThatThrownBy(handle::close).isInstanceOf(UnsupportedOperationException.class);
      source.close();
      assertThatThrownBy(handle::waitOne).isInstanceOf(ObjectDisposedException.class);
    }
  }

  private static void ping() {}
}
