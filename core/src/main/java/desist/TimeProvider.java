// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A clock with timers, so that code which waits for time to pass can be tested with one that is
 * moved by hand.
 *
 * <p>A provider that overrides nothing tells the system's time and has the system's timers. All
 * methods are safe to call from any thread; those who derive from this class keep it so.
 *
 * @dotnet TimeProvider
 * @since 1.0
 */
public abstract class TimeProvider implements InstantSource {
  private static final TimeProvider SYSTEM = new TimeProvider() {};

  /**
   * Makes a provider.
   *
   * @dotnet TimeProvider()
   * @since 1.0
   */
  protected TimeProvider() {}

  /**
   * Returns the system's clock.
   *
   * @return always the same provider
   * @dotnet TimeProvider.System
   * @since 1.0
   */
  public static TimeProvider system() {
    return SYSTEM;
  }

  /**
   * Returns the present time.
   *
   * @return the time of day; it may jump as clocks are set
   * @dotnet TimeProvider.GetUtcNow()
   * @since 1.0
   */
  @Override
  public Instant instant() {
    return Instant.now();
  }

  /**
   * Returns the time zone that this provider counts as local.
   *
   * @return the zone; the system's unless overridden
   * @dotnet TimeProvider.LocalTimeZone
   * @since 1.0
   */
  public ZoneId localTimeZone() {
    return ZoneId.systemDefault();
  }

  /**
   * Returns the reading of a clock that never jumps.
   *
   * @return nanoseconds from an arbitrary origin; may be negative, and is to be compared with other
   *     readings of this provider alone
   * @dotnet TimeProvider.GetTimestamp()
   * @since 1.0
   */
  public long timestamp() {
    return System.nanoTime();
  }

  /**
   * Returns how much time has passed since a reading.
   *
   * @param start an earlier {@link #timestamp()}
   * @return the time from then to now
   * @dotnet TimeProvider.GetElapsedTime(long)
   * @since 1.0
   */
  public Duration elapsed(long start) {
    return elapsed(start, timestamp());
  }

  /**
   * Returns how much time lies between two readings.
   *
   * @param start a {@link #timestamp()}
   * @param end another
   * @return the time between them; negative if the end comes first
   * @dotnet TimeProvider.GetElapsedTime(long, long)
   * @since 1.0
   */
  public Duration elapsed(long start, long end) {
    return Duration.ofNanos(end - start);
  }

  /**
   * Makes a timer.
   *
   * <p>The system's timers call back on daemon threads of this library's, never early. A timer that
   * is scheduled stays alive although nobody refers to it. If a callback takes longer than the
   * period the next one starts meanwhile, on another thread. What a callback throws goes to its
   * thread's handler of uncaught exceptions.
   *
   * @param callback what to run when the time has come
   * @param dueTime how long from now; zero or less means as soon as possible, {@link
   *     Timeout#INFINITE} not until it is {@linkplain Timer#change changed}
   * @param period how long from then to the next time; {@link Timeout#INFINITE} for one time only
   * @return the timer
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code period} is not positive
   * @dotnet TimeProvider.CreateTimer(TimerCallback, object, TimeSpan, TimeSpan)
   * @since 1.0
   */
  public Timer createTimer(Runnable callback, Duration dueTime, Duration period) {
    SystemTimer timer = new SystemTimer(requireNonNull(callback, "callback"));
    timer.change(dueTime, period);
    return timer;
  }

  /**
   * A timer: calls back when its time has come.
   *
   * @dotnet ITimer
   * @since 1.0
   */
  public interface Timer extends AutoCloseable {
    /**
     * Sets when the timer calls back, instead of what was set before.
     *
     * @param dueTime how long from now; zero or less means as soon as possible, {@link
     *     Timeout#INFINITE} never
     * @param period how long from then to the next time; {@link Timeout#INFINITE} for one time only
     * @return false if the timer is closed, and nothing was set
     * @throws NullPointerException if an argument is null
     * @throws IllegalArgumentException if {@code period} is not positive
     * @dotnet ITimer.Change(TimeSpan, TimeSpan)
     * @since 1.0
     */
    boolean change(Duration dueTime, Duration period);

    /**
     * Stops the timer for good. Does not wait for a callback that is running. May be called again.
     *
     * @dotnet ITimer.Dispose()
     * @since 1.0
     */
    @Override
    void close();

    /**
     * Stops the timer, as {@link #close()} does.
     *
     * @return a stage that completes when no callback of this timer is running any more
     * @dotnet ITimer.DisposeAsync()
     * @since 1.0
     */
    CompletionStage<@Nullable Void> closeAsync();
  }
}
