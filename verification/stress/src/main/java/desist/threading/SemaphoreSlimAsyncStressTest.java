// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** A permit is released while the wait of a stage for it begins, or is ended otherwise. */
public final class SemaphoreSlimAsyncStressTest {
  private SemaphoreSlimAsyncStressTest() {}

  /** A stage waits, and is canceled while the permit is released. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "has the permit")
  @Outcome(id = "canceled, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "a permit lost, or doubled")
  public static class CancelVersusRelease {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CompletionStage<?> stage = semaphore.awaitAsync(source.token());

    @Actor
    public void release() {
      semaphore.release();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 = Answer.of(stage) + ", " + (semaphore.currentCount() + source.registrationCount());
    }
  }

  /** A stage begins to wait while the permit is released. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "found it free, or was handed it")
  @Outcome(expect = FORBIDDEN, desc = "a permit or a stage lost, or a registration left")
  public static class BeginVersusRelease {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
    private final CancellationTokenSource source = new CancellationTokenSource();
    private @Nullable CompletionStage<?> stage;

    @Actor
    public void release() {
      semaphore.release();
    }

    @Actor
    public void begin() {
      stage = semaphore.awaitAsync(Duration.ofMinutes(1), source.token());
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 = stage == null ? "none" : Answer.of(stage);
      r.r1 += ", " + (semaphore.currentCount() + source.registrationCount());
    }
  }

  /** A stage begins to wait while its token is canceled; a permit comes later. */
  @JCStressTest
  @State
  @Outcome(id = "canceled, 1", expect = ACCEPTABLE, desc = "refused, or ended by its token")
  @Outcome(expect = FORBIDDEN, desc = "a stage lost, or a dead one in the queue")
  public static class BeginVersusCancel {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
    private final CancellationTokenSource source = new CancellationTokenSource();
    private @Nullable CompletionStage<?> stage;

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Actor
    public void begin() {
      stage = semaphore.awaitAsync(source.token());
    }

    @Arbiter
    public void rest(LI_Result r) {
      r.r1 = stage == null ? "none" : Answer.of(stage);
      semaphore.release();
      r.r2 = semaphore.currentCount() + source.registrationCount();
    }
  }

  /** The semaphore is closed under a stage that waits while the permit is released. */
  @JCStressTest
  @State
  @Outcome(id = "through, released, 0", expect = ACCEPTABLE, desc = "released before the close")
  @Outcome(id = "closed, refused, 0", expect = ACCEPTABLE, desc = "closed before the release")
  @Outcome(expect = FORBIDDEN, desc = "a permit lost, or doubled")
  public static class CloseVersusRelease {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
    private final CompletionStage<?> stage = semaphore.awaitAsync();

    @Actor
    public void release(LLI_Result r) {
      try {
        semaphore.release();
        r.r2 = "released";
      } catch (ObjectDisposedException e) {
        r.r2 = "refused";
      }
    }

    @Actor
    public void close() {
      semaphore.close();
    }

    @Arbiter
    public void rest(LLI_Result r) {
      r.r1 = Answer.of(stage);
      r.r3 = semaphore.currentCount();
    }
  }

  /** The eldest of two is canceled while one permit is released: one of the two has it. */
  @JCStressTest
  @State
  @Outcome(id = "through, not through, 0", expect = ACCEPTABLE, desc = "the eldest has it")
  @Outcome(id = "canceled, through, 0", expect = ACCEPTABLE, desc = "the next has it")
  @Outcome(expect = FORBIDDEN, desc = "a permit lost, or doubled")
  public static class CancelOfTheEldestVersusRelease {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
    private final CancellationTokenSource source = new CancellationTokenSource();
    private final CancellationTokenSource rest = new CancellationTokenSource();
    private final CompletionStage<?> eldest = semaphore.awaitAsync(source.token());
    private final CompletionStage<?> next = semaphore.awaitAsync(rest.token());

    @Actor
    public void release() {
      semaphore.release();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void rest(LLI_Result r) {
      r.r1 = Answer.of(eldest);
      rest.cancel();
      String fate = Answer.of(next);
      r.r2 = fate.equals("canceled") ? "not through" : fate;
      r.r3 = semaphore.currentCount();
    }
  }

  /** All at once: a release, a request and the beginning of the wait. */
  @JCStressTest
  @State
  @Outcome(id = "through, 0", expect = ACCEPTABLE, desc = "has the permit")
  @Outcome(id = "canceled, 1", expect = ACCEPTABLE, desc = "has taken nothing")
  @Outcome(expect = FORBIDDEN, desc = "a permit lost, or doubled")
  public static class ReleaseAndCancelAndBegin {
    private final SemaphoreSlim semaphore = new SemaphoreSlim(0);
    private final CancellationTokenSource source = new CancellationTokenSource();
    private @Nullable CompletionStage<?> stage;

    @Actor
    public void release() {
      semaphore.release();
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Actor
    public void begin() {
      stage = semaphore.awaitAsync(source.token());
    }

    @Arbiter
    public void rest(L_Result r) {
      r.r1 = stage == null ? "none" : Answer.of(stage);
      r.r1 += ", " + (semaphore.currentCount() + source.registrationCount());
    }
  }
}
