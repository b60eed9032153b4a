// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.OperationCanceledException;
import desist.TimeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * What is done, one thing after another, to work that does not stop when its token is canceled.
 *
 * <p>The request itself comes first: the body may poll the token or register callbacks. After a
 * grace its thread is interrupted; after another what it works on is aborted; after a third the
 * thread's stack is reported, to a handler and to the flight recorder, and again and again while
 * the body runs on. Each of these is done only if it was asked for; its grace begins when the one
 * before is due, the first one's with the cancellation. Nothing is done once the body has ended.
 *
 * <ul>
 *   <li>A result counts, also if the token was canceled meanwhile.
 *   <li>If the body ends by an exception that tells of the interrupt, by the list of {@link
 *       Interruption}, or by any exception after its resource was aborted, the call throws an
 *       {@link OperationCanceledException} with that suppressed. What the abort or the handler has
 *       thrown is suppressed, too.
 *   <li>Errors, interrupts by others, and cancellations that the body tells of itself are thrown as
 *       they are.
 * </ul>
 *
 * <p>What aborts and what is told of reports runs on daemon threads of this library. When the body
 * ends, the call waits for that for two seconds at most. Interrupts are taken back as {@link
 * Interruption} does.
 *
 * <p>Immutable, so it may be shared by any number of calls.
 *
 * {@snippet lang = java:
 * Escalation escalation =
 *     new Escalation()
 *         .withInterruptAfter(Duration.ofSeconds(1))
 *         .withReportAfter(Duration.ofSeconds(10), report -> log.warning(report.toString()));
 * escalation.run(() -> importer.run(token), token);
 * }
 *
 * @dotnet none
 * @since 1.0
 */
public final class Escalation {
  private final TimeProvider timeProvider;
  private final @Nullable Duration interruptAfter;
  private final @Nullable Abort abort;
  private final @Nullable Reporting reporting;

  /**
   * Makes an escalation that does nothing beyond the request.
   *
   * @dotnet none
   * @since 1.0
   */
  public Escalation() {
    this(TimeProvider.system(), null, null, null);
  }

  private Escalation(
      TimeProvider timeProvider,
      @Nullable Duration interruptAfter,
      @Nullable Abort abort,
      @Nullable Reporting reporting) {
    this.timeProvider = timeProvider;
    this.interruptAfter = interruptAfter;
    this.abort = abort;
    this.reporting = reporting;
  }

  /**
   * Returns an escalation that interrupts the body's thread, once.
   *
   * @param grace how long after the cancellation; zero or less means at once
   * @return a new escalation
   * @throws NullPointerException if {@code grace} is null
   * @dotnet none
   * @since 1.0
   */
  public Escalation withInterruptAfter(Duration grace) {
    return new Escalation(timeProvider, requireNonNull(grace, "grace"), abort, reporting);
  }

  /**
   * Returns an escalation that aborts what the body works on, once, so that the body fails.
   *
   * <p>To close it will do for a socket, a channel or a stream; for others there is something
   * stronger, such as {@code () -> connection.abort(executor)}. What the body owns it closes
   * itself; the other way round is for what blocks.
   *
   * @param grace how long after the interrupt, or the cancellation if there is none; zero or less
   *     means at once
   * @param resource what to close; may block
   * @return a new escalation
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public Escalation withAbortAfter(Duration grace, AutoCloseable resource) {
    Abort abort = new Abort(requireNonNull(grace, "grace"), requireNonNull(resource, "resource"));
    return new Escalation(timeProvider, interruptAfter, abort, reporting);
  }

  /**
   * Returns an escalation that reports what the body's thread is doing, again and again.
   *
   * <p>Each report is also a JFR event, {@code desist.UnresponsiveWork}, where the module {@code
   * jdk.jfr} is present.
   *
   * @param grace how long after what was done before, and after each report; zero or less means at
   *     once, and then every second
   * @param handler what is given each report; may block
   * @return a new escalation
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public Escalation withReportAfter(Duration grace, Consumer<? super EscalationReport> handler) {
    Reporting reporting =
        new Reporting(requireNonNull(grace, "grace"), requireNonNull(handler, "handler"));
    return new Escalation(timeProvider, interruptAfter, abort, reporting);
  }

  /**
   * Returns an escalation that goes by another clock.
   *
   * @param timeProvider the clock of the graces
   * @return a new escalation
   * @throws NullPointerException if {@code timeProvider} is null
   * @dotnet none
   * @since 1.0
   */
  public Escalation withTimeProvider(TimeProvider timeProvider) {
    return new Escalation(
        requireNonNull(timeProvider, "timeProvider"), interruptAfter, abort, reporting);
  }

  /**
   * Runs a body that has a result, on the calling thread.
   *
   * <p>An interrupt that is pending on entry is thrown before anything else is looked at.
   *
   * @param <T> the type of the result
   * @param <X> what the body may throw
   * @param body what to run
   * @param token what asks it to stop
   * @return the body's result
   * @throws X what the body throws
   * @throws InterruptedException if the thread is interrupted by another
   * @throws OperationCanceledException if the body has ended because of what was done to stop it,
   *     or cancellation was requested before it began
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public <T extends @Nullable Object, X extends Throwable> T call(
      InterruptibleCallable<T, X> body, CancellationToken token) throws X, InterruptedException {
    requireNonNull(body, "body");
    if (!Interruption.isWatched(token)) {
      return body.call();
    }
    EscalatedCall call = new EscalatedCall(this, token);
    T result;
    try {
      call.begin(token);
      result = body.call();
    } catch (Throwable e) {
      if (call.settle(e)) {
        throw call.canceled(e);
      }
      throw e;
    }
    call.settle(null);
    return result;
  }

  /**
   * Runs a body that has no result, on the calling thread.
   *
   * <p>Otherwise as {@link #call}.
   *
   * @param <X> what the body may throw
   * @param body what to run
   * @param token what asks it to stop
   * @throws X what the body throws
   * @throws InterruptedException if the thread is interrupted by another
   * @throws OperationCanceledException if the body has ended because of what was done to stop it,
   *     or cancellation was requested before it began
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public <X extends Throwable> void run(InterruptibleRunnable<X> body, CancellationToken token)
      throws X, InterruptedException {
    requireNonNull(body, "body");
    this.<@Nullable Void, X>call(
        () -> {
          body.run();
          return null;
        },
        token);
  }

  TimeProvider timeProvider() {
    return timeProvider;
  }

  /** Returns what is to be done to stop the call. */
  List<Step> steps(EscalatedCall call) {
    List<Step> steps = new ArrayList<>(3);
    if (interruptAfter != null) {
      steps.add(Step.quick(call::interrupt).after(interruptAfter));
    }
    if (abort != null) {
      steps.add(Step.of(() -> call.abort(abort.resource)).after(abort.grace));
    }
    if (reporting != null) {
      steps.add(
          Step.of(() -> reporting.tell(call.report()))
              .after(reporting.grace)
              .every(reporting.interval()));
    }
    return steps;
  }

  private record Abort(Duration grace, AutoCloseable resource) {}

  private record Reporting(Duration grace, Consumer<? super EscalationReport> handler) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    Duration interval() {
      return grace.isZero() || grace.isNegative() ? SHORTEST : grace;
    }

    void tell(EscalationReport report) {
      try {
        if (FlightRecorder.isInitialized()) { // the event would do that, which takes about a second
          UnresponsiveWorkEvent.record(report);
        }
      } catch (NoClassDefFoundError e) {
        // There is no flight recorder.
      }
      handler.accept(report);
    }
  }
}
