// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A parallel loop is stopped, broken, canceled and joined at the same time. */
public final class ParallelStressTest {
  private ParallelStressTest() {}

  /** One iteration stops, another breaks: the second to do so throws. */
  @JCStressTest
  @State
  @Outcome(id = "stopped, refused", expect = ACCEPTABLE, desc = "the stop came first")
  @Outcome(id = "refused, broke", expect = ACCEPTABLE, desc = "the break came first")
  @Outcome(expect = FORBIDDEN, desc = "stopped and broken, or neither")
  public static class StopVersusBreak {
    private final LoopFlags flags = new LoopFlags();
    private String ofBreak = "";

    @Actor
    public void stop(L_Result r) {
      try {
        flags.stop();
        r.r1 = "stopped";
      } catch (IllegalStateException e) {
        r.r1 = "refused";
      }
    }

    @Actor
    public void breakAt() {
      try {
        flags.breakAt(1);
        ofBreak = "broke";
      } catch (IllegalStateException e) {
        ofBreak = "refused";
      }
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 += ", " + ofBreak;
    }
  }

  /** Of several breaks the lowest counts. */
  @JCStressTest
  @State
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "the lowest")
  @Outcome(expect = FORBIDDEN, desc = "another, or none")
  public static class BreakVersusBreak {
    private final LoopFlags flags = new LoopFlags();

    @Actor
    public void breakAtThree() {
      flags.breakAt(3);
    }

    @Actor
    public void breakAtOne() {
      flags.breakAt(1);
    }

    @Actor
    public void breakAtTwo() {
      flags.breakAt(2);
    }

    @Arbiter
    public void lowest(L_Result r) {
      r.r1 = flags.lowestBreak().orElse(-1);
    }
  }

  /** Cancellation against the end: all has run, or the loop throws; nothing stays registered. */
  @JCStressTest
  @State
  @Outcome(id = "completed 4, 0", expect = ACCEPTABLE, desc = "canceled too late")
  @Outcome(
      id = {"canceled 0, 0", "canceled 1, 0", "canceled 2, 0", "canceled 3, 0", "canceled 4, 0"},
      expect = ACCEPTABLE,
      desc = "canceled in time")
  @Outcome(expect = FORBIDDEN, desc = "a part, and nothing thrown")
  public static class CancelVersusEnd {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final AtomicInteger bodies = new AtomicInteger();
    private String end = "";

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Actor
    public void loop() {
      ParallelOptions options =
          new ParallelOptions().withCancellationToken(source.token()).withMaxDegreeOfParallelism(2);
      try {
        Parallel.forRange(0, 4, options, i -> bodies.incrementAndGet());
        end = "completed ";
      } catch (OperationCanceledException e) {
        end = "canceled ";
      }
      end += bodies.get();
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = end + ", " + source.registrationCount();
    }
  }

  /** A helper comes while the caller ends: each index is run once, and none after the return. */
  @JCStressTest
  @State
  @Outcome(id = "4, 4", expect = ACCEPTABLE, desc = "all before the return")
  @Outcome(expect = FORBIDDEN, desc = "one left out, run twice, or run after the return")
  public static class HelperVersusCaller {
    private final Handing scheduler = new Handing();
    private final AtomicInteger bodies = new AtomicInteger();

    @Actor
    public void call(L_Result r) {
      ParallelOptions options = new ParallelOptions().withTaskScheduler(scheduler);
      Parallel.forRange(0, 4, options, i -> bodies.incrementAndGet());
      r.r1 = bodies.get();
      scheduler.isOver = true;
    }

    @Actor
    public void help() {
      while (!scheduler.isOver) {
        Runnable helper = scheduler.queued;
        if (helper != null) {
          helper.run();
          return;
        }
        Thread.onSpinWait();
      }
    }

    @Arbiter
    public void end(L_Result r) {
      Runnable helper = scheduler.queued;
      if (helper != null) {
        helper.run();
      }
      r.r1 += ", " + bodies.get();
    }
  }

  /** Hands the last work that it was given to another thread. */
  static final class Handing implements Executor {
    volatile @Nullable Runnable queued;
    volatile boolean isOver;

    @Override
    public void execute(Runnable work) {
      queued = work;
    }
  }

  /** Two readers of one source: each gets elements of its own, none is lost. */
  @JCStressTest
  @State
  @Outcome(id = "3", expect = ACCEPTABLE, desc = "each once")
  @Outcome(expect = FORBIDDEN, desc = "one lost, or read twice")
  public static class ReaderVersusReader {
    private final SharedSource<Integer> source =
        new SharedSource<>(List.of(1, 2).iterator(), false);
    private final AtomicInteger sum = new AtomicInteger();

    @Actor
    public void read() {
      readAll();
    }

    @Actor
    public void readToo() {
      readAll();
    }

    private void readAll() {
      Cursor<Integer> cursor = source.open(new LoopFlags());
      try {
        while (cursor.moveNext()) {
          sum.addAndGet(cursor.element);
        }
      } catch (RuntimeException e) { // of an iterator that is not used in turns
        sum.addAndGet(100);
      }
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = sum.get();
    }
  }
}
