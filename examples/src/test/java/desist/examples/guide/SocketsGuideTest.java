// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.ChildProcess;
import desist.jdk.LineReader;
import desist.jdk.Owned;
import desist.jdk.OwnedChannels;
import desist.jdk.Processes;
import desist.jdk.Shared;
import desist.jdk.Streams;
import desist.jdk.Waits;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channels;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/guide/sockets.md. */
class SocketsGuideTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final CancellationTokenSource source = new CancellationTokenSource();

  // snippet: read
  static byte[] receive(Socket socket, int count, CancellationToken token) throws IOException {
    return Owned.call(socket, () -> socket.getInputStream().readNBytes(count), token);
  }

  // end

  // snippet: accept
  static void serve(ServerSocket server, Consumer<Socket> handler, CancellationToken token)
      throws IOException {
    while (true) {
      handler.accept(Owned.call(server, server::accept, token));
    }
  }

  // end

  @Test
  void aServerServesUntilItsTokenIsCanceled() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 0, HERE)) {
      CompletableFuture<Throwable> end =
          CompletableFuture.runAsync(
                  () -> {
                    try {
                      serve(server, SocketsGuideTest::greet, source.token());
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  })
              .handle((nothing, failure) -> failure);
      try (Socket client = new Socket(HERE, server.getLocalPort())) {
        assertThat(receive(client, 2, source.token())).isEqualTo(new byte[] {'h', 'i'});
      }

      source.cancel();

      assertThat(end.get()).hasCauseInstanceOf(OperationCanceledException.class);
      assertThat(server.isClosed()).isTrue();
    }
  }

  // snippet: async
  static CompletableFuture<String> receive(
      AsynchronousSocketChannel channel, CancellationToken token) {
    ByteBuffer buffer = ByteBuffer.allocate(1024);
    return OwnedChannels.read(channel, buffer, token)
        .thenApply(count -> StandardCharsets.UTF_8.decode(buffer.flip()).toString());
  }

  // end

  @Test
  void anAsynchronousReadIsStopped() throws Exception {
    try (AsynchronousServerSocketChannel server =
            AsynchronousServerSocketChannel.open().bind(new InetSocketAddress(HERE, 0));
        AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
      Future<AsynchronousSocketChannel> accepting = server.accept();
      client.connect(server.getLocalAddress()).get();
      try (AsynchronousSocketChannel channel = accepting.get()) {
        channel.write(ByteBuffer.wrap(new byte[] {'h', 'i'})).get();
        assertThat(receive(client, source.token()).get()).isEqualTo("hi");
        CompletableFuture<Throwable> second = new CompletableFuture<>();
        receiveSlowly(client, ByteBuffer.allocate(1), "session", telling(second), source.token());

        source.cancel();

        assertThat(second.get()).isInstanceOf(OperationCanceledException.class);
        assertThat(channel.read(ByteBuffer.allocate(1)).get()).isEqualTo(-1);
      }
    }
  }

  private static void receiveSlowly(
      AsynchronousSocketChannel channel,
      ByteBuffer buffer,
      String session,
      CompletionHandler<Integer, String> handler,
      CancellationToken token) {
    // snippet: handler
    OwnedChannels.start(
        channel, ending -> channel.read(buffer, 5, SECONDS, session, ending), handler, token);
    // end
  }

  private static CompletionHandler<Integer, String> telling(CompletableFuture<Throwable> told) {
    return new CompletionHandler<>() {
      @Override
      public void completed(Integer count, String session) {
        told.complete(null);
      }

      @Override
      public void failed(Throwable failure, String session) {
        told.complete(failure);
      }
    };
  }

  // snippet: select
  static void serve(Selector selector, Consumer<SelectionKey> handler, CancellationToken token)
      throws IOException {
    while (true) {
      Shared.select(selector, handler, token);
    }
  }

  // end

  @Test
  void aSelectorIsWokenAndStaysOpen() throws IOException {
    try (Selector selector = Selector.open()) {
      source.cancelAfter(Duration.ofMillis(20));

      assertThatThrownBy(() -> serve(selector, key -> {}, source.token()))
          .isInstanceOf(OperationCanceledException.class);
      assertThat(selector.isOpen()).isTrue();
    }
  }

  // snippet: file
  static long checksum(FileChannel channel, CancellationToken token) throws IOException {
    CRC32 sum = new CRC32();
    InputStream in = Channels.newInputStream(Shared.withCancellation(channel, token));
    new CheckedInputStream(in, sum).transferTo(OutputStream.nullOutputStream());
    return sum.getValue();
  }

  // end

  @Test
  void aSharedFileIsReadAndStaysOpen(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[] {1, 2, 3});
    CRC32 expected = new CRC32();
    expected.update(new byte[] {1, 2, 3});
    try (FileChannel channel = FileChannel.open(file)) {
      assertThat(checksum(channel, source.token())).isEqualTo(expected.getValue());

      source.cancel();

      assertThatThrownBy(() -> checksum(channel, source.token()))
          .isInstanceOf(OperationCanceledException.class);
      assertThat(channel.isOpen()).isTrue();
    }
  }

  // snippet: process
  static void feed(ChildProcess child, byte[] input, CancellationToken token) throws IOException {
    OutputStream out = child.process().getOutputStream();
    Owned.run(child::close, () -> out.write(input), token);
  }

  // end

  @Test
  void aProcessThatDoesNotReadIsEnded() throws IOException {
    source.cancelAfter(Duration.ofMillis(20));
    try (ChildProcess child =
        Processes.start(new ProcessBuilder("sleep", "60"), CancellationToken.none())) {
      assertThatThrownBy(() -> feed(child, new byte[1 << 20], source.token()))
          .isInstanceOf(OperationCanceledException.class);
    }
  }

  // snippet: view
  static Properties load(InputStream in, CancellationToken token) throws IOException {
    Properties properties = new Properties();
    properties.load(Streams.withCancellation(in, token));
    return properties;
  }

  // end

  @Test
  void aParserIsStopped() throws IOException {
    InputStream in = new ByteArrayInputStream(new byte[] {'a', '=', 'b'});

    assertThatThrownBy(() -> load(in, CancellationToken.canceled()))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(load(in, source.token())).containsEntry("a", "b");
  }

  @Test
  void aLineIsReadFromTheConsole() throws Exception {
    InputStream console = System.in;
    System.setIn(new ByteArrayInputStream(new byte[] {'y', '\n'}));
    try {
      CancellationToken token = source.token();
      // snippet: console
      var lines = new LineReader(new BufferedReader(new InputStreamReader(System.in)));
      String answer = lines.readLine(token);
      // end
      assertThat(answer).isEqualTo("y");
    } finally {
      System.setIn(console);
    }
  }

  @Test
  void aWatchServiceIsLeftOpen() throws Exception {
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      source.cancelAfter(Duration.ofMillis(20));

      assertThatThrownBy(() -> Waits.take(service, source.token()))
          .isInstanceOf(OperationCanceledException.class);
      assertThat(service.poll()).isNull(); // which a closed one would refuse
    }
  }

  private static void greet(Socket client) {
    try (client) {
      client.getOutputStream().write(new byte[] {'h', 'i'});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
