// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/**
 * A view of a file's channel that looks at a token before each piece. It is for one thread, has a
 * position of its own, and leaves the channel open.
 */
final class TokenFileChannel implements SeekableByteChannel {
  private final FileChannel channel;
  private final CancellationToken token;

  private long position;
  private boolean isClosed;

  TokenFileChannel(FileChannel channel, CancellationToken token) {
    this.channel = channel;
    this.token = token;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = move(target, channel::read);
    position += Math.max(count, 0); // -1 is the end
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int written = 0;
    do {
      int count = move(source, channel::write);
      position += count;
      written += count;
    } while (source.hasRemaining());
    return written;
  }

  @Override
  public long position() throws IOException {
    throwIfClosed();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    throwIfClosed();
    if (newPosition < 0) {
      throw new IllegalArgumentException("position: " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    throwIfClosed();
    return channel.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    throwIfClosed();
    channel.truncate(size);
    position = Math.min(position, size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return !isClosed && channel.isOpen();
  }

  @Override
  public void close() {
    isClosed = true;
  }

  /** Reads or writes a piece of the buffer. */
  private int move(ByteBuffer buffer, Move move) throws IOException {
    throwIfClosed();
    token.throwIfCancellationRequested();
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException(); // before the channel notices, and closes
    }
    int limit = buffer.limit();
    buffer.limit(buffer.position() + Math.min(buffer.remaining(), TokenInputStream.PIECE));
    try {
      return move.at(buffer, position);
    } finally {
      buffer.limit(limit);
    }
  }

  private void throwIfClosed() throws ClosedChannelException {
    if (isClosed) {
      throw new ClosedChannelException();
    }
  }

  /** A read or a write at a position. */
  @FunctionalInterface
  private interface Move {
    int at(ByteBuffer buffer, long position) throws IOException;
  }
}
