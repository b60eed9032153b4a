// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.OperationCanceledException;
import desist.jdk.StatementCalls.Call;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Asks for a connection on another thread, so that whoever needs it can give up waiting. */
final class ConnectionRequest implements Runnable {
  /*
   * Overview
   *
   * Nothing stops a data source: an interrupt may be ignored, or destroy what others use. So it is
   * asked by a thread that can be left alone with it, the asker. It and the token race for the
   * outcome. An interrupt of the thread that waits is passed on to the asker, where it meets the data
   * source as it would in a plain call, and the wait goes on.
   *
   * Invariants:
   *
   *   1. The outcome is set once. A connection that comes when it was set is closed by the asker, and
   *      none is asked for once it is.
   *   2. The asker is interrupted only while it asks, which the lock sees to, and takes the flag back
   *      afterwards. So no interrupt of ours meets what its thread does next.
   */

  /** Threads for askers: as many as there are callers that wait, and those that have given up. */
  static final Executor ASKERS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          BridgeThreads::thread);

  private static final Outcome GIVEN_UP = new Outcome(null, null);

  private final Call<Connection, ?> source;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private @Nullable Thread asker;
  private boolean isInterrupted;

  private ConnectionRequest(Call<Connection, ?> source) {
    this.source = source;
  }

  /**
   * Asks for a connection, where the options say.
   *
   * @return a view of what the source gives
   * @throws OperationCanceledException if the token was canceled before
   */
  static <X extends Throwable> Connection connect(Call<Connection, X> source, Binding binding)
      throws X {
    CancellationToken token = binding.token();
    token.throwIfCancellationRequested();
    ConnectionRequest request = new ConnectionRequest(source);
    CancellationTokenRegistration registration =
        token.registerWith(request, ConnectionRequest::giveUp);
    try {
      binding.options().executor().execute(request);
      Outcome outcome = request.await();
      if (outcome.connection() != null) {
        return BoundConnection.of(StatementCalls.of(binding, outcome.connection()));
      } else if (outcome.failure() == null) {
        throw new OperationCanceledException(token); // here, for the caller's stack trace
      }
      @SuppressWarnings("unchecked") // as the source throws it, or it is unchecked
      X failure = (X) outcome.failure();
      throw failure;
    } finally {
      registration.close();
    }
  }

  private void giveUp() {
    outcome.complete(GIVEN_UP);
  }

  private Outcome await() {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return outcome.get();
        } catch (InterruptedException e) {
          isInterrupted = true;
          interruptAsker();
        } catch (ExecutionException e) {
          throw new AssertionError(e); // it is completed normally only
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void run() {
    if (outcome.isDone()) {
      return; // nobody waits any more
    }
    Thread current = Thread.currentThread();
    ClassLoader former = current.getContextClassLoader();
    setLoader(current, loader);
    begin(current);
    Outcome asked = ask();
    end();
    setLoader(current, former);
    if (!outcome.complete(asked) && asked.connection() != null) {
      close(asked.connection());
    }
  }

  /** Sets a thread's class loader, unless it refuses that, as some do under a security manager. */
  private static void setLoader(Thread thread, @Nullable ClassLoader loader) {
    try {
      thread.setContextClassLoader(loader);
    } catch (SecurityException e) {
      // The data source is asked all the same.
    }
  }

  private Outcome ask() {
    try {
      return new Outcome(source.call(), null);
    } catch (Throwable e) {
      return new Outcome(null, e);
    }
  }

  private void begin(Thread current) {
    lock.lock();
    try {
      asker = current;
      if (isInterrupted) {
        current.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      asker = null;
      if (isInterrupted) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  private void interruptAsker() {
    lock.lock();
    try {
      isInterrupted = true;
      if (asker != null) {
        asker.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void close(Connection late) {
    try {
      late.close();
    } catch (SQLException e) {
      // Nobody is left to be told.
    }
  }

  /** What came first: a connection, or why there is none; neither if the caller has given up. */
  private record Outcome(@Nullable Connection connection, @Nullable Throwable failure) {}
}
