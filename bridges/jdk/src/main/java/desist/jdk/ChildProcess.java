// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that belongs to a token: when that is canceled the process is stopped, with all
 * processes that it has started.
 *
 * <p>To stop a process means these steps, which run on daemon threads of this library's:
 *
 * <ol>
 *   <li>It and all its descendants are asked to end, as by {@link ProcessHandle#destroy()}: on Unix
 *       by the signal TERM.
 *   <li>When the {@linkplain ProcessOptions#withGrace grace} has passed, those that still run are
 *       killed, together with those that they have started meanwhile.
 *   <li>Those that run on for two more seconds are {@linkplain ProcessOptions#withReport reported}.
 * </ol>
 *
 * <p>Descendants are found when the process is told. Those whose parents had ended before are not
 * known to belong to it, nor are they if it has ended by itself: what it leaves running on purpose
 * runs on.
 *
 * <p>A process that has ended before it was told has ended by itself, whatever the token says. One
 * that was told is canceled, whatever its exit code.
 *
 * <p>All methods are safe to call from any thread.
 *
 * @dotnet none
 * @since 1.0
 */
public final class ChildProcess implements AutoCloseable {
  /*
   * Overview
   *
   *     RUNNING --ends by itself--> ENDED
   *     RUNNING --stop--> STOPPING --tree is gone, or given up--> STOPPED
   *                           \---had ended by itself---> ENDED
   *
   * Invariants:
   *
   *   1. Whoever changes the state, by CAS, does what belongs to it; ENDED and STOPPED are final.
   *      "done" is counted down after that.
   *   2. Nothing is sent unless the state is STOPPING. In it, a ladder runs; its actions end it.
   *   3. A process that is done has no registration on its token.
   *
   * Why no registration is left: whoever ends finds it, since it is written before anybody is told
   * of the process's end or has this object. Only a cancellation may come before, and has used it up.
   *
   * Why nobody waits for ever: the ladder's last step gives up, and takes its turn whatever hangs
   * before it. The token's callback starts the ladder and does not wait. Whether descendants have
   * ended is looked at in short intervals, since for processes that are not its children the JDK
   * does no better, and takes zombies for alive. Of the end of the process itself onExit() tells at
   * once, but in the common pool, whose threads may all be busy; so those who wait look as well.
   */

  private enum State {
    RUNNING,
    STOPPING,
    ENDED,
    STOPPED
  }

  private static final VarHandle STATE =
      fieldVarHandle(
          MethodHandles.lookup(), "state", VarHandle.class, ChildProcess.class, State.class);

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(10);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(2);
  private static final long LOOK_ALSO_MILLIS = 500;
  private static final long LEAST_PAUSE_MILLIS = 1;
  private static final long MOST_PAUSE_MILLIS = 16;

  private final Process process;
  private final ProcessOptions options;
  private final CancellationToken token;
  private final ProcessTree tree;
  private final CountDownLatch done = new CountDownLatch(1);

  private volatile State state = State.RUNNING;
  private volatile CancellationTokenRegistration registration =
      CancellationTokenRegistration.none();

  // Written by who stops, before the ladder is started.
  private volatile @Nullable Ladder ladder;
  private volatile boolean isCanceled;

  // Written by the ladder: the process had ended by itself, before it was told.
  private volatile boolean hadEnded;

  // Written before "done" is counted down.
  private List<ProcessHandle> survivors = List.of();

  ChildProcess(Process process, ProcessOptions options, CancellationToken token) {
    this.process = process;
    this.options = options;
    this.token = token;
    this.tree = new ProcessTree(process.toHandle());
  }

  /** Begins to heed the token, and the process's end. */
  void begin() {
    registration = token.registerWith(this, ChildProcess::cancel);
    process.onExit().thenRun(this::exited);
  }

  /**
   * Returns the process itself.
   *
   * @return the process; to destroy it is the same as if it ended by itself, but for its streams,
   *     which {@link Process#destroy()} closes and {@link ProcessHandle#destroy()} does not
   * @dotnet none
   * @since 1.0
   */
  public Process process() {
    return process;
  }

  /**
   * Waits until the process has ended.
   *
   * <p>Reads nothing of its output. If that goes to a pipe, somebody has to read it, or the process
   * waits for that when the pipe is full: see {@link #waitFor(OutputStream, OutputStream)}.
   *
   * <p>If the process is stopped, waits until it and its descendants have ended, or are given up.
   *
   * @return the exit code
   * @throws OperationCanceledException if the process was stopped because its token was canceled;
   *     if descendants live on, with an {@link IOException} that says so as suppressed
   * @throws ObjectDisposedException if the process was stopped by {@link #close()}
   * @throws InterruptedException if the thread is interrupted; the process runs on
   * @dotnet Process.WaitForExitAsync(CancellationToken)
   * @since 1.0
   */
  public int waitFor() throws InterruptedException {
    while (!isDoneWithin(LOOK_ALSO_MILLIS)) {
      // not yet
    }
    return exitCode();
  }

  /**
   * Waits until the process has ended, and meanwhile writes its output to streams, on this thread.
   *
   * <p>That holds also while the process is being stopped, so it never waits for a full pipe. What
   * it has written before it ended is written when this returns; what descendants write after that
   * is not waited for. Neither stream is closed.
   *
   * @param output where its standard output goes
   * @param error where its standard error stream goes
   * @return the exit code
   * @throws IOException if a stream fails; the process runs on
   * @throws OperationCanceledException as {@link #waitFor()}
   * @throws ObjectDisposedException as {@link #waitFor()}
   * @throws InterruptedException if the thread is interrupted; the process runs on
   * @throws NullPointerException if an argument is null
   * @dotnet Process.WaitForExitAsync(CancellationToken)
   * @since 1.0
   */
  public int waitFor(OutputStream output, OutputStream error)
      throws IOException, InterruptedException {
    OutputPipe first = new OutputPipe(process.getInputStream(), requireNonNull(output, "output"));
    OutputPipe second = new OutputPipe(process.getErrorStream(), requireNonNull(error, "error"));
    long pause = LEAST_PAUSE_MILLIS;
    while (true) {
      Interruption.throwIfInterrupted(); // also where output never ceases
      boolean isDone = done.getCount() == 0;
      boolean moved = first.move();
      moved |= second.move();
      if (isDone && (!moved || !survivors.isEmpty())) { // who might write for ever
        return exitCode();
      } else if (moved) {
        pause = LEAST_PAUSE_MILLIS;
      } else {
        isDoneWithin(pause);
        pause = Math.min(2 * pause, MOST_PAUSE_MILLIS);
      }
    }
  }

  /**
   * Stops the process if it runs, and waits until it and its descendants have ended, or are given
   * up. May be called again.
   *
   * <p>An interrupt does not end the wait, and stays set.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public void close() {
    stop(false);
    Uninterruptibly.await(done);
  }

  private void cancel() {
    stop(true);
  }

  private void stop(boolean isCanceled) {
    if (state != State.RUNNING) {
      return;
    }
    Ladder made = new Ladder(steps(), options.timeProvider()); // may throw, by a user's clock
    if (STATE.compareAndSet(this, State.RUNNING, State.STOPPING)) {
      this.isCanceled = isCanceled;
      ladder = made;
      made.start();
    }
  }

  private List<Step> steps() {
    Step kill = Step.of(this::kill).every(LOOK_INTERVAL);
    Step giveUp = Step.of(this::giveUp).after(KILL_LIMIT);
    Duration grace = options.grace();
    if (grace.isZero() || grace.isNegative()) {
      return List.of(kill, giveUp);
    }
    Step look = Step.of(this::look).after(LOOK_INTERVAL).every(LOOK_INTERVAL);
    return List.of(Step.of(this::terminate), look, kill.after(grace.minus(LOOK_INTERVAL)), giveUp);
  }

  private void terminate() {
    told(tree.terminate());
  }

  private void kill() {
    told(tree.kill());
  }

  private void told(boolean isTold) {
    if (!isTold) {
      hadEnded = true;
    }
    look();
  }

  private void look() {
    if (process.isAlive()) {
      return; // as far as the JDK has taken note
    } else if (hadEnded) {
      settle(State.ENDED, List.of());
    } else if (tree.isGone()) {
      settle(State.STOPPED, List.of());
    }
  }

  private void giveUp() {
    settle(State.STOPPED, tree.running());
  }

  /** Ends what stop() has begun. */
  private void settle(State end, List<ProcessHandle> survivors) {
    if (!STATE.compareAndSet(this, State.STOPPING, end)) {
      return;
    }
    this.survivors = survivors;
    requireNonNull(ladder).end();
    registration.unregister();
    done.countDown();
    if (!survivors.isEmpty()) {
      options.report().accept(survivors);
    }
  }

  /** Called when the process has ended, for whatever reason. */
  private void exited() {
    if (STATE.compareAndSet(this, State.RUNNING, State.ENDED)) {
      registration.unregister();
      done.countDown();
    } else {
      look();
    }
  }

  /** Waits so long; then looks whether the process has ended and nobody has told of it. */
  private boolean isDoneWithin(long millis) throws InterruptedException {
    if (!done.await(millis, TimeUnit.MILLISECONDS) && !process.isAlive()) {
      exited();
    }
    return done.getCount() == 0;
  }

  private int exitCode() {
    if (state == State.ENDED) {
      return process.exitValue();
    } else if (!isCanceled) {
      throw new ObjectDisposedException("ChildProcess");
    }
    OperationCanceledException canceled = new OperationCanceledException(token);
    if (!survivors.isEmpty()) {
      canceled.addSuppressed(new IOException(ProcessOptions.describe(survivors)));
    }
    throw canceled;
  }

  /**
   * Returns the type with the pid and the state.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return "ChildProcess[" + process.pid() + ", " + state.name().toLowerCase(Locale.ROOT) + "]";
  }
}
