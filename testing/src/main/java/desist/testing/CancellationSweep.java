// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import static java.util.Objects.requireNonNull;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs a body again and again, and requests cancellation at a different moment each time.
 *
 * <p>The body is a whole test: it sets up what it needs, runs what is tested with the token of its
 * {@link Attempt}, and asserts what must hold whether or not that was canceled.
 *
 * {@snippet lang = java:
 * CancellationSweep.overSteps(
 *     attempt -> {
 *       Account from = new Account(100, attempt::step);
 *       try {
 *         transfer(30, from, to, attempt.token());
 *       } finally {
 *         assertEquals(100, from.balance() + to.balance());
 * }});}
 *
 * <p>An attempt may end normally, canceled or not: work that has finished when cancellation comes
 * has finished. Once cancellation was requested it may also end with an {@link
 * OperationCanceledException}, whose token may be one linked to the attempt's. Everything else
 * fails the sweep, with an {@link AssertionError} that says when the attempt was canceled, and with
 * what was thrown as its cause:
 *
 * <ul>
 *   <li>any other exception, a failed assertion among them;
 *   <li>a callback that throws;
 *   <li>registrations that an attempt which was not canceled leaves on its token, as {@link
 *       CancellationAssertions} counts them.
 * </ul>
 *
 * <p>Bodies run on the calling thread, one after another, without a limit of time: a body that
 * ignores cancellation hangs the test, unless its framework sees to that. If a body throws an
 * {@link InterruptedException} the sweep fails and the thread's interrupt status is set.
 *
 * @dotnet none
 * @since 1.0
 */
public final class CancellationSweep {
  private static final int MOST_STEPS = 1_000;

  // Its multiples, without their whole parts, are spread evenly over 0 to 1, however many they are.
  private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

  private CancellationSweep() {}

  /**
   * Requests cancellation at every step that the body marks: first before the body begins, then at
   * the first step, at the second, and so on, until an attempt ends without having come to its
   * step. That last one is not canceled.
   *
   * <p>Callbacks run on the thread that marks the step, within {@link Attempt#step()}. So if the
   * body does the same each time, what the sweep finds it finds each time.
   *
   * @param body what to run
   * @return at how many steps cancellation was requested
   * @throws AssertionError if an attempt fails; or if there are 1,000 steps or more, since a body
   *     that ends only when it is canceled has no last one
   * @throws NullPointerException if {@code body} is null
   * @dotnet none
   * @since 1.0
   */
  public static int overSteps(Body body) {
    int steps = overSteps(MOST_STEPS, body);
    if (steps == MOST_STEPS) {
      throw new AssertionError(
          "The body marks " + steps + " steps or more: say at how many of them to cancel");
    }
    return steps;
  }

  /**
   * Requests cancellation at every step that the body marks, but at so many at most; for bodies
   * that end only when they are canceled, or have very many steps.
   *
   * @param limit the last step at which to cancel
   * @param body what to run
   * @return at how many steps cancellation was requested
   * @throws AssertionError if an attempt fails
   * @throws IllegalArgumentException if {@code limit} is not positive
   * @throws NullPointerException if {@code body} is null
   * @dotnet none
   * @since 1.0
   */
  public static int overSteps(int limit, Body body) {
    requirePositive(limit, "limit");
    requireNonNull(body, "body");
    Attempt early = new Attempt();
    early.tryCancel("before it began");
    early.run(body);
    int step = 1;
    while (step <= limit && new Attempt(step).run(body)) {
      step++;
    }
    return step - 1;
  }

  /**
   * Requests cancellation at moments that are spread over the time that the body takes, in no
   * order.
   *
   * <p>That time is measured in two attempts that are not canceled, and again if a later one ends
   * before its moment. Callbacks run on a thread of the sweep's own, while the body runs on.
   *
   * @param attempts how many attempts to make beside the two that are measured
   * @param body what to run; it must end also if it is not canceled
   * @return how many attempts were canceled before they ended
   * @throws AssertionError if an attempt fails
   * @throws IllegalArgumentException if {@code attempts} is not positive
   * @throws NullPointerException if {@code body} is null
   * @dotnet none
   * @since 1.0
   */
  public static int overTime(int attempts, Body body) {
    requirePositive(attempts, "attempts");
    requireNonNull(body, "body");
    new Attempt().run(body); // loads classes
    long begin = System.nanoTime();
    new Attempt().run(body);
    long span = System.nanoTime() - begin;
    return overTime(attempts, Duration.ofNanos(span), body);
  }

