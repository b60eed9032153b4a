// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AcceptPendingException;
import java.nio.channels.AsynchronousChannel;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.channels.NotYetConnectedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnedChannelsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final ByteBuffer buffer = ByteBuffer.allocate(8);

  private AsynchronousServerSocketChannel server;

  @BeforeEach
  void open() throws IOException {
    server = AsynchronousServerSocketChannel.open().bind(new InetSocketAddress(HERE, 0));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aConnectionIsMadeAcceptedWrittenToAndReadFrom() throws Exception {
    CompletableFuture<AsynchronousSocketChannel> accepting = OwnedChannels.accept(server, token);
    try (AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
      get(OwnedChannels.connect(client, server.getLocalAddress(), token));
      try (AsynchronousSocketChannel accepted = get(accepting)) {
        CompletableFuture<Integer> reading = OwnedChannels.read(client, buffer, token);
        assertThat(get(OwnedChannels.write(accepted, ByteBuffer.allocate(3), token))).isEqualTo(3);
        assertThat(get(reading)).isEqualTo(3);
      }
      assertThat(get(OwnedChannels.read(client, buffer, token))).isEqualTo(-1);
    }
  }

  @Test
  void anAcceptIsStopped() throws Exception {
    assertStopped(server, OwnedChannels.accept(server, token));
  }

  @Test
  void aReadIsStoppedAndThePeerSeesTheEnd() throws Exception {
    try (Connection connection = new Connection()) {
      assertStopped(connection.client, OwnedChannels.read(connection.client, buffer, token));

      assertThat(get(connection.accepted.read(buffer))).isEqualTo(-1);
    }
  }

  @Test
  void aWriteIsStopped() throws Exception {
    try (Connection connection = new Connection()) {
      CompletableFuture<Integer> writing;
      do { // until nothing between takes any more
        writing = OwnedChannels.write(connection.client, ByteBuffer.allocate(1 << 16), token);
      } while (isDoneSoon(writing));
      assertStopped(connection.client, writing);
    }
  }

  @Test
  void aConnectIsStopped() throws Exception {
    try (FullServer full = new FullServer();
        AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
      assertStopped(client, OwnedChannels.connect(client, full.address(), token));
    }
  }

  @Test
  void theWaitForALockIsStopped(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    try (LockedFile locked = LockedFile.by(file);
        AsynchronousFileChannel channel =
            AsynchronousFileChannel.open(file, StandardOpenOption.WRITE)) {
      assertStopped(channel, OwnedChannels.lock(channel, token));
      assertThat(locked.isHeld()).isTrue();
    }
  }

  @Test
  void aFileIsWrittenReadAndLocked(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
      assertThat(get(OwnedChannels.write(channel, bytes, 0, token))).isEqualTo(3);
      assertThat(get(OwnedChannels.read(channel, buffer, 1, token))).isEqualTo(2);
      FileLock lock = get(OwnedChannels.lock(channel, token));
      assertThat(lock.isValid()).isTrue();
      lock.release();
    }
  }

  @Test
  void nothingIsStartedWithATokenThatIsCanceled() throws Exception {
    source.cancel();

    CompletableFuture<AsynchronousSocketChannel> accepting = OwnedChannels.accept(server, token);

    assertThat(accepting).isCancelled();
    assertThat(failureOf(accepting)).isExactlyInstanceOf(OperationCanceledException.class);
    assertThat(server.isOpen()).isTrue();
    Future<AsynchronousSocketChannel> next = server.accept(); // none is pending
    Recorder<AsynchronousSocketChannel> recorder = new Recorder<>();
    assertThatThrownBy(
            () -> OwnedChannels.start(server, ending -> server.accept(1, ending), recorder, token))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(next.isDone()).isFalse();
  }

  @Test
  void aTokenThatCannotBeCanceledMakesThePlainCall() throws Exception {
    Recorder<AsynchronousSocketChannel> recorder = new Recorder<>();
    OwnedChannels.start(
        server,
        ending -> {
          assertThat(ending).isSameAs(recorder);
          server.accept(1, ending);
        },
        recorder,
        CancellationToken.none());
    try (Socket client = new Socket(HERE, port())) {
      assertThat(client.isConnected()).isTrue();
      recorder.get().close();
      AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
      get(OwnedChannels.connect(channel, server.getLocalAddress(), CancellationToken.none()));
      channel.close();
    }
  }

  @Test
  void theReasonIsTheCauseAndTheOwnFailureIsSuppressed() throws Exception {
    Throwable reason = new Throwable("not wanted");
    CompletableFuture<?> accepting = OwnedChannels.accept(server, token);

    source.cancelBecause(reason);

    Throwable failure = failureOf(accepting);
    assertThat(failure).isExactlyInstanceOf(OperationCanceledException.class).hasCause(reason);
    assertThat(failure.getSuppressed())
        .singleElement()
        .isInstanceOf(AsynchronousCloseException.class);
  }

  @Test
  void aChannelThatIsClosedBySomebodyIsAFailureLikeAnyOther() throws Exception {
    CompletableFuture<?> accepting = OwnedChannels.accept(server, token);

    server.close();

    assertThat(failureOf(accepting)).isInstanceOf(AsynchronousCloseException.class);
  }

  @Test
  void aConnectionThatIsRefusedStaysSo() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket gone = new ServerSocket(0, 0, HERE)) {
      nobody = new InetSocketAddress(HERE, gone.getLocalPort());
    }
    try (AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
      assertThat(failureOf(OwnedChannels.connect(client, nobody, token)))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void whatTheChannelThrowsIsThrownAndNothingIsLeft() throws Exception {
    try (AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
      assertThatThrownBy(() -> OwnedChannels.read(client, buffer, token))
          .isInstanceOf(NotYetConnectedException.class);
      assertThat(source.registrationCount()).isZero();
      CompletableFuture<?> accepting = OwnedChannels.accept(server, token);
      assertThatThrownBy(() -> OwnedChannels.accept(server, token))
          .isInstanceOf(AcceptPendingException.class);
      assertThat(source.registrationCount()).isEqualTo(1);
      server.close();
      assertThat(failureOf(accepting)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aConnectionThatComesWhenItsFutureWasGivenUpIsClosed() throws Exception {
    CompletableFuture<AsynchronousSocketChannel> accepting = OwnedChannels.accept(server, token);
    accepting.cancel(false);
    assertThat(server.isOpen()).isTrue();

    try (Socket client = new Socket(HERE, port())) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aResultIsDeliveredAlsoIfCanceledMeanwhile() throws Exception {
    Recorder<String> recorder = new Recorder<>();
    OwnedChannels.start(
        server,
        ending -> {
          source.cancel();
          TestThreads.await("is closed", () -> !server.isOpen());
          ending.completed("result", 1);
        },
        recorder,
        token);

    assertThat(recorder.get()).isEqualTo("result");
  }

  @Test
  void anotherFailureStaysOneAlsoIfCanceledMeanwhile() {
    Recorder<String> recorder = new Recorder<>();
    OwnedChannels.start(
        server,
        ending -> {
          source.cancel();
          TestThreads.await("is closed", () -> !server.isOpen());
          ending.failed(new InterruptedByTimeoutException(), 1);
        },
        recorder,
        token);

    assertThatThrownBy(recorder::get).hasCauseInstanceOf(InterruptedByTimeoutException.class);
  }

  @Test
  void aHandlerIsToldOfTheTokenWithItsAttachment() throws Exception {
    try (Connection connection = new Connection()) {
      Recorder<Integer> recorder = new Recorder<>();
      OwnedChannels.start(
          connection.client,
          ending -> connection.client.read(buffer, 1, TimeUnit.HOURS, 1, ending),
          recorder,
          token);

      source.cancel();

      assertThat(failureOf(recorder.told)).isInstanceOf(OperationCanceledException.class);
      assertThat(recorder.attachment).isEqualTo(1);
    }
  }

  @Test
  void nothingIsClosedOnceAnOperationHasEnded() throws Exception {
    try (Connection connection = new Connection()) {
      connection.accepted.write(ByteBuffer.allocate(1)).get();
      get(OwnedChannels.read(connection.client, buffer, token));
      assertThat(source.registrationCount()).isZero();

      source.cancel();

      assertThat(connection.client.isOpen()).isTrue();
    }
  }

  @Test
  void theNextReadMayBeStartedWhereTheLastHasEnded() throws Exception {
    try (Connection connection = new Connection()) {
      connection.accepted.write(ByteBuffer.allocate(1)).get();
      CompletableFuture<Integer> next =
          OwnedChannels.read(connection.client, buffer, token)
              .thenCompose(count -> OwnedChannels.read(connection.client, buffer, token));
      TestThreads.await("reads again", () -> buffer.position() == 1 && !next.isDone());

      source.cancel();

      assertThatThrownBy(() -> get(next)).hasCauseInstanceOf(OperationCanceledException.class);
    }
  }

  @Test
  void whoeverCancelsRunsNoDependents() throws Exception {
    CompletableFuture<Thread> completer =
        OwnedChannels.accept(server, token).handle((accepted, failure) -> Thread.currentThread());

    source.cancel();

    assertThat(get(completer)).isNotSameAs(Thread.currentThread());
  }

  @Test
  void nullsAreRefused() {
    assertThatThrownBy(() -> OwnedChannels.accept(null, token)).hasMessage("channel");
    assertThatThrownBy(() -> OwnedChannels.accept(server, null)).hasMessage("token");
    assertThatThrownBy(() -> OwnedChannels.start(server, null, new Recorder<>(), token))
        .hasMessage("body");
    assertThatThrownBy(
            () ->
                OwnedChannels.<AsynchronousSocketChannel, Integer>start(
                    server, ending -> server.accept(1, ending), null, token))
        .hasMessage("handler");
  }

  private void assertStopped(AsynchronousChannel channel, CompletableFuture<?> future)
      throws Exception {
    assertThat(future.isDone()).isFalse();

    source.cancel();

    assertThat(failureOf(future))
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token));
    assertThat(future).isCancelled();
    assertThat(channel.isOpen()).isFalse();
  }

  private static boolean isDoneSoon(CompletableFuture<?> future) throws Exception {
    try {
      future.get(500, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.get(TestThreads.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Returns the bare exception by which the future completes. */
  private static Throwable failureOf(CompletableFuture<?> future) throws Exception {
    return get(future.handle((result, failure) -> failure));
  }

  /** Two channels that are connected. */
  private final class Connection implements AutoCloseable {
    final AsynchronousSocketChannel client = AsynchronousSocketChannel.open();
    final AsynchronousSocketChannel accepted;

    Connection() throws Exception {
      Future<AsynchronousSocketChannel> accepting = server.accept();
      get(client.connect(server.getLocalAddress()));
      accepted = get(accepting);
    }

    @Override
    public void close() throws IOException {
      client.close();
      accepted.close();
    }
  }

  /** A handler that keeps what it is told. */
  private static final class Recorder<T> implements CompletionHandler<T, Integer> {
    private final CompletableFuture<T> told = new CompletableFuture<>();
    volatile Integer attachment;

    T get() throws Exception {
      return OwnedChannelsTest.get(told);
    }

    @Override
    public void completed(T result, Integer attachment) {
      this.attachment = attachment;
      told.complete(result);
    }

    @Override
    public void failed(Throwable failure, Integer attachment) {
      this.attachment = attachment;
      told.completeExceptionally(failure);
    }
  }
}
