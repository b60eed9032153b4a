// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Input and output on what others use as well: selectors and the channels of files.
 *
 * <p>The token ends what its caller does and nothing else. It never closes what is shared, and
 * never interrupts the caller, which would close a channel for all who use it. What belongs to the
 * caller alone, and may be closed, is stopped by {@link Owned}.
 *
 * {@snippet lang = java:
 * while (true) {
 *   Shared.select(selector, key -> handle(key), token);
 * }
 * }
 *
 * @dotnet none
 * @since 1.0
 */
public final class Shared {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private Shared() {}

  /**
   * Waits until a channel of a selector is ready, as {@link Selector#select()} does.
   *
   * <p>The token wakes the selector. That reaches this call alone: a wakeup that comes when the
   * call has ended is taken back before it returns, and whoever selects next waits. So is one that
   * somebody else has sent meanwhile, since with this call a selection has ended after it.
   *
   * <p>If keys are selected they are told of, also if the token is canceled meanwhile. An interrupt
   * ends the selection and stays set, as without a token. One thread selects at a time: while
   * another does this call waits for it, as without a token, and also when it is canceled.
   *
   * @param selector the selector
   * @param token what ends the wait
   * @return how many keys are selected; 0 also if somebody has waked the selector
   * @throws IOException if the selector fails
   * @throws OperationCanceledException if the token is canceled and no key was selected
   * @throws java.nio.channels.ClosedSelectorException if the selector is closed
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static int select(Selector selector, CancellationToken token) throws IOException {
    requireNonNull(selector, "selector");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? new Selection(selector).run(selector::select, token)
        : selector.select();
  }

  /**
   * Waits until a channel of a selector is ready, unless the time is over before. Otherwise as
   * {@link #select(Selector, CancellationToken)}.
   *
   * @param selector the selector
   * @param timeout how long to wait; zero or less means not at all
   * @param token what ends the wait
   * @return how many keys are selected
   * @throws IOException if the selector fails
   * @throws OperationCanceledException if the token is canceled and no key was selected
   * @throws java.nio.channels.ClosedSelectorException if the selector is closed
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static int select(Selector selector, Duration timeout, CancellationToken token)
      throws IOException {
    requireNonNull(selector, "selector");
    long millis = millis(timeout);
    requireNonNull(token, "token");
    if (millis <= 0) {
      token.throwIfCancellationRequested();
      return selector.selectNow();
    }
    return token.canBeCanceled()
        ? new Selection(selector).run(() -> selector.select(millis), token)
        : selector.select(millis);
  }

  /**
   * Waits until a channel of a selector is ready, and calls an action for each that is, as {@link
   * Selector#select(Consumer)} does. Otherwise as {@link #select(Selector, CancellationToken)}.
   *
   * <p>The action is not stopped by the token. What it throws is thrown as it is.
   *
   * @param selector the selector
   * @param action what is called for each key, on this thread
   * @param token what ends the wait
   * @return for how many keys the action was called
   * @throws IOException if the selector fails
   * @throws OperationCanceledException if the token is canceled and no key was ready
   * @throws java.nio.channels.ClosedSelectorException if the selector is closed
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static int select(
      Selector selector, Consumer<SelectionKey> action, CancellationToken token)
      throws IOException {
    requireNonNull(selector, "selector");
    requireNonNull(action, "action");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? new Selection(selector).run(() -> selector.select(action), token)
        : selector.select(action);
  }

  /**
   * Waits until a channel of a selector is ready, unless the time is over before, and calls an
   * action for each that is. Otherwise as {@link #select(Selector, Consumer, CancellationToken)}.
   *
   * @param selector the selector
   * @param action what is called for each key, on this thread
   * @param timeout how long to wait; zero or less means not at all
   * @param token what ends the wait
   * @return for how many keys the action was called
   * @throws IOException if the selector fails
   * @throws OperationCanceledException if the token is canceled and no key was ready
   * @throws java.nio.channels.ClosedSelectorException if the selector is closed
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static int select(
      Selector selector, Consumer<SelectionKey> action, Duration timeout, CancellationToken token)
      throws IOException {
    requireNonNull(selector, "selector");
    requireNonNull(action, "action");
    long millis = millis(timeout);
    requireNonNull(token, "token");
    if (millis <= 0) {
      token.throwIfCancellationRequested();
      return selector.selectNow(action);
    }
    return token.canBeCanceled()
        ? new Selection(selector).run(() -> selector.select(action, millis), token)
        : selector.select(action, millis);
  }

  /**
   * Returns a view of a file's channel that looks at the token before each piece, and has a
   * position of its own, which is 0 at first.
   *
   * <p>A read takes one piece, of 8192 bytes at most. A write writes all, piece by piece; if it is
   * canceled half-way, the buffer's position tells how much is written. The channel's own position
   * is neither looked at nor changed, so that others may use the channel at the same time. Closing
   * the view does not close the channel.
   *
   * <p>An interrupt while a piece is read or written closes the channel for all, as Java has it.
   * One that is pending before does not: it is told by a {@link java.io.InterruptedIOException},
   * and stays set.
   *
   * <p>Each thread that reads needs a view of its own, which costs next to nothing.
   *
   * {@snippet lang = java:
   * InputStream in = Channels.newInputStream(Shared.withCancellation(channel, token));
   * }
   *
   * @param channel what to read from and write to
   * @param token what to look at
   * @return the view
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static SeekableByteChannel withCancellation(FileChannel channel, CancellationToken token) {
    return new TokenFileChannel(requireNonNull(channel, "channel"), requireNonNull(token, "token"));
  }

  /**
   * Acquires an exclusive lock on a whole file, as {@link FileChannel#lock()} does.
   *
   * <p>The lock is tried for again and again, in intervals that become longer up to 50
   * milliseconds, as a thread that waits for it in the system could only be stopped by closing the
   * channel. So it is not fair towards those who wait there.
   *
   * <p>An interrupt ends the wait and leaves the channel open, which the plain call does not.
   *
   * @param channel a channel of the file, open for writing
   * @param token what ends the wait
   * @return the lock
   * @throws IOException if the file cannot be locked
   * @throws java.nio.channels.FileLockInterruptionException if the thread is interrupted; the flag
   *     stays set
   * @throws java.nio.channels.OverlappingFileLockException if this process has such a lock already
   * @throws OperationCanceledException if the token is canceled first; the lock is not held then
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static FileLock lock(FileChannel channel, CancellationToken token) throws IOException {
    return lock(channel, 0, Long.MAX_VALUE, false, token);
  }

  /**
   * Acquires a lock on a region of a file, as {@link FileChannel#lock(long, long, boolean)} does.
   * Otherwise as {@link #lock(FileChannel, CancellationToken)}.
   *
   * @param channel a channel of the file
   * @param position where the region begins
   * @param size how long it is
   * @param isShared whether others may have shared locks on it
   * @param token what ends the wait
   * @return the lock
   * @throws IOException if the file cannot be locked
   * @throws java.nio.channels.FileLockInterruptionException if the thread is interrupted; the flag
   *     stays set
   * @throws java.nio.channels.OverlappingFileLockException if this process has such a lock already
   * @throws OperationCanceledException if the token is canceled first; the lock is not held then
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static FileLock lock(
      FileChannel channel, long position, long size, boolean isShared, CancellationToken token)
      throws IOException {
    requireNonNull(channel, "channel");
    requireNonNull(token, "token");
    return token.canBeCanceled()
        ? FileLocks.poll(() -> channel.tryLock(position, size, isShared), token)
        : channel.lock(position, size, isShared);
  }

  /** Returns the time in a selector's unit, rounded up, as a selector takes 0 for ever. */
  private static long millis(Duration timeout) {
    requireNonNull(timeout, "timeout");
    long millis = MILLISECONDS.convert(timeout); // rounded towards zero, and never too long
    return timeout.toNanosPart() % NANOS_PER_MILLI == 0 || millis == Long.MAX_VALUE
        ? millis
        : millis + 1;
  }
}