  /**
   * Requests cancellation at moments that are spread over a time, in no order; for bodies that end
   * only when they are canceled.
   *
   * <p>If an attempt ends before its moment, later ones are canceled within the time it took.
   *
   * @param attempts how many attempts to make
   * @param span the latest moment, from the beginning of an attempt; zero or less cancels each as
   *     soon as it begins
   * @param body what to run
   * @return how many attempts were canceled before they ended
   * @throws AssertionError if an attempt fails
   * @throws IllegalArgumentException if {@code attempts} is not positive
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static int overTime(int attempts, Duration span, Body body) {
    requirePositive(attempts, "attempts");
    long nanos = TimeUnit.NANOSECONDS.convert(requireNonNull(span, "span"));
    requireNonNull(body, "body");
    int canceled = 0;
    for (int i = 0; i < attempts; i++) {
      TimedAttempt timed = new TimedAttempt(momentOf(i, nanos));
      if (timed.run(body)) {
        canceled++;
      } else {
        nanos = Math.min(nanos, timed.nanosTaken());
      }
    }
    return canceled;
  }

  private static long momentOf(int attempt, long span) {
    double fraction = attempt * GOLDEN_RATIO % 1;
    return (long) (fraction * span);
  }

  private static void requirePositive(int number, String name) {
    if (number <= 0) {
      throw new IllegalArgumentException(name + " is not positive: " + number);
    }
  }

  /**
   * What is run again and again.
   *
   * @dotnet none
   * @since 1.0
   */
  @FunctionalInterface
  public interface Body {
    /**
     * Sets up, runs and checks what is tested.
     *
     * @param attempt has the token, and marks steps
     * @throws Exception if the test fails; and an {@link OperationCanceledException} if what is
     *     tested was canceled
     * @dotnet none
     * @since 1.0
     */
    void run(Attempt attempt) throws Exception;
  }

  /**
   * One run of a body. All methods are safe to call from any thread.
   *
   * @dotnet none
   * @since 1.0
   */
  public static final class Attempt {
    /*
     * Overview
     *
     * Whoever sets "reason" decides: who cancels, to the reason, or the thread that runs the body,
     * to "notCanceled", when that has ended. So a cancellation comes before the end or not at all.
     * The body's thread judges when the callbacks have run, which it waits for; the one that cancels
     * waits for nothing but them. If both are one thread, they have run when the body goes on.
     */

    private final CancellationTokenSource source = new CancellationTokenSource();
    private final int lastStep;
    private final AtomicInteger steps = new AtomicInteger();
    private final CancellationException notCanceled = new CancellationException("Not canceled");
    private final AtomicReference<@Nullable CancellationException> reason = new AtomicReference<>();

    // Completed by who cancels, when the callbacks have run: with what they threw, or with null.
    private final CompletableFuture<@Nullable Throwable> callbacks = new CompletableFuture<>();

    /** Makes an attempt that no step cancels. */
    Attempt() {
      this(0);
    }

    /** Makes an attempt that is canceled at that step, counted from 1. */
    private Attempt(int lastStep) {
      this.lastStep = lastStep;
    }

    /**
     * Returns the token that is canceled in this attempt. Its reason says when, with the stack
     * trace of the step.
     *
     * @return always the same token
     * @dotnet none
     * @since 1.0
     */
    public CancellationToken token() {
      return source.token();
    }

    /**
     * Marks a moment at which to request cancellation: to be called by the body, or by what the
     * body gives to what it tests.
     *
     * <p>If this is the step at which this attempt is canceled, requests that and runs the
     * callbacks. Throws nothing in any case.
     *
     * @dotnet none
     * @since 1.0
     */
    public void step() {
      int step = steps.incrementAndGet();
      if (step == lastStep) {
        tryCancel("at step " + step);
      }
    }

    /** Cancels unless the body has ended; returns when the callbacks have run. */
    void tryCancel(String when) {
      CancellationException made = new CancellationException("Canceled " + when);
      if (!reason.compareAndSet(null, made)) {
        return;
      }
      Throwable failure = null;
      try {
        source.cancelBecause(made);
      } catch (AggregateException e) {
        failure = e;
      } finally {
        callbacks.complete(failure);
      }
    }

    boolean isDecided() {
      return reason.get() != null;
    }

    /** Runs the body; returns whether cancellation was requested before it ended. */
    boolean run(Body body) {
      Throwable failure = null;
      try {
        body.run(this);
      } catch (Throwable thrown) {
        failure = thrown;
      }
      boolean canceled = !reason.compareAndSet(null, notCanceled);
      if (canceled) {
        Throwable ofCallbacks = callbacks.join();
        if (failure == null || failure instanceof OperationCanceledException) {
          failure = ofCallbacks;
        }
      } else if (failure == null && source.registrationCount() > 0) {
        failure = new AssertionError(LeftBehind.by("The body", source.registrationCount()));
      }
      source.close();
      if (failure != null) {
        throw failed(failure);
      }
      return canceled;
    }

    private AssertionError failed(Throwable failure) {
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      CancellationException when = requireNonNull(reason.get());
      AssertionError failed =
          new AssertionError(when.getMessage() + ", the body failed: " + failure, failure);
      if (when != notCanceled) {
        failed.addSuppressed(when); // its stack trace tells the step
      }
      return failed;
    }
  }
}
