// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import static java.util.Objects.requireNonNull;

import desist.TimeProvider;
import desist.Timeout;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/**
 * A clock that stands still until a test moves it, and whose timers fire on the thread that does.
 *
 * <p>Whatever moves the clock, {@link #advance advance}, {@link #setInstant setInstant} or an
 * {@linkplain #setAutoAdvanceAmount automatic advance}, first sets the time to its end and then
 * runs the callbacks of the timers that became due, one after another, before it returns. They run
 * in the order of their due times, and in the order in which they were scheduled if those are
 * equal. So a callback sees the end time, not the time it was due. A timer {@linkplain #createTimer
 * made} or changed to be due at once fires before that call returns.
 *
 * <p>While a callback runs, whoever moves the clock, be it that callback or another thread, only
 * sets the time and returns; the call that is running callbacks goes on to run those that became
 * due.
 *
 * <p>What a callback throws keeps no other from running. When all have run, the first failure is
 * thrown as it is by the call that ran them, with the later ones {@linkplain
 * Throwable#getSuppressed() suppressed}. The clock goes on working.
 *
 * <p>Time is kept to the nanosecond and saturates at {@link Instant#MAX}. All methods may be called
 * from any thread, and none ever waits for time to pass.
 *
 * {@snippet lang = java:
 * FakeTimeProvider clock = new FakeTimeProvider();
 * CancellationTokenSource source = new CancellationTokenSource(Duration.ofMinutes(5), clock);
 * clock.advance(Duration.ofMinutes(5));
 * assertTrue(source.isCancellationRequested());
 * }
 *
 * @dotnet FakeTimeProvider
 * @since 1.0
 */
public final class FakeTimeProvider extends TimeProvider {
  /*
   * Overview
   *
   * The clock keeps two times: "now", the time of day, which adjustTime() may set in either
   * direction, and the uptime of "timers", how far the clock was moved in all, which only grows.
   * Timers and timestamps go by uptime. So adjustTime() has nothing to do for the timers: they keep
   * their distance.
   *
   * Both move together, under the lock of "timers". What is due is fired after that, without it.
   */

  private static final Instant DEFAULT_START = Instant.parse("2000-01-01T00:00:00Z");
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final Instant start;
  private final FakeTimers timers = new FakeTimers();

  // Guarded by the lock of "timers".
  private Instant now;
  private Duration autoAdvanceAmount = Duration.ZERO;
  private ZoneId localTimeZone = ZoneOffset.UTC;

  /**
   * Makes a clock that stands at midnight of January 1, 2000, in UTC, which is also its local time
   * zone.
   *
   * @dotnet FakeTimeProvider()
   * @since 1.0
   */
  public FakeTimeProvider() {
    this(DEFAULT_START);
  }

  /**
   * Makes a clock that stands at the given time; its local time zone is UTC.
   *
   * @param start the clock's first time
   * @throws NullPointerException if {@code start} is null
   * @dotnet FakeTimeProvider(DateTimeOffset)
   * @since 1.0
   */
  public FakeTimeProvider(Instant start) {
    this.start = requireNonNull(start, "start");
    this.now = start;
  }

  /**
   * Returns the time at which this clock was made to start, wherever it has been moved since.
   *
   * @return the clock's first time
   * @dotnet FakeTimeProvider.Start
   * @since 1.0
   */
  public Instant start() {
    return start;
  }

  /**
   * Moves the clock forward and fires the timers that become due.
   *
   * <p>An amount of zero moves nothing. Of a periodic timer, every period that has passed fires
   * once.
   *
   * @param amount how far to move the clock; unlike a delay, it must not be negative, since to move
   *     a clock back is {@linkplain #adjustTime another thing}
   * @throws IllegalArgumentException if {@code amount} is negative
   * @throws NullPointerException if {@code amount} is null
   * @dotnet FakeTimeProvider.Advance(TimeSpan)
   * @since 1.0
   */
  public void advance(Duration amount) {
    requireNotNegative(amount, "amount");
    timers.moving(() -> move(amount));
  }

  /**
   * Moves the clock forward to the given time and fires the timers that become due, as {@link
   * #advance advance} does.
   *
   * @param time the clock's new time
   * @throws IllegalArgumentException if {@code time} is before the clock's present time
   * @throws NullPointerException if {@code time} is null
   * @dotnet FakeTimeProvider.SetUtcNow(DateTimeOffset)
   * @since 1.0
   */
  public void setInstant(Instant time) {
    requireNonNull(time, "time");
    timers.moving(
        () -> {
          if (time.isBefore(now)) {
            throw new IllegalArgumentException(
                "time is " + time + ", before the clock's " + now + "; adjustTime can set it back");
          }
          return move(Duration.between(now, time));
        });
  }

  /**
   * Sets the time of day in either direction, as an operator or a time server does.
   *
   * <p>No timer fires because of it: what remains until a timer is due stays the same, and {@link
   * #timestamp timestamps} do not notice.
   *
   * @param time the clock's new time
   * @throws NullPointerException if {@code time} is null
   * @dotnet FakeTimeProvider.AdjustTime(DateTimeOffset)
   * @since 1.0
   */
  public void adjustTime(Instant time) {
    requireNonNull(time, "time");
    timers.locked(() -> now = time);
  }

  /**
   * Returns how far this clock moves by itself each time it is read; at first zero.
   *
   * @return the automatic advance
   * @dotnet FakeTimeProvider.AutoAdvanceAmount
   * @since 1.0
   */
  public Duration autoAdvanceAmount() {
    return timers.locked(() -> autoAdvanceAmount);
  }

