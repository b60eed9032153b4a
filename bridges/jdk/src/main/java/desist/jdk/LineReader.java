// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines, with a token, from what can neither be interrupted nor closed while somebody waits
 * for it, such as the console.
 *
 * <p>A thread of its own reads a line when one is asked for. If whoever asked gives up, that thread
 * goes on waiting, and the line is for who asks next: none is lost. So let nobody else read from
 * the same source.
 *
 * {@snippet lang = java:
 * var lines = new LineReader(new BufferedReader(new InputStreamReader(System.in)));
 * String answer = lines.readLine(token);
 * }
 *
 * <p>May be used by several threads, which are served in turn.
 *
 * @dotnet TextReader
 * @since 1.0
 */
public final class LineReader {
  /*
   * Overview
   *
   * "turn" is held by the one call that waits for a line; the others wait for it with their tokens.
   * Under it no code of the user's runs: the reader is called by the thread that reads, which is a
   * daemon, so that a console that nobody types on does not keep the process alive.
   *
   * The line that is being read outlives the call that has asked for it: a call takes it away only
   * if it returns it, or throws what reading has thrown.
   */

  private final BufferedReader in;
  private final ReentrantLock turn = new ReentrantLock(true);

  // Guarded by the turn.
  private @Nullable FutureTask<@Nullable String> line;

  /**
   * Makes one for the lines of a reader.
   *
   * @param in what to read from
   * @throws NullPointerException if {@code in} is null
   * @dotnet none
   * @since 1.0
   */
  public LineReader(BufferedReader in) {
    this.in = requireNonNull(in, "in");
  }

  /**
   * Waits for a line.
   *
   * <p>An interrupt that is pending on entry is thrown before the token is looked at.
   *
   * @param token ends the wait
   * @return the next line without its end; null at the end of the source
   * @throws IOException if reading fails
   * @throws InterruptedException if the thread is interrupted first
   * @throws OperationCanceledException if cancellation is requested first
   * @throws NullPointerException if {@code token} is null
   * @dotnet TextReader.ReadLineAsync(CancellationToken)
   * @since 1.0
   */
  public @Nullable String readLine(CancellationToken token)
      throws IOException, InterruptedException {
    Interruption.run(turn::lockInterruptibly, token);
    try {
      FutureTask<@Nullable String> asked = line == null ? ask() : line;
      @Nullable String read = Interruption.call(asked::get, token);
      line = null;
      return read;
    } catch (ExecutionException e) {
      line = null;
      throw new IOException(e.getCause());
    } finally {
      turn.unlock();
    }
  }

  private FutureTask<@Nullable String> ask() {
    FutureTask<@Nullable String> asked = new FutureTask<>(in::readLine);
    Thread thread = new Thread(null, asked, "desist-line-reader", 0, false);
    thread.setDaemon(true);
    thread.start();
    line = asked;
    return asked;
  }
}
