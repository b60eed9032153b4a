// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import static desist.benchmarks.Measured.check;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Does it pay to spin for a while before a thread parks? Two threads hand a ball to and fro; who
 * has it works for a given time before handing it on, and who waits spins so many times and then
 * parks.
 *
 * <p>A program: prints for each length of the work and each bound of the spin the time that a
 * hand-over takes beyond the work, and the share of the waits, in percent, that ended in the spin.
 */
final class SpinShare {
  private static final int[] WORK_NANOS = {0, 1_000, 10_000, 100_000};
  private static final int[] SPINS = {0, 10, 100, 1_000, 10_000};
  private static final int ROUNDS = 9;

  private final int workNanos;
  private final int spins;
  private final int hands;

  /** Whose turn it is: even for the one, odd for the other. */
  private volatile int turn;

  private final @Nullable Thread[] players = new @Nullable Thread[2];
  private final int[] inSpin = new int[2];

  private SpinShare(int workNanos, int spins, int hands) {
    this.workNanos = workNanos;
    this.spins = spins;
    this.hands = hands;
  }

  private void play(int me) {
    for (int i = me; i < hands; i += 2) {
      await(me, i);
      if (workNanos > 0) {
        long end = System.nanoTime() + workNanos;
        while (System.nanoTime() - end < 0) {
          Thread.onSpinWait();
        }
      }
      turn = i + 1;
      LockSupport.unpark(requireNonNull(players[1 - me]));
    }
  }

  private void await(int me, int mine) {
    for (int spin = 0; spin < spins; spin++) {
      if (turn == mine) {
        inSpin[me]++;
        return;
      }
      Thread.onSpinWait();
    }
    while (turn != mine) {
      LockSupport.park(this);
    }
  }

  /** Returns the nanoseconds that a hand-over took. */
  private double run() throws InterruptedException {
    players[0] = new Thread(() -> play(0));
    players[1] = new Thread(() -> play(1));
    long start = System.nanoTime();
    for (Thread player : players) {
      requireNonNull(player).start();
    }
    for (Thread player : players) {
      requireNonNull(player).join();
    }
    check(turn == hands, "hands that were not played");
    return (System.nanoTime() - start) / (double) hands - workNanos;
  }

  public static void main(String[] args) throws InterruptedException {
    int millis = Integer.parseInt(args[0]);
    for (int work : WORK_NANOS) {
      for (int spins : SPINS) {
        int hands = Math.max(100, (int) (millis * 1_000_000L / (10_000 + work)));
        double[] nanos = new double[ROUNDS];
        double[] share = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
          SpinShare game = new SpinShare(work, spins, hands);
          nanos[round] = game.run();
          share[round] = 100.0 * (game.inSpin[0] + game.inSpin[1]) / hands;
        }
        Arrays.sort(nanos);
        Arrays.sort(share);
        String params = "work=" + work / 1000 + " µs,spins=" + spins;
        Figures.print(
            "SpinShare", params, "hand-over ns", nanos[ROUNDS / 2], nanos[0], nanos[ROUNDS - 1]);
        Figures.print(
            "SpinShare", params, "in spin %", share[ROUNDS / 2], share[0], share[ROUNDS - 1]);
      }
    }
  }
}
