// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.Timeout;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Work that ends in order: first none is taken any more, then what runs is finished, then it is
 * stopped, and what has not stopped is named.
 *
 * {@snippet lang = java:
 * try (var shutdown = ShutdownScope.ofJvm(new ShutdownOptions());
 *     var work = shutdown.begin("import")) {
 *   while (!shutdown.draining().isCancellationRequested()) {
 *     load(nextFile(), shutdown.stopping());
 * }}}
 *
 * <p>The end is begun by {@link #request()}, by {@link #close()}, or, {@linkplain #ofJvm if so
 * made}, by the shutdown of the JVM. It has these steps:
 *
 * <ol>
 *   <li>The token {@link #draining()} is canceled, and no work {@linkplain #begin begins} any more.
 *   <li>When all work has ended, or the drain grace has passed, {@link #stopping()} is canceled.
 *   <li>When all work has ended, or the stop grace has passed as well, the scope has ended. If work
 *       is left it is {@linkplain ShutdownOptions#withReport reported} by name.
 * </ol>
 *
 * <p>If no work runs, all of it happens at once. Callbacks of both tokens run on threads of this
 * library's, or where the clock that the {@linkplain ShutdownOptions options} name calls back; what
 * they throw goes to that thread's handler of uncaught exceptions. So none of them, nor the report,
 * holds up a request, or the end of the JVM for longer than the graces.
 *
 * <p>All methods are safe to call from any thread.
 *
 * @dotnet none
 * @since 1.0
 */
public final class ShutdownScope implements AutoCloseable {
  /*
   * Overview
   *
   * Three sources that are canceled in this order, each by a request or its delay:
   *
   *     "draining"  by the request
   *     "stopping"  by a delay from then, or when no work is left
   *     "overdue"   by a longer delay; its callback reports what is left
   *
   * Invariants:
   *
   *   1. A work gets into "works" under the lock and only while draining is not requested; so once
   *      it is, works only leave, and that none is left stays so.
   *   2. finish() is called when draining is requested and no work is left: by the request, if that
   *      finds none after draining is visible, or by the work that is the last to leave after that.
   *      Each looks under the lock, so whichever is second sees that all is over. If both do, the
   *      second call changes nothing.
   *   3. "ended" is counted down when stopping is canceled and no work is left, or the report made.
   *
   * No code of the user's runs under the lock, nor on a thread that requests or waits, except the
   * clock's own methods. What the waiting threads wait for comes within both graces and the limit
   * of the report, whatever works, callbacks and report do: the JVM's end does not depend on them.
   *
   * The sources are not closed: a scope that has ended has no delay any more, and its tokens stay
   * what they are.
   */

  private static final Duration REPORT_LIMIT = Duration.ofSeconds(5);

  private final ShutdownOptions options;
  private final CancellationTokenSource draining = new CancellationTokenSource();
  private final CancellationTokenSource stopping;
  private final CancellationTokenSource overdue;
  private final AtomicBoolean delaysAreSet = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  @Nullable Thread hook; // written before the scope is handed out

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Work> works = new LinkedHashSet<>(); // guarded by "lock"

  /**
   * Makes a scope that ends on request, or when it is closed.
   *
   * @param options the graces, the clock and the report
   * @throws NullPointerException if {@code options} is null
   * @dotnet none
   * @since 1.0
   */
  public ShutdownScope(ShutdownOptions options) {
    this.options = requireNonNull(options, "options");
    stopping = new CancellationTokenSource(Timeout.INFINITE, options.timeProvider());
    overdue = new CancellationTokenSource(Timeout.INFINITE, options.timeProvider());
    overdue.token().register(this::giveUp);
  }

  /**
   * Makes a scope that ends also when the JVM shuts down: on SIGTERM, on Ctrl-C, or because of
   * {@link System#exit}.
   *
   * <p>It does so in a {@linkplain Runtime#addShutdownHook shutdown hook}, which requests the end
   * and waits for it, and runs no code of the user's. The JVM goes on to run, daemon threads too,
   * until the scope has ended, and no longer: what a thread does after {@link #close()} may then be
   * cut short. The exit status is that of whatever shut the JVM down, 143 for SIGTERM. A scope that
   * is made when the JVM is shutting down already is requested from the start.
   *
   * <p>{@link System#exit} does not return. A thread that calls it within its work never ends that
   * work, so the JVM waits for both graces. The same call in a callback of a token, or while the
   * JVM shuts down, blocks that thread for good and changes nothing.
   *
   * @param options the graces, the clock and the report
   * @return the scope
   * @throws NullPointerException if {@code options} is null
   * @dotnet none
   * @since 1.0
   */
  public static ShutdownScope ofJvm(ShutdownOptions options) {
    ShutdownScope scope = new ShutdownScope(options);
    Thread hook = new Thread(null, scope::endWithJvm, "desist-shutdown", 0, false);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      scope.hook = hook;
    } catch (IllegalStateException e) {
      scope.requestWithJvm(); // shutting down already
    }
    return scope;
  }

  /**
   * Returns the token that says to take no more work.
   *
   * @return always the same token; its reason is that of the request, and a {@link
   *     CancellationException} if the JVM shuts down
   * @dotnet IHostApplicationLifetime.ApplicationStopping
   * @since 1.0
   */
  public CancellationToken draining() {
    return draining.token();
  }

  /**
   * Returns the token that says to stop working. It is canceled after {@link #draining()}; from the
   * request on it {@linkplain CancellationToken#remaining() tells} how much of the drain grace is
   * left.
   *
   * @return always the same token; its reason is a {@link java.util.concurrent.TimeoutException} if
   *     the drain grace has passed, and none if all work has ended before
   * @dotnet none
   * @since 1.0
   */
  public CancellationToken stopping() {
    return stopping.token();
  }

  /**
   * Begins work that the end waits for.
   *
   * @param name what the work is called if it has to be reported
   * @return the work, to be closed when it has ended, by any thread
   * @throws OperationCanceledException if the end was requested; the work must not be begun
   * @throws NullPointerException if {@code name} is null
   * @dotnet none
   * @since 1.0
   */
  public Work begin(String name) {
    Work work = new Work(this, requireNonNull(name, "name"), options.timeProvider().timestamp());
    lock.lock();
    try {
      if (!draining.isCancellationRequested()) {
        works.add(work);
        return work;
      }
    } finally {
      lock.unlock();
    }
    throw new OperationCanceledException(draining.token());
  }

  /**
   * Returns the names of the work that has begun and not ended.
   *
   * @return the names, in the order in which the work began
   * @dotnet none
   * @since 1.0
   */
  public List<String> running() {
    return snapshot().stream().map(Work::name).toList();
  }

  /**
   * Makes a shield for clean-up work: a token that is canceled when the grace has passed since
   * {@link #stopping()} was, by the clock of this scope.
   *
   * <p>If the clean-up belongs to work of this scope, a grace beyond the stop grace is of no use.
   *
   * @param grace how long the clean-up may take
   * @return the shield
   * @throws NullPointerException if {@code grace} is null
   * @dotnet none
   * @since 1.0
   */
  public Shield shield(Duration grace) {
    return Shield.of(grace, options.timeProvider(), stopping.token());
  }

  /**
   * Requests the end, and does not wait for it. May be called again, and then does nothing.
   *
   * <p>When this returns {@link #draining()} is canceled; its callbacks may not have run yet.
   *
   * @dotnet IHostApplicationLifetime.StopApplication()
   * @since 1.0
   */
  public void request() {
    end(draining.cancelAsync());
  }

  /**
   * Requests the end, as {@link #request()} does, and says why.
   *
   * @param reason becomes the reason of {@link #draining()}
   * @throws NullPointerException if {@code reason} is null
   * @dotnet none
   * @since 1.0
   */
  public void requestBecause(Throwable reason) {
    end(draining.cancelAsyncBecause(requireNonNull(reason, "reason")));
  }

  /**
   * Requests the end, waits until this scope has ended, and takes the shutdown hook off. May be
   * called again.
   *
   * <p>Waits no longer than both graces and, if there is something to report, five seconds. An
   * interrupt does not end the wait, and stays set. Work of the calling thread that is still open
   * is waited for as any other.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public void close() {
    request();
    Uninterruptibly.await(ended);
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It is running, and about to end as well.
      }
    }
  }

  private void endWithJvm() {
    requestWithJvm();
    Uninterruptibly.await(ended);
  }

  private void requestWithJvm() {
    requestBecause(new CancellationException("The JVM is shutting down"));
  }

  /** Goes on from the request, whose callbacks may be running. */
  private void end(CompletionStage<?> callbacks) {
    tellHandler(callbacks);
    if (delaysAreSet.compareAndSet(false, true)) {
      stopping.cancelAfter(options.drainGrace());
      overdue.cancelAfter(options.wholeGrace());
    }
    if (snapshot().isEmpty()) { // and so for good, by invariant 1
      finish();
    }
  }

  private void finish() {
    tellHandler(stopping.cancelAsync());
    overdue.cancelAfter(Timeout.INFINITE);
    ended.countDown();
  }

  private void giveUp() {
    tellHandler(stopping.cancelAsync());
    List<UnfinishedWork> unfinished = snapshot().stream().map(Work::unfinished).toList();
    try (var limit = new CancellationTokenSource(REPORT_LIMIT, options.timeProvider())) {
      limit.token().register(ended::countDown);
      if (!unfinished.isEmpty()) {
        options.report().accept(unfinished);
      }
    } finally {
      ended.countDown();
    }
  }

  private void ended(Work work) {
    if (isLast(work)) {
      finish();
    }
  }

  private boolean isLast(Work work) {
    lock.lock();
    try {
      return works.remove(work) && works.isEmpty() && draining.isCancellationRequested();
    } finally {
      lock.unlock();
    }
  }

  private List<Work> snapshot() {
    lock.lock();
    try {
      return List.copyOf(works);
    } finally {
      lock.unlock();
    }
  }

  private static void tellHandler(CompletionStage<?> callbacks) {
    callbacks.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            Uncaught.tell(failure);
          }
        });
  }

  /**
   * Returns the type with the state: open, draining, stopping or ended, and the work that runs.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return "ShutdownScope[" + state() + ", running=" + running() + "]";
  }

  private String state() {
    if (ended.getCount() == 0) {
      return "ended";
    } else if (stopping.isCancellationRequested()) {
      return "stopping";
    }
    return draining.isCancellationRequested() ? "draining" : "open";
  }

  /**
   * Work that the end of a scope waits for.
   *
   * @dotnet none
   * @since 1.0
   */
  public static final class Work implements AutoCloseable {
    private final ShutdownScope scope;
    private final String name;
    private final long begin;
    private final Thread thread = Thread.currentThread();

    private Work(ShutdownScope scope, String name, long begin) {
      this.scope = scope;
      this.name = name;
      this.begin = begin;
    }

    /**
     * Returns what the work is called.
     *
     * @return the name that it was begun with
     * @dotnet none
     * @since 1.0
     */
    public String name() {
      return name;
    }

    /**
     * Says that the work has ended. May be called again.
     *
     * @dotnet none
     * @since 1.0
     */
    @Override
    public void close() {
      scope.ended(this);
    }

    private UnfinishedWork unfinished() {
      return new UnfinishedWork(name, thread, scope.options.timeProvider().elapsed(begin));
    }

    /**
     * Returns the type with the name.
     *
     * @dotnet none
     * @since 1.0
     */
    @Override
    public String toString() {
      return "Work[" + name + "]";
    }
  }
}
