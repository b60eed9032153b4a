// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Two threads that hand a ball to and fro, with two new signals for each round: the one that JMH
 * calls, and a partner. A round wakes two threads.
 */
@State(Scope.Thread)
public abstract class Players {
  /** A signal that is given once. */
  interface Signal {
    void await() throws InterruptedException;

    void give();
  }

  private volatile @Nullable Signal nextPing;
  private volatile @Nullable Signal nextPong;
  private volatile boolean stop;
  private volatile long answered;
  private long asked;
  private final Signal first = make();
  private Signal ping = first;
  private final Thread partner = new Thread(this::answer, "partner");

  Players() {
    partner.setDaemon(true);
    partner.start();
  }

  abstract Signal make();

  private void answer() {
    try {
      Signal mine = first;
      while (true) {
        mine.await();
        if (stop) {
          return;
        }
        answered++;
        mine = requireNonNull(nextPing);
        requireNonNull(nextPong).give();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  final void play() throws InterruptedException {
    Signal pong = make();
    Signal next = make();
    nextPong = pong;
    nextPing = next;
    Signal present = ping;
    ping = next;
    asked++;
    present.give();
    pong.await();
  }

  @TearDown
  public void tearDown() throws InterruptedException {
    stop = true;
    ping.give();
    partner.join();
    Measured.check(asked == answered && asked > 0, asked + " asked, " + answered + " answered");
  }
}
