// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.Interruption;
import desist.jdk.LineReader;
import desist.jdk.Owned;
import desist.jdk.Streams;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Selector;
import java.nio.file.FileSystems;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

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
  void aSelectorIsWoken() throws IOException {
    try (Selector selector = Selector.open()) {
      source.token().register(selector::wakeup);
      source.cancelAfter(Duration.ofMillis(20));

      assertThat(selector.select()).isZero();
      assertThat(selector.isOpen()).isTrue();
    }
  }

  @Test
  void aWatchServiceIsLeftOpen() throws Exception {
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      source.cancelAfter(Duration.ofMillis(20));

      assertThatThrownBy(() -> Interruption.call(service::take, source.token()))
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
