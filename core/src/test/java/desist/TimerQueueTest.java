// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** What the system's timers promise. */
class TimerQueueTest {
  private static final long MILLIS = 1_000_000;
  private static final long HALF_A_MINUTE = Duration.ofSeconds(30).toNanos();

  @Test
  void noneFiresEarly() throws Exception {
    Random random = new Random(1);
    CountDownLatch fired = new CountDownLatch(2_000);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      Entry entry = new Entry(System::nanoTime, fired::countDown);
      entry.deadline = System.nanoTime() + random.nextInt((int) (200 * MILLIS));
      entries.add(entry);
      TimerQueue.schedule(entry, entry.deadline);
    }

    fired.await();

    assertThat(entries).allMatch(entry -> entry.firedAt - entry.deadline >= 0);
  }

  @Test
  void theyGoOnWhereTheClocksReadingsWrapRound() throws Exception {
    long shift = Long.MAX_VALUE - 40 * MILLIS - System.nanoTime();
    LongSupplier clock = () -> System.nanoTime() + shift;
    TimerQueue queue = new TimerQueue(clock);
    CountDownLatch fired = new CountDownLatch(40);
    List<Entry> entries = new ArrayList<>();
    long start = clock.getAsLong();
    for (int i = 1; i <= 40; i++) {
      Entry entry = new Entry(clock, fired::countDown);
      entry.deadline = start + i * 2 * MILLIS;
      entries.add(entry);
      queue.add(entry, entry.deadline);
    }

    fired.await();

    assertThat(entries.get(39).deadline).isNegative();
    assertThat(entries).allMatch(entry -> entry.firedAt - entry.deadline >= 0);
  }

  @Test
  void aTimeLongPastIsNow() throws Exception {
    CountDownLatch fired = new CountDownLatch(1);

    TimerQueue.schedule(
        new Entry(System::nanoTime, fired::countDown), System.nanoTime() - (1L << 60));

    fired.await();
  }

  @Test
  void fireRunsOnTheOneTimerThread() throws Exception {
    CompletableFuture<Thread> ranOn = new CompletableFuture<>();
    CompletableFuture<Boolean> known = new CompletableFuture<>();
    Entry entry =
        new Entry(
            System::nanoTime,
            () -> {
              ranOn.complete(Thread.currentThread());
              known.complete(TimerQueue.isTimerThread());
            });

    TimerQueue.schedule(entry, System.nanoTime());

    assertThat(ranOn.get().getName()).isEqualTo("desist-timer");
    assertThat(ranOn.get().isDaemon()).isTrue();
    assertThat(known.get()).isTrue();
    assertThat(TimerQueue.isTimerThread()).isFalse();
  }

  @Test
  void aFiredEntryMayBeScheduledAgain() throws Exception {
    CountDownLatch fired = new CountDownLatch(3);
    Entry entry =
        new Entry(System::nanoTime, fired::countDown) {
          @Override
          void fire() {
            super.fire();
            if (fired.getCount() > 0) {
              TimerQueue.schedule(this, System.nanoTime() + MILLIS);
            }
          }
        };

    TimerQueue.schedule(entry, System.nanoTime() + MILLIS);

    fired.await();
    assertThat(TimerQueue.cancel(entry)).isFalse();
  }

  @Test
  void aCanceledEntryDoesNotFire() throws Exception {
    CountDownLatch last = new CountDownLatch(1);
    Entry canceled =
        new Entry(
            System::nanoTime,
            () -> {
              throw new AssertionError();
            });
    long soon = System.nanoTime() + 20 * MILLIS;
    TimerQueue.schedule(canceled, soon);
    TimerQueue.schedule(new Entry(System::nanoTime, last::countDown), soon + 10 * MILLIS);

    assertThat(TimerQueue.cancel(canceled)).isTrue();
    assertThat(TimerQueue.cancel(canceled)).isFalse();

    last.await();
    assertThat(canceled.firedAt).isZero();
  }

  @Test
  void aCanceledEntryIsNotHeld() {
    Entry entry = new Entry(System::nanoTime, () -> {});
    TimerQueue.schedule(entry, System.nanoTime() + HALF_A_MINUTE);
    TimerQueue.cancel(entry);
    WeakReference<Entry> reference = new WeakReference<>(entry);
    entry = null;

    TestThreads.awaitCollection(reference);
  }

  @Test
  void whatFireThrowsIsReportedAndTheTimersGoOn() throws Exception {
    Error thrown = new Error("of a timer");
    CountDownLatch fired = new CountDownLatch(1);
    CompletableFuture<Throwable> reported = new CompletableFuture<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> reported.complete(e));
    try {
      Entry failing =
          new Entry(
              System::nanoTime,
              () -> {
                throw thrown;
              });
      TimerQueue.schedule(failing, System.nanoTime());

      assertThat(reported.get()).isSameAs(thrown);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    TimerQueue.schedule(new Entry(System::nanoTime, fired::countDown), System.nanoTime());
    fired.await();
  }

  @Test
  void delaysThatAreClosedAtOnceDoNotKeepTheThreadAwake() {
    AtomicLong looks = new AtomicLong();
    AtomicReference<Thread> thread = new AtomicReference<>();
    TimerQueue queue =
        new TimerQueue(
            () -> {
              looks.incrementAndGet();
              thread.set(Thread.currentThread());
              return System.nanoTime();
            });
    Entry entry = new Entry(System::nanoTime, () -> {});

    for (int i = 0; i < 500; i++) {
      queue.add(entry, System.nanoTime() + HALF_A_MINUTE);
      assertThat(TimerQueue.cancel(entry)).isTrue();
      TestThreads.await(
          "the thread sleeps",
          () -> looks.get() != 1 && thread.get().getState() != Thread.State.RUNNABLE);
    }

    assertThat(looks).hasValueLessThan(100);
  }

  @Test
  void anEarlierDeadlineWakesTheThread() throws Exception {
    TimerQueue queue = new TimerQueue(System::nanoTime);
    queue.add(new Entry(System::nanoTime, () -> {}), System.nanoTime() + HALF_A_MINUTE);
    for (int i = 0; i < 100; i++) {
      CountDownLatch fired = new CountDownLatch(1);

      queue.add(new Entry(System::nanoTime, fired::countDown), System.nanoTime() + MILLIS);

      fired.await();
    }
  }

  @Test
  void threadsThatScheduleAndCancelAtOnceLoseNothing() throws Exception {
    List<TestThreads.Running<Long>> threads = new ArrayList<>();
    AtomicLong fired = new AtomicLong();
    for (int t = 0; t < 4; t++) {
      threads.add(
          TestThreads.start(
              () -> {
                Random random = new Random();
                long canceled = 0;
                for (int i = 0; i < 20_000; i++) {
                  Entry entry = new Entry(System::nanoTime, fired::incrementAndGet);
                  TimerQueue.schedule(entry, System.nanoTime() + random.nextInt((int) MILLIS));
                  if (random.nextBoolean() && TimerQueue.cancel(entry)) {
                    canceled++;
                  }
                }
                return canceled;
              }));
    }
    long expected = 80_000;
    for (TestThreads.Running<Long> thread : threads) {
      expected -= thread.join();
    }
    CountDownLatch last = new CountDownLatch(1);
    long drained = System.nanoTime() + 10 * MILLIS;
    TimerQueue.schedule(new Entry(System::nanoTime, last::countDown), drained);
    last.await();

    long all = expected;
    TestThreads.await("all have fired", () -> fired.get() >= all);
    assertThat(fired).hasValue(expected);
  }

  private static class Entry extends TimerEntry {
    private final LongSupplier clock;
    private final Runnable action;
    private long deadline;
    private volatile long firedAt;

    Entry(LongSupplier clock, Runnable action) {
      this.clock = clock;
      this.action = action;
    }

    @Override
    void fire() {
      firedAt = clock.getAsLong();
      action.run();
    }
  }
}
