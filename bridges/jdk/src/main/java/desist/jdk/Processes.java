// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Processes of the operating system that a token stops, with all that they have started.
 *
 * {@snippet lang = java:
 * ProcessResult result = Processes.run(new ProcessBuilder("pg_dump", "orders"), token);
 * if (result.exitCode() != 0) {
 *   throw new IOException(result.error());
 * }
 * }
 *
 * <p>How a process is stopped is told in {@link ChildProcess}. Of the plain JDK, an interrupt ends
 * the wait and lets the process run on, and {@link Process#destroy()} lets its children run on.
 *
 * @dotnet none
 * @since 1.0
 */
public final class Processes {
  private Processes() {}

  /**
   * Starts a process that belongs to the token.
   *
   * {@snippet lang = java:
   * try (var server = Processes.start(new ProcessBuilder("./server").inheritIO(), token)) {
   *   return server.waitFor();
   * }
   * }
   *
   * @param builder starts the process
   * @param token stops it, until it has ended; also if that comes while it is being started
   * @return the process, to be closed
   * @throws OperationCanceledException if cancellation was requested before
   * @throws IOException if the process cannot be started
   * @throws NullPointerException if an argument is null
   * @dotnet Process.Start(ProcessStartInfo)
   * @since 1.0
   */
  public static ChildProcess start(ProcessBuilder builder, CancellationToken token)
      throws IOException {
    return start(builder, ProcessOptions.DEFAULT, token);
  }

  /**
   * Starts a process that belongs to the token, as {@link #start(ProcessBuilder,
   * CancellationToken)} does.
   *
   * @param builder starts the process
   * @param options how it is stopped
   * @param token stops it
   * @return the process, to be closed
   * @throws OperationCanceledException if cancellation was requested before
   * @throws IOException if the process cannot be started
   * @throws NullPointerException if an argument is null
   * @dotnet Process.Start(ProcessStartInfo)
   * @since 1.0
   */
  public static ChildProcess start(
      ProcessBuilder builder, ProcessOptions options, CancellationToken token) throws IOException {
    requireNonNull(builder, "builder");
    requireNonNull(options, "options");
    token.throwIfCancellationRequested();
    Process process = builder.start();
    try {
      return adopt(process, options, token);
    } catch (Throwable e) { // by a clock of the user's
      process.destroyForcibly();
      throw e;
    }
  }

  /**
   * Gives a process that runs already to the token.
   *
   * @param process the process, one that was started by a {@link ProcessBuilder} or has a {@link
   *     Process#toHandle() handle} otherwise
   * @param token stops it; at once if cancellation was requested before
   * @return the process, to be closed
   * @throws UnsupportedOperationException if the process has no handle
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static ChildProcess adopt(Process process, CancellationToken token) {
    return adopt(process, ProcessOptions.DEFAULT, token);
  }

  /**
   * Gives a process that runs already to the token, as {@link #adopt(Process, CancellationToken)}
   * does.
   *
   * @param process the process
   * @param options how it is stopped
   * @param token stops it; at once if cancellation was requested before
   * @return the process, to be closed
   * @throws UnsupportedOperationException if the process has no handle
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static ChildProcess adopt(
      Process process, ProcessOptions options, CancellationToken token) {
    ChildProcess child =
        new ChildProcess(
            requireNonNull(process, "process"),
            requireNonNull(options, "options"),
            requireNonNull(token, "token"));
    child.begin();
    return child;
  }

  /**
   * Runs a process to its end and returns its output.
   *
   * <p>Its standard input is empty. Its output is read on this thread while it runs, also while it
   * is being stopped, and kept in memory. Streams that the builder redirects are empty here.
   *
   * <p>Whatever this call throws, the process has ended by then, or was given up: on an interrupt
   * it is stopped as it is when the token is canceled.
   *
   * @param builder starts the process
   * @param token stops it
   * @return exit code and output
   * @throws OperationCanceledException if cancellation was requested before, or the process was
   *     stopped because of that
   * @throws IOException if the process cannot be started
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static ProcessResult run(ProcessBuilder builder, CancellationToken token)
      throws IOException, InterruptedException {
    return run(builder, ProcessOptions.DEFAULT, token);
  }

  /**
   * Runs a process to its end and returns its output, as {@link #run(ProcessBuilder,
   * CancellationToken)} does.
   *
   * @param builder starts the process
   * @param options how it is stopped, and the encoding of its output
   * @param token stops it
   * @return exit code and output
   * @throws OperationCanceledException if cancellation was requested before, or the process was
   *     stopped because of that
   * @throws IOException if the process cannot be started
   * @throws InterruptedException if the thread is interrupted
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static ProcessResult run(
      ProcessBuilder builder, ProcessOptions options, CancellationToken token)
      throws IOException, InterruptedException {
    requireNonNull(builder, "builder");
    requireNonNull(options, "options");
    Interruption.throwIfInterrupted(); // before anything is started
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    try (ChildProcess child = start(builder, options, token)) {
      child.process().getOutputStream().close();
      int exitCode = child.waitFor(output, error);
      return new ProcessResult(
          exitCode, output.toString(options.charset()), error.toString(options.charset()));
    }
  }
}
