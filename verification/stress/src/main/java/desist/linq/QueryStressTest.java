// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A whole query is canceled, iterated and closed while its workers run. */
public final class QueryStressTest {
  private QueryStressTest() {}

  /** Cancellation against the end: there is a result, or the query throws. */
  @JCStressTest
  @State
  @Outcome(id = "6, 0", expect = ACCEPTABLE, desc = "canceled too late")
  @Outcome(id = "canceled, 0", expect = ACCEPTABLE, desc = "canceled in time")
  @Outcome(
      expect = FORBIDDEN,
      desc = "a part of the result, a delegate that runs on, or something registered")
  public static class CancelVersusEnd {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final Late late = new Late();
    private String end = "";

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Actor
    public void query() {
      try {
        end +=
            ParallelEnumerable.range(0, 4)
                .withDegreeOfParallelism(2)
                .withCancellation(source.token())
                .boxed()
                .select(late::look)
                .sumInt(x -> x);
      } catch (OperationCanceledException e) {
        end = "canceled";
      }
      late.isOver = true;
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = end + late.told() + ", " + source.registrationCount();
    }
  }

  /** Cancellation against an iteration: all comes, or a step throws. */
  @JCStressTest
  @State
  @Outcome(id = "6, 0", expect = ACCEPTABLE, desc = "canceled too late")
  @Outcome(id = "canceled, 0", expect = ACCEPTABLE, desc = "canceled in time")
  @Outcome(
      expect = FORBIDDEN,
      desc = "an end too early, a delegate that runs on, or something registered")
  public static class CancelVersusIteration {
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final Late late = new Late();
    private String end = "";

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Actor
    public void iterate() {
      int sum = 0;
      try (CloseableIterator<Integer> iterator =
          ParallelEnumerable.range(0, 4)
              .withDegreeOfParallelism(2)
              .withMergeOptions(ParallelMergeOptions.NOT_BUFFERED)
              .withCancellation(source.token())
              .boxed()
              .select(late::look)
              .iterator()) {
        while (iterator.hasNext()) {
          sum += iterator.next();
        }
        end += sum;
      } catch (OperationCanceledException e) {
        end = "canceled";
      }
      late.isOver = true;
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = end + late.told() + ", " + source.registrationCount();
    }
  }

  /** Elements come one by one to whom a step waits for; and then the end. */
  @JCStressTest
  @State
  @Outcome(id = "each once", expect = ACCEPTABLE, desc = "no wake was lost")
  @Outcome(expect = FORBIDDEN, desc = "an element lost, or a step that waits for ever")
  public static class ResultVersusStep {
    private final Supply supply = new Supply();

    @Actor
    public void supply() {
      supply.count = 1;
      supply.count = 2;
      supply.isComplete = true;
    }

    @Actor
    public void iterate(L_Result r) {
      int sum = 0;
      try (CloseableIterator<Integer> iterator = supply.query().iterator()) {
        while (iterator.hasNext()) {
          sum += 1 << 4 * iterator.next();
        }
      }
      r.r1 = sum == 0x11 ? "each once" : Integer.toHexString(sum);
    }
  }

  /** The iterator is closed after a step, while elements still come. */
  @JCStressTest
  @State
  @Outcome(id = "closed", expect = ACCEPTABLE, desc = "no delegate ran on")
  @Outcome(expect = FORBIDDEN, desc = "one ran after the iterator was closed")
  public static class ResultVersusClose {
    private final Supply supply = new Supply();
    private final Late late = new Late();

    @Actor
    public void supply() {
      supply.count = 1;
      supply.count = 2;
      supply.isComplete = true;
    }

    @Actor
    public void iterate() {
      CloseableIterator<Integer> iterator = supply.query().select(late::look).iterator();
      iterator.next();
      iterator.close();
      late.isOver = true;
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = "closed" + late.told();
    }
  }

  /** Notices delegates that run when the query is over. */
  private static final class Late {
    private final AtomicInteger late = new AtomicInteger();
    private volatile boolean isOver;

    <T> T look(T element) {
      if (isOver) {
        late.incrementAndGet();
      }
      return element;
    }

    String told() {
      return late.get() == 0 ? "" : " and " + late + " late";
    }
  }

  /** Numbers that another thread supplies. */
  private static final class Supply implements Iterator<Integer> {
    private volatile int count;
    private volatile boolean isComplete;
    private int next;

    ParallelQuery<Integer> query() {
      return ParallelEnumerable.<Integer>asParallel(() -> this)
          .withDegreeOfParallelism(2)
          .withMergeOptions(ParallelMergeOptions.NOT_BUFFERED)
          .select(x -> x);
    }

    @Override
    public boolean hasNext() {
      while (next == count && !isComplete) {
        Thread.onSpinWait();
      }
      return next < count;
    }

    @Override
    public Integer next() {
      return next++;
    }
  }
}
