// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.CLOSED;
import static desist.CancellationToken.LINKED;
import static desist.CancellationToken.REQUESTED;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A delay on the system's clock, from its start to its end. */
final class SystemDelay extends TimerEntry implements Delay {
  /*
   * Overview
   *
   * Each start of a delay is an object of its own. It counts only while it is the "delay" in the
   * token's Extras; whoever takes it from there, under the token's lock, stops it or lets it request
   * the cancellation. So a delay that fires just as it is replaced does nothing.
   *
   * It is put there before it is scheduled. Whoever takes it in between stops what has not begun;
   * replace() looks again at the end, and then stops it itself.
   */

  private final CancellationToken token;
  private final Duration length;
  private final long start;
  private volatile @Nullable TokenWatch watch;

  SystemDelay(CancellationToken token, Duration length) {
    this.token = token;
    this.length = length;
    this.start = System.nanoTime();
  }

  /** Starts the first delay of a token that nobody else knows yet. */
  static void start(CancellationToken token, Duration length) {
    SystemDelay first = new SystemDelay(token, length);
    if ((token.state & LINKED) != 0) {
      replace(token, first); // those above may be canceled at any time
      return;
    }
    Extras extras = Extras.of(token.ext);
    extras.delay = first;
    token.ext = extras;
    first.begin();
  }

  /** Lets the delay take the place of the token's present one, if the token is live. */
  static void replace(CancellationToken token, @Nullable SystemDelay next) {
    Extras extras = token.extras();
    int s = token.lock();
    Delay present = extras.delay;
    boolean live = (s & (REQUESTED | CLOSED)) == 0;
    if (live) {
      extras.delay = next;
    }
    token.state = s;
    if (live && present != null) {
      present.stop();
    }
    if (live && next != null) {
      next.begin();
      next.stopIfPointless();
    }
  }

  /** Starts the clock; the token has this delay already. */
  private void begin() {
    TimerQueue.schedule(this, start + Durations.toNanos(length));
    if ((token.state & LINKED) != 0) {
      watch();
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

  @Override
  public void stopPointless(boolean taken) {
    stop();
  }

  @Override
  public void stop() {
    TimerQueue.cancel(this);
    TokenWatch ended = watch;
    if (ended != null) {
      ended.close();
    }
  }

  @Override
  public Duration left() {
    Duration left = length.minusNanos(System.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }

  @Override
  void fire() {
    Cancellation cancellation = Cancellation.request(token, length, this, false);
    if (cancellation != null && !cancellation.isDone()) {
      Unfinished.finishElsewhere(cancellation, cancellation);
    }
  }
}
