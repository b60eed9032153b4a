// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.Escalation;
import desist.testing.FakeTimeProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/escalation.md. */
class EscalationGuideTest {
  private static final System.Logger log = System.getLogger("desist.examples");

  private final CancellationTokenSource source = new CancellationTokenSource();

  // snippet: ladder
  static Escalation stopping(Socket socket) {
    return new Escalation()
        .withInterruptAfter(Duration.ofSeconds(1))
        .withAbortAfter(Duration.ofSeconds(5), socket)
        .withReportAfter(Duration.ofSeconds(10), report -> log.log(Level.WARNING, report));
  }

  // end

  private static void copy(InputStream from, OutputStream to) throws IOException {
    from.transferTo(to);
  }

  private static void receive(Socket socket, OutputStream file, CancellationToken token)
      throws IOException, InterruptedException {
    // snippet: run
    stopping(socket).run(() -> copy(socket.getInputStream(), file), token);
    // end
  }

  @Test
  void whatComesInTimeIsReceived() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var socket = new Socket(server.getInetAddress(), server.getLocalPort());
        var peer = server.accept()) {
      peer.getOutputStream().write(7);
      peer.close();
      var file = new ByteArrayOutputStream();

      receive(socket, file, source.token());

      assertThat(file.toByteArray()).containsExactly(7);
    }
  }

  @Test
  void whatDoesNotComeIsAborted() throws Exception {
    var clock = new FakeTimeProvider();
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var socket = new Socket(server.getInetAddress(), server.getLocalPort());
        var peer = server.accept()) {
      assertThat(peer.isConnected()).isTrue(); // and says nothing

      assertThatThrownBy(
              () ->
                  stopping(socket)
                      .withTimeProvider(clock)
                      .run(
                          () -> {
                            source.cancel();
                            clock.advance(Duration.ofSeconds(1));
                            clock.advance(Duration.ofSeconds(5));
                            assertThat(Thread.interrupted()).isTrue(); // swallows it
                            copy(socket.getInputStream(), OutputStream.nullOutputStream());
                          },
                          source.token()))
          .isInstanceOf(OperationCanceledException.class)
          .satisfies(
              e -> assertThat(e.getSuppressed()).hasAtLeastOneElementOfType(SocketException.class));
    }
  }

  @Test
  void gracesGoByTheClock() {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    // snippet: test
    var clock = new FakeTimeProvider();
    Escalation escalation =
        new Escalation().withTimeProvider(clock).withInterruptAfter(Duration.ofSeconds(1));
    assertThrows(
        OperationCanceledException.class,
        () ->
            escalation.run(
                () -> {
                  source.cancel();
                  clock.advance(Duration.ofSeconds(1));
                  queue.take();
                },
                source.token()));
    // end
  }
}