  /**
   * Lets this clock move by itself each time that {@link #instant instant} or {@link #timestamp
   * timestamp} reads it.
   *
   * <p>The reader is given the time before the move; the timers that become due fire before the
   * reader's call returns. A source that counts its delays by this clock is a reader too.
   *
   * @param amount how far to move the clock at each reading; zero lets it stand still
   * @throws IllegalArgumentException if {@code amount} is negative
   * @throws NullPointerException if {@code amount} is null
   * @dotnet FakeTimeProvider.AutoAdvanceAmount
   * @since 1.0
   */
  public void setAutoAdvanceAmount(Duration amount) {
    requireNotNegative(amount, "amount");
    timers.locked(() -> autoAdvanceAmount = amount);
  }

  /**
   * Returns the present time, and then moves the clock by its {@linkplain #autoAdvanceAmount()
   * automatic advance}.
   *
   * @dotnet FakeTimeProvider.GetUtcNow()
   * @since 1.0
   */
  @Override
  public Instant instant() {
    return timers.moving(() -> move(autoAdvanceAmount));
  }

  /**
   * Returns how many nanoseconds this clock was moved forward in all, and then moves it by its
   * {@linkplain #autoAdvanceAmount() automatic advance}.
   *
   * <p>{@link #adjustTime adjustTime} moves the time of day only. After 292 years the count starts
   * over, as {@link System#nanoTime()} does.
   *
   * @dotnet FakeTimeProvider.GetTimestamp()
   * @since 1.0
   */
  @Override
  public long timestamp() {
    Duration read =
        timers.moving(
            () -> {
              Duration uptime = timers.uptime();
              move(autoAdvanceAmount);
              return uptime;
            });
    return read.getSeconds() * 1_000_000_000 + read.getNano(); // wraps around
  }

  /**
   * Returns the time zone that was {@linkplain #setLocalTimeZone set}, or UTC.
   *
   * @dotnet FakeTimeProvider.LocalTimeZone
   * @since 1.0
   */
  @Override
  public ZoneId localTimeZone() {
    return timers.locked(() -> localTimeZone);
  }

  /**
   * Sets the time zone that this clock takes for the local one.
   *
   * @param zone the new local time zone
   * @throws NullPointerException if {@code zone} is null
   * @dotnet FakeTimeProvider.SetLocalTimeZone(TimeZoneInfo)
   * @since 1.0
   */
  public void setLocalTimeZone(ZoneId zone) {
    requireNonNull(zone, "zone");
    timers.locked(() -> localTimeZone = zone);
  }

  /**
   * Makes a timer that fires when this clock is moved to or past its due time.
   *
   * <p>A timer that is due at once fires before this method returns, unless a callback of this
   * clock is running, which it then follows. A periodic timer is next due one period after it was
   * last due; or, if the clock was moved while its callback ran, one period after that move. A
   * callback may change and close its own timer.
   *
   * <p>Closing the timer does not wait for its callback. A timer that is neither closed nor
   * reachable may be removed by the garbage collector, pending or not.
   *
   * @param callback what to run, on the thread that moves the clock
   * @param dueTime the time until the timer first fires; zero or less means at once, {@link
   *     Timeout#INFINITE} means not until it is changed
   * @param period the time between two callbacks; {@link Timeout#INFINITE} means to fire once
   * @throws IllegalArgumentException if {@code period} is zero or negative
   * @throws NullPointerException if an argument is null
   * @dotnet FakeTimeProvider.CreateTimer(TimerCallback, object, TimeSpan, TimeSpan)
   * @since 1.0
   */
  @Override
  public Timer createTimer(Runnable callback, Duration dueTime, Duration period) {
    requireNonNull(callback, "callback");
    FakeTimer timer = timers.create(callback);
    timer.change(dueTime, period);
    return timer;
  }

  /**
   * Returns how many timers of this clock are pending: set to fire, and neither fired, unless they
   * are periodic, nor closed.
   *
   * @return the number, zero or more
   * @dotnet none
   * @since 1.0
   */
  public int timerCount() {
    return timers.count();
  }

  /**
   * Waits until at least so many timers of this clock are {@linkplain #timerCount() pending}, so
   * that a test does not move the clock before what it tests has begun to wait.
   *
   * @param count how many timers to wait for
   * @throws InterruptedException if the thread is interrupted while it waits
   * @dotnet none
   * @since 1.0
   */
  public void awaitTimers(int count) throws InterruptedException {
    timers.awaitCount(count, Long.MAX_VALUE); // 292 years
  }

  /**
   * Waits until at least so many timers of this clock are {@linkplain #timerCount() pending}, or
   * the time is over.
   *
   * @param count how many timers to wait for
   * @param timeout how long to wait, by the system's clock; zero or less does not wait
   * @return whether so many are pending
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws NullPointerException if {@code timeout} is null
   * @dotnet none
   * @since 1.0
   */
  public boolean awaitTimers(int count, Duration timeout) throws InterruptedException {
    return timers.awaitCount(
        count, TimeUnit.NANOSECONDS.convert(requireNonNull(timeout, "timeout")));
  }

  /**
   * Returns the present time in UTC, to the millisecond, such as {@code 2000-01-01T00:00:00.000}.
   * The clock does not move.
   *
   * @dotnet FakeTimeProvider.ToString()
   * @since 1.0
   */
  @Override
  public String toString() {
    return timers.locked(() -> FORMAT.format(now));
  }

  /** Moves the clock, and returns the time before. Called under the lock. */
  private Instant move(Duration amount) {
    Instant before = now;
    Duration room = Duration.between(now, Instant.MAX);
    now = amount.compareTo(room) < 0 ? now.plus(amount) : Instant.MAX;
    timers.move(amount);
    return before;
  }

  private static void requireNotNegative(Duration amount, String name) {
    requireNonNull(amount, name);
    if (amount.isNegative()) {
      throw new IllegalArgumentException(name + " is negative: " + amount);
    }
  }
}
