// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.CLOSED;
import static desist.CancellationToken.LINKED;
import static desist.CancellationToken.REQUESTED;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The delays of a source that was made with a clock of the user's: one timer for all of them. */
final class ProviderDelay implements Delay, Runnable {
  /*
   * Overview
   *
   * The timer is the user's code, so nothing here calls it with a lock held, and whatever it does is
   * borne: it may call back before createTimer has returned, after it was closed, twice, or throw.
   * run() requests the cancellation whenever it is called; a request is granted once.
   *
   * "running" is what the clock was last told, for left() and for the reason.
   */

  private final CancellationToken token;
  private final TimeProvider provider;
  private volatile TimeProvider.@Nullable Timer timer;
  private volatile Running running;
  private volatile @Nullable TokenWatch watch;

  private ProviderDelay(CancellationToken token, TimeProvider provider, Duration length) {
    this.token = token;
    this.provider = provider;
    this.running = new Running(length, provider.timestamp());
  }

  /** Gives the token, which nobody else knows yet, a timer of the provider's. */
  static void start(CancellationToken token, TimeProvider provider, Duration length) {
    ProviderDelay delay = new ProviderDelay(token, provider, length);
    TimeProvider.Timer timer = provider.createTimer(delay, length, Timeout.INFINITE);
    if (timer == null) {
      return; // against the contract; the source then has no timer
    }
    delay.timer = timer;
    Extras extras = token.extras();
    int s = token.lock();
    extras.delay = delay;
    token.state = s;
    if ((token.state & LINKED) != 0) {
      delay.watch();
      delay.stopIfPointless();
    }
  }

  void change(Duration length) {
    running = new Running(length, provider.timestamp());
    TimeProvider.Timer present = timer;
    if (present != null) {
      present.change(length, Timeout.INFINITE);
    }
  }

  @Override
  public CancellationToken token() {
    return token;
  }

  @Override
  public @Nullable TokenWatch exchangeWatch(TokenWatch begun) {
    TokenWatch ended = watch;
    watch = begun;
    return ended;
  }

  /** Whoever has taken the delay closes the user's timer, which our timer thread must not do. */
  @Override
  public void stopPointless(boolean taken) {
    if (taken) {
      endWatch();
    } else if (TimerQueue.isTimerThread()) {
      CallbackThreads.execute(this::stop);
    } else {
      stop();
    }
  }

  @Override
  public void stop() {
    endWatch();
    TimeProvider.Timer present = timer;
    if (present != null) {
      present.close();
    }
  }

  private void endWatch() {
    TokenWatch ended = watch;
    if (ended != null) {
      ended.close();
    }
  }

  @Override
  public @Nullable Duration left() {
    Running now = running;
    if (now.length.equals(Timeout.INFINITE)) {
      return null;
    }
    Duration left = now.length.minus(provider.elapsed(now.start));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The timer's callback. */
  @Override
  public void run() {
    Cancellation cancellation = Cancellation.request(token, running.length, null, false);
    if (cancellation != null) {
      cancellation.finish();
    } else {
      // Too late for a source that was closed live: its token tells, its callbacks are gone.
      int s = token.lock();
      token.state = (s & CLOSED) != 0 ? s | REQUESTED : s;
    }
  }

  /** What the clock was told, and when by its own time. */
  private record Running(Duration length, long start) {}
}
