// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.TestThreads.Kind;
import desist.jdk.TestThreads.Running;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file's channel that others use as well: its views, and its locks. */
class SharedFileTest {
  private static final int PIECE = TokenInputStream.PIECE;
  private static final int LENGTH = 3 * PIECE + 1;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();

  @TempDir private Path directory;
  private Path file;
  private FileChannel channel;
  private SeekableByteChannel view;

  @BeforeEach
  void open() throws IOException {
    file = Files.write(directory.resolve("file"), new byte[LENGTH]);
    channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    view = Shared.withCancellation(channel, token);
  }

  @AfterEach
  void close() throws IOException {
    assertThat(source.registrationCount()).isZero();
    channel.close();
  }

  static List<Kind> threads() {
    return TestThreads.kinds();
  }

  @Test
  void allIsReadIfNothingIsCanceled() throws IOException {
    assertThat(Channels.newInputStream(view).readAllBytes()).hasSize(LENGTH);
    assertThat(view.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    assertThat(view.position()).isEqualTo(LENGTH);
  }

  @Test
  void theTokenIsLookedAtBetweenPieces() throws IOException {
    ByteBuffer target = ByteBuffer.allocate(LENGTH);
    assertThat(view.read(target)).isEqualTo(PIECE);
    assertThat(target.limit()).isEqualTo(LENGTH);

    source.cancel();

    assertThatThrownBy(() -> view.read(target))
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token));
    assertThat(target.position()).isEqualTo(PIECE);
    assertThat(target.limit()).isEqualTo(LENGTH);
    assertThat(channel.isOpen()).isTrue();
    assertThat(channel.read(ByteBuffer.allocate(LENGTH), 0)).isEqualTo(LENGTH);
  }

  @Test
  void aWriteWritesAllAndTellsHowFarItCame() throws IOException {
    byte[] bytes = new byte[LENGTH];
    bytes[LENGTH - 1] = 1;
    assertThat(view.write(ByteBuffer.wrap(bytes))).isEqualTo(LENGTH);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    assertThat(view.write(ByteBuffer.allocate(0))).isZero();

    source.cancel();

    ByteBuffer more = ByteBuffer.allocate(1);
    assertThatThrownBy(() -> view.write(more)).isInstanceOf(OperationCanceledException.class);
    assertThat(more.position()).isZero();
    assertThat(channel.size()).isEqualTo(LENGTH);
  }

  @Test
  void eachViewHasAPositionAndTheChannelKeepsItsOwn() throws IOException {
    channel.position(7);
    SeekableByteChannel other = Shared.withCancellation(channel, token);
    view.position(5).read(ByteBuffer.allocate(3));

    assertThat(view.position()).isEqualTo(8);
    assertThat(other.position()).isZero();
    assertThat(channel.position()).isEqualTo(7);
    assertThat(view.size()).isEqualTo(LENGTH);
    assertThatThrownBy(() -> view.position(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aViewThatIsTruncatedHasItsPositionAtTheEnd() throws IOException {
    view.position(10).truncate(4);

    assertThat(view.position()).isEqualTo(4);
    assertThat(channel.size()).isEqualTo(4);
    view.truncate(8);
    assertThat(view.position()).isEqualTo(4);
  }

  @Test
  void closingTheViewLeavesTheChannelOpen() throws IOException {
    view.close();
    view.close();

    assertThat(view.isOpen()).isFalse();
    assertThat(channel.isOpen()).isTrue();
    assertThatThrownBy(() -> view.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> view.write(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(view::position).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> view.position(1)).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(view::size).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> view.truncate(1)).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void aChannelThatIsClosedBySomebodyIsAFailureLikeAnyOther() throws IOException {
    channel.close();
    assertThat(view.isOpen()).isFalse();

    assertThatThrownBy(() -> view.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
  }

  @ParameterizedTest
  @MethodSource("threads")
  void anInterruptThatIsPendingIsToldAndClosesNothing(Kind threads) throws Exception {
    Running<Boolean> running =
        threads.start(
            () -> {
              Thread.currentThread().interrupt();
              assertThatThrownBy(() -> view.read(ByteBuffer.allocate(1)))
                  .isInstanceOf(InterruptedIOException.class);
              return Thread.currentThread().isInterrupted();
            });

    assertThat(running.join()).isTrue();
    assertThat(channel.isOpen()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void whoReadsOnIsStoppedAndOthersAreNot(Kind threads) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Running<Integer> reader =
        threads.start(
            () -> {
              while (true) {
                view.position(0).read(ByteBuffer.allocate(LENGTH));
                begun.countDown();
              }
            });
    CancellationTokenSource ofOther = new CancellationTokenSource();
    SeekableByteChannel other = Shared.withCancellation(channel, ofOther.token());
    begun.await();

    source.cancel();

    assertThatThrownBy(reader::join).isInstanceOf(OperationCanceledException.class);
    assertThat(Channels.newInputStream(other).readAllBytes()).hasSize(LENGTH);
  }

  @Test
  void linesAreReadThroughAViewByABufferedReader() throws IOException {
    Files.writeString(file, "one\ntwo\n");
    BufferedReader reader = new BufferedReader(Channels.newReader(view, StandardCharsets.UTF_8));

    assertThat(reader.lines()).containsExactly("one", "two");
  }

  @Test
  void aLockThatIsFreeIsAcquired() throws IOException {
    try (FileLock lock = Shared.lock(channel, token)) {
      assertThat(lock.isValid()).isTrue();
      assertThat(lock.isShared()).isFalse();
      assertThatThrownBy(() -> Shared.lock(channel, token))
          .isInstanceOf(OverlappingFileLockException.class);
    }
    try (FileLock lock = Shared.lock(channel, 1, 2, true, CancellationToken.none())) {
      assertThat(lock.isShared()).isTrue();
      assertThat(lock.position()).isEqualTo(1);
      assertThat(lock.size()).isEqualTo(2);
    }
    try (FileLock lock = Shared.lock(channel, 1, 2, true, token)) {
      assertThat(lock.isShared()).isTrue();
    }
  }

  @Test
  void noLockIsTriedForWithATokenThatIsCanceled() throws IOException {
    source.cancel();

    assertThatThrownBy(() -> Shared.lock(channel, token))
        .isInstanceOf(OperationCanceledException.class);
    channel.lock().close();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void aWaitForALockIsStoppedAndTheChannelStaysOpen(Kind threads) throws Exception {
    try (LockedFile locked = LockedFile.by(file)) {
      Running<FileLock> running = threads.start(() -> Shared.lock(channel, token));
      running.awaitBlocked();

      source.cancel();

      assertThatThrownBy(running::join).isInstanceOf(OperationCanceledException.class);
      assertThat(channel.isOpen()).isTrue();
      Running<FileLock> next =
          threads.start(() -> Shared.lock(channel, new CancellationTokenSource().token()));
      next.awaitBlocked();
      locked.free();
      next.join().close();
    }
  }

  @ParameterizedTest
  @MethodSource("threads")
  void anInterruptEndsTheWaitForALockAndLeavesTheChannelOpen(Kind threads) throws Exception {
    try (LockedFile locked = LockedFile.by(file)) {
      Running<Boolean> running =
          threads.start(
              () -> {
                assertThatThrownBy(() -> Shared.lock(channel, token))
                    .isInstanceOf(FileLockInterruptionException.class);
                return Thread.currentThread().isInterrupted();
              });

      running.awaitBlocked().thread().interrupt();

      assertThat(running.join()).isTrue();
      assertThat(channel.isOpen()).isTrue();
      assertThat(locked.isHeld()).isTrue();
    }
  }

  @Test
  void nullsAreRefused() {
    assertThatThrownBy(() -> Shared.withCancellation(null, token)).hasMessage("channel");
    assertThatThrownBy(() -> Shared.withCancellation(channel, null)).hasMessage("token");
    assertThatThrownBy(() -> Shared.lock(null, token)).hasMessage("channel");
    assertThatThrownBy(() -> Shared.lock(channel, null)).hasMessage("token");
  }
}
