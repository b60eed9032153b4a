// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.AbandonedMutexException;
import desist.AutoResetEvent;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.ManualResetEvent;
import desist.Mutex;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import desist.Semaphore;
import desist.SemaphoreFullException;
import desist.WaitHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  // snippet: semaphore
  static void useSlot(Semaphore slots, Runnable work, CancellationToken token)
      throws InterruptedException {
    if (WaitHandle.waitAny(token.waitHandle(), slots) == 0) {
      token.throwIfCancellationRequested(); // no slot was taken, so there is none to give back
    }
    try {
      work.run();
    } finally {
      slots.release();
    }
  }

  // end

  @Test
  void aSlotIsGivenBackIfItWasTaken() throws InterruptedException {
    try (var slots = new Semaphore(1, 1);
        var source = new CancellationTokenSource()) {
      List<String> log = new ArrayList<>();
      useSlot(slots, () -> log.add("used"), source.token());
      source.cancel();
      assertThatThrownBy(() -> useSlot(slots, () -> log.add("canceled"), source.token()))
          .isInstanceOf(OperationCanceledException.class);
      assertThat(log).containsExactly("used");
      assertThatThrownBy(slots::release).isInstanceOf(SemaphoreFullException.class);
    }
  }

  // snippet: mutex
  static void append(String entry, Journal journal, Mutex mutex) throws InterruptedException {
    boolean isIntact = true;
    try {
      mutex.waitOne();
    } catch (AbandonedMutexException e) {
      isIntact = false; // and this thread owns the mutex
    }
    try {
      if (!isIntact) {
        journal.repair();
      }
      journal.append(entry);
    } finally {
      mutex.releaseMutex();
    }
  }

  // end

  @Test
  void whatAnOwnerLeftHalfDoneIsRepaired() throws InterruptedException {
    try (var mutex = new Mutex()) {
      Journal journal = new Journal(new ArrayList<>());
      append("first", journal, mutex);
      Thread owner = new Thread(() -> assertThat(waitFor(mutex)).isTrue());
      owner.start();
      owner.join();
      append("second", journal, mutex);
      append("third", journal, mutex);
      assertThat(journal.entries).containsExactly("first", "repaired", "second", "third");
    }
  }

  // snippet: signalAndWait
  static void handOver(AutoResetEvent filled, AutoResetEvent emptied) throws InterruptedException {
    WaitHandle.signalAndWait(filled, emptied);
  }

  // end

  @Test
  void oneIsSignaledAndTheOtherTaken() throws InterruptedException {
    try (var filled = new AutoResetEvent(false);
        var emptied = new AutoResetEvent(true)) {
      handOver(filled, emptied);
      assertThat(filled.waitOne(Duration.ZERO)).isTrue();
      assertThat(emptied.waitOne(Duration.ZERO)).isFalse();
    }
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

  private static boolean waitFor(WaitHandle handle) {
    try {
      return handle.waitOne();
    } catch (InterruptedException e) {
      return false;
    }
  }

  private record Journal(List<String> entries) {
    void append(String entry) {
      entries.add(entry);
    }

    void repair() {
      entries.add("repaired");
    }
  }
}
