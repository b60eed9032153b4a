// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.threading.TestThreads.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Waits of a thread and of a stage are released, canceled, interrupted and timed out at the same
 * moment: a million times with {@code -Plong}, fewer otherwise. The count is exactly right after
 * each.
 */
final class SemaphoreSlimSoakTest {
  private static final boolean LONG = "long".equals(System.getProperty("desist.budget"));
  private static final int RACES = LONG ? 1_000_000 : 20_000;
  private static final int PERMITS = 2;
  private static final int USERS = 4;
  private static final int SHORTEST_NANOS = 1_000;
  private static final int MOST_SPINS = 1_000;
  private static final Duration FOREVER = Duration.ofDays(1);

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void noPermitIsLostOrDoubledWhateverCoincides() throws Exception {
    Race race = new Race();
    Running<Void> waiting = TestThreads.run(race);
    int[] ends = new int[End.values().length];

    for (int i = 1; i <= RACES; i++) {
      race.begin(i);
      var stage = random.nextInt(4) == 0 ? race.awaitAsync() : null;
      race.awaitWait(i);
      int released = endInSomeOrder(race, waiting.thread());
      End end = race.awaitEnd(i);
      ends[end.ordinal()]++;
      int taken = (end == End.TAKEN ? 1 : 0) + (stage != null && isTaken(stage) ? 1 : 0);

      assertThat(race.semaphore.currentCount())
          .as("free after race %d: released %d, taken %d, thread %s", i, released, taken, end)
          .isEqualTo(released - taken);
      assertThat(race.source.registrationCount()).as("left on the token in race %d", i).isZero();
      while (race.semaphore.await(Duration.ZERO)) {
        continue; // takes back what is left
      }
    }
    race.begin(Race.OVER);
    waiting.join();

    System.out.printf("%,d races, which ended in", RACES);
    for (End end : End.values()) {
      System.out.printf(" %s %,d", end, ends[end.ordinal()]);
    }
    System.out.println();
  }

  @Test
  void permitsThatManyShareAreNeverMoreOrLess() throws Exception {
    SemaphoreSlim semaphore = new SemaphoreSlim(PERMITS, PERMITS);
    AtomicInteger inUse = new AtomicInteger();
    AtomicInteger mostInUse = new AtomicInteger();
    List<User> users = new ArrayList<>();
    List<Running<Void>> threads = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      User user = new User(semaphore, inUse, mostInUse, random.split());
      users.add(user);
      threads.add(TestThreads.run(user));
    }
    while (threads.stream().anyMatch(thread -> thread.thread().isAlive())) {
      int i = random.nextInt(USERS);
      if (random.nextBoolean()) {
        users.get(i).source.cancel();
      } else {
        threads.get(i).thread().interrupt();
      }
      spin(random.nextInt(MOST_SPINS));
    }
    for (Running<Void> thread : threads) {
      thread.join();
    }
    users.forEach(user -> user.source.cancel());

    TestThreads.await("are all back", () -> semaphore.currentCount() == PERMITS);
    assertThat(mostInUse.get()).isBetween(1, PERMITS);
    assertThat(inUse).hasValue(0);
  }

  /**
   * Releases, cancels and interrupts at random, and at last ends the wait; returns the releases.
   */
  private int endInSomeOrder(Race race, Thread waiter) {
    int released = 0;
    spin(random.nextInt(MOST_SPINS));
    for (int actions = random.nextInt(3); actions >= 0; actions--) {
      switch (random.nextInt(3)) {
        case 0 -> {
          int more = 1 + random.nextInt(2);
          race.semaphore.releaseMany(more);
          released += more;
        }
        case 1 -> race.source.cancel();
        default -> waiter.interrupt();
      }
    }
    spin(random.nextInt(MOST_SPINS));
    race.source.cancel();
    return released;
  }

  private static boolean isTaken(CompletableFuture<Boolean> stage) throws Exception {
    return stage
        .exceptionally(e -> !(e instanceof OperationCanceledException))
        .get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  /** How a thread's wait ended. */
  private enum End {
    TAKEN,
    LATE,
    CANCELED,
    INTERRUPTED
  }

  /** One race after another: a thread that waits in each, when it is told to. */
  private final class Race implements Runnable {
    private static final int OVER = -1;

    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
    private CancellationTokenSource source = new CancellationTokenSource();
    private Duration timeout = FOREVER;
    private End end = End.LATE;

    /**
     * The race that has begun, whose wait begins and that has ended; they guard the fields above.
     */
    private volatile int begun;

    private volatile int waiting;
    private volatile int ended;

    void begin(int race) {
      source = new CancellationTokenSource();
      timeout = random.nextBoolean() ? FOREVER : randomTimeout();
      begun = race;
    }

    void awaitWait(int race) {
      TestThreads.await("is about to wait", () -> waiting == race);
    }

    CompletableFuture<Boolean> awaitAsync() {
      Duration limit = random.nextBoolean() ? FOREVER : randomTimeout();
      return semaphore.awaitAsync(limit, source.token()).toCompletableFuture();
    }

    End awaitEnd(int race) {
      TestThreads.await("ends", () -> ended == race);
      return end;
    }

    @Override
    public void run() {
      for (int race = 0; race != OVER; ) {
        int last = race;
        TestThreads.await("begins", () -> begun != last);
        race = begun;
        if (race != OVER) {
          end = await(race, source.token());
          ended = race;
        }
      }
    }

    private End await(int race, CancellationToken token) {
      Thread.interrupted(); // which came too late for the race before
      waiting = race;
      try {
        return semaphore.await(timeout, token) ? End.TAKEN : End.LATE;
      } catch (OperationCanceledException e) {
        return End.CANCELED;
      } catch (InterruptedException e) {
        return End.INTERRUPTED;
      }
    }

    private Duration randomTimeout() {
      return Duration.ofNanos(SHORTEST_NANOS + random.nextInt(20 * SHORTEST_NANOS));
    }
  }

  /** A thread that takes permits, by itself or by stages, uses them and gives them back. */
  private static final class User implements Runnable {
    private final SemaphoreSlim semaphore;
    private final AtomicInteger inUse;
    private final AtomicInteger mostInUse;
    private final SplittableRandom random;
    private volatile CancellationTokenSource source = new CancellationTokenSource();

    User(
        SemaphoreSlim semaphore,
        AtomicInteger inUse,
        AtomicInteger mostInUse,
        SplittableRandom random) {
      this.semaphore = semaphore;
      this.inUse = inUse;
      this.mostInUse = mostInUse;
      this.random = random;
    }

    @Override
    public void run() {
      for (int i = 0; i < RACES / USERS; i++) {
        CancellationToken token = source.token();
        Duration timeout = Duration.ofNanos(random.nextInt(100_000));
        try {
          if (random.nextInt(8) == 0) {
            semaphore.awaitAsync(timeout, token).thenAccept(this::useIfTaken);
          } else {
            useIfTaken(semaphore.await(timeout, token));
          }
        } catch (OperationCanceledException | InterruptedException e) {
          // has taken nothing
        }
        if (token.isCancellationRequested()) {
          source = new CancellationTokenSource();
        }
      }
    }

    private void useIfTaken(boolean isTaken) {
      if (isTaken) {
        mostInUse.accumulateAndGet(inUse.incrementAndGet(), Math::max);
        spin(MOST_SPINS);
        inUse.decrementAndGet();
        semaphore.release(); // throws if there were too many
      }
    }
  }
}
