// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnedTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final Closeable resource = () -> isClosed.set(true);

  @Test
  void nothingBeginsWithATokenThatIsCanceled() {
    source.cancel();

    assertThatThrownBy(() -> Owned.run(resource, OwnedTest::fail, source.token()))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(isClosed).isFalse();
  }

  @Test
  void aTokenThatCannotBeCanceledMakesThePlainCall() throws IOException {
    assertThat(Owned.call(resource, () -> "result", CancellationToken.none())).isEqualTo("result");
    assertThatThrownBy(() -> Owned.run(resource, OwnedTest::fail, CancellationToken.none()))
        .isExactlyInstanceOf(IOException.class);
  }

  @Test
  void aReadOfASocketIsStopped() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 0, HERE);
        Socket socket = new Socket(HERE, server.getLocalPort());
        Socket peer = server.accept()) {
      InputStream in = socket.getInputStream();
      assertStopped(socket, in::read);

      assertThat(socket.isClosed()).isTrue();
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aReadOfAChannelIsStopped() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(here());
        SocketChannel channel = SocketChannel.open(server.getLocalAddress());
        SocketChannel peer = server.accept()) {
      assertStopped(channel, () -> channel.read(ByteBuffer.allocate(1)));

      assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void aReadOfAPipeIsStopped() throws Exception {
    Pipe pipe = Pipe.open();
    try (Pipe.SinkChannel sink = pipe.sink()) {
      assertStopped(pipe.source(), () -> pipe.source().read(ByteBuffer.allocate(1)));
      assertThat(sink.isOpen()).isTrue();
    }
  }

  @Test
  void theReasonIsTheCauseAndTheOwnFailureIsSuppressed() {
    Throwable reason = new Throwable("not wanted");
    IOException own = new IOException("closed");

    OperationCanceledException canceled =
        catchThrowableOfType(
            OperationCanceledException.class,
            () ->
                Owned.run(
                    resource,
                    () -> {
                      source.cancelBecause(reason);
                      awaitClosed();
                      throw own;
                    },
                    source.token()));

    assertThat(canceled.token()).isSameAs(source.token());
    assertThat(canceled).hasCause(reason).hasSuppressedException(own);
  }

  @Test
  void aResultIsReturnedAlsoIfCanceledMeanwhile() throws IOException {
    String result =
        Owned.call(
            resource,
            () -> {
              source.cancel();
              awaitClosed();
              return "result";
            },
            source.token());

    assertThat(result).isEqualTo("result");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ClosedByInterruptException.class,
        ConnectException.class,
        IllegalStateException.class,
        SocketTimeoutException.class,
      })
  void anotherFailureStaysOneAlsoIfCanceledMeanwhile(Class<? extends Exception> type)
      throws Exception {
    Exception failure = type.getConstructor().newInstance();

    assertThatThrownBy(() -> failAfterTheCancellation(failure)).isSameAs(failure);
  }

  @Test
  void aCancellationByAnotherTokenStaysOneWhateverItsReason() {
    OperationCanceledException others =
        new OperationCanceledException(
            null, new IOException("the reason"), CancellationToken.canceled());

    assertThatThrownBy(() -> failAfterTheCancellation(others)).isSameAs(others);
  }

  @ParameterizedTest
  @ValueSource(classes = {ClosedChannelException.class, IOException.class, SocketException.class})
  void aFailureThatTellsOfClosingIsACancellationAtAnyDepth(Class<? extends IOException> type)
      throws Exception {
    IOException failure = type.getConstructor().newInstance();

    assertThatThrownBy(() -> failAfterTheCancellation(new UncheckedIOException(failure)))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void aFailureWithoutACancellationStaysOne() {
    assertThatThrownBy(() -> Owned.run(resource, OwnedTest::fail, source.token()))
        .isExactlyInstanceOf(IOException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void nothingIsClosedAfterTheCall() throws IOException {
    Owned.run(resource, () -> {}, source.token());
    assertThat(source.registrationCount()).isZero();

    source.cancel();

    assertThat(isClosed).isFalse();
  }

  @Test
  void whoeverCancelsIsNotHeldUpByAResourceThatHangs() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Closeable hanging =
        () -> {
          begun.countDown();
          awaitQuietly(free);
          throw new IOException("cannot be closed");
        };
    TestThreads.Running<Void> caller =
        TestThreads.start(
            () -> {
              Owned.run(
                  hanging,
                  () -> {
                    awaitQuietly(begun);
                    fail();
                  },
                  source.token());
              return null;
            });
    caller.awaitBlocked();

    source.cancel();
    free.countDown();

    OperationCanceledException canceled =
        catchThrowableOfType(OperationCanceledException.class, caller::join);
    assertThat(canceled.getSuppressed())
        .extracting(Throwable::getMessage)
        .containsExactlyInAnyOrder("failed", "cannot be closed");
  }

  private void assertStopped(Closeable owned, IoCallable<?> body) throws Exception {
    TestThreads.Running<?> caller =
        TestThreads.start(() -> Owned.call(owned, body, source.token()));
    TestThreads.await("is registered", () -> source.registrationCount() == 1);

    source.cancel();

    assertThatThrownBy(caller::join)
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(source.token()));
  }

  private void failAfterTheCancellation(Exception failure) throws IOException {
    Owned.run(
        resource,
        () -> {
          source.cancel();
          awaitClosed();
          if (failure instanceof IOException e) {
            throw e;
          }
          throw (RuntimeException) failure;
        },
        source.token());
  }

  private void awaitClosed() {
    TestThreads.await("is closed", isClosed::get);
  }

  private static void fail() throws IOException {
    throw new IOException("failed");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static InetSocketAddress here() {
    return new InetSocketAddress(HERE, 0);
  }
}
