// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The token's interrupt meets the end of the body, another's interrupt, and another token's. */
public class InterruptionStressTest {
  private InterruptionStressTest() {}

  /** A body ends, looking for the interrupt once, while its token is canceled. */
  @JCStressTest
  @Outcome(id = "completed, clear", expect = ACCEPTABLE, desc = "not noticed, and taken back")
  @Outcome(id = "canceled, clear", expect = ACCEPTABLE, desc = "noticed, or not begun")
  @Outcome(expect = FORBIDDEN, desc = "the interrupt reaches what comes next")
  @State
  public static class EndVersusCancel {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private volatile boolean isCanceled;

    @Actor
    public void run(L_Result r) {
      String end = end(InterruptionStressTest::look, source);
      while (!isCanceled) {
        Thread.onSpinWait();
      }
      r.r1 = end + flag();
    }

    @Actor
    public void cancel() {
      source.cancel();
      isCanceled = true;
    }
  }

  /** Another interrupts the thread while the body runs and its token is canceled. */
  public abstract static class Others {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private volatile @Nullable Thread worker;
    private volatile boolean isOver;

    void run(L_Result r) {
      String end =
          end(
              () -> {
                worker = Thread.currentThread();
                await();
              },
              source);
      while (!isOver) {
        Thread.onSpinWait();
      }
      r.r1 = end + flag();
    }

    void disturb(boolean isCanceledFirst) {
      Thread thread;
      while ((thread = worker) == null) {
        Thread.onSpinWait();
      }
      if (isCanceledFirst) {
        source.cancel();
        thread.interrupt();
      } else {
        thread.interrupt();
        source.cancel();
      }
      isOver = true;
    }
  }

  /** The other's interrupt first: it is always kept. */
  @JCStressTest
  @Outcome(id = "interrupted, clear", expect = ACCEPTABLE, desc = "the other's is noticed")
  @Outcome(id = "canceled, set", expect = ACCEPTABLE, desc = "both are noticed")
  @Outcome(expect = FORBIDDEN, desc = "one is lost, or one too many")
  @State
  public static class OthersThenCancel extends Others {
    @Override
    @Actor
    public void run(L_Result r) {
      super.run(r);
    }

    @Actor
    public void disturb() {
      disturb(false);
    }
  }

  /** The token's interrupt first. */
  @JCStressTest
  @Outcome(id = "canceled, set", expect = ACCEPTABLE, desc = "both are noticed")
  @Outcome(id = "canceled, clear", expect = ACCEPTABLE, desc = "the two are one")
  @Outcome(expect = FORBIDDEN, desc = "the token's is lost")
  @State
  public static class CancelThenOthers extends Others {
    @Override
    @Actor
    public void run(L_Result r) {
      super.run(r);
    }

    @Actor
    public void disturb() {
      disturb(true);
    }
  }

  /** Two bodies, one in the other, are canceled by one thread, in either order. */
  public abstract static class Nested {
    private final CancellationTokenSource outer = new CancellationTokenSource();
    private final CancellationTokenSource inner = new CancellationTokenSource();
    private volatile boolean isCanceled;

    void run(L_Result r) {
      String end =
          end(
              () -> {
                try {
                  Interruption.run(InterruptionStressTest::await, inner.token());
                } catch (OperationCanceledException e) {
                  await(); // which the outer one's interrupt must end
                }
              },
              outer);
      while (!isCanceled) {
        Thread.onSpinWait();
      }
      r.r1 = end + flag();
    }

    void cancel(CancellationTokenSource first, CancellationTokenSource second) {
      first.cancel();
      second.cancel();
      isCanceled = true;
    }

    CancellationTokenSource outer() {
      return outer;
    }

    CancellationTokenSource inner() {
      return inner;
    }
  }

  /** The inner one first. */
  @JCStressTest
  @Outcome(id = "canceled, clear", expect = ACCEPTABLE, desc = "each ends its own")
  @Outcome(expect = FORBIDDEN, desc = "the outer one's is lost, or reaches what comes next")
  @State
  public static class InnerThenOuter extends Nested {
    @Override
    @Actor
    public void run(L_Result r) {
      super.run(r);
    }

    @Actor
    public void cancel() {
      cancel(inner(), outer());
    }
  }

  /** The outer one first. */
  @JCStressTest
  @Outcome(id = "canceled, clear", expect = ACCEPTABLE, desc = "each ends its own")
  @Outcome(expect = FORBIDDEN, desc = "the outer one's is lost, or reaches what comes next")
  @State
  public static class OuterThenInner extends Nested {
    @Override
    @Actor
    public void run(L_Result r) {
      super.run(r);
    }

    @Actor
    public void cancel() {
      cancel(outer(), inner());
    }
  }

  /** Runs the body and tells how it has ended. */
  private static String end(InterruptibleRunnable<?> body, CancellationTokenSource source) {
    try {
      Interruption.run(body, source.token());
      return "completed";
    } catch (OperationCanceledException e) {
      return e.token() == source.token() ? "canceled" : "canceled by another";
    } catch (InterruptedException e) {
      return "interrupted";
    } catch (Throwable e) {
      return e.toString();
    }
  }

  private static void look() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private static void await() throws InterruptedException {
    for (; ; ) {
      look();
      Thread.onSpinWait();
    }
  }

  private static String flag() {
    return Thread.interrupted() ? ", set" : ", clear";
  }
}
