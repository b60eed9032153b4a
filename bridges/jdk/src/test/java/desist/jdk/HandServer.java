// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;

/** A web server of HTTP/1.1 that a test plays by hand, and so sees the connections end. */
final class HandServer implements AutoCloseable {
  private final ServerSocket server;

  HandServer() throws IOException {
    server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    server.setSoTimeout((int) TestThreads.LIMIT.toMillis());
  }

  URI uri(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + "/");
  }

  /** Waits for a connection, and the head of the request on it. */
  Connection accept() throws IOException {
    return new Connection(server.accept());
  }

  /** Looks whether anybody has connected. */
  void expectNobody() throws IOException {
    server.setSoTimeout(1);
    try (Socket somebody = server.accept()) {
      throw new AssertionError("somebody has connected: " + somebody);
    } catch (SocketTimeoutException e) {
      // as it should be
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** The server's side of a connection. */
  static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final String head;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout((int) TestThreads.LIMIT.toMillis());
      in = new BufferedInputStream(socket.getInputStream());
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        assertThat(next).as("the head goes on after " + head).isNotNegative();
        head.append((char) next);
      }
      this.head = head.toString();
    }

    /** Returns what the client has sent as the value of a header. */
    String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).trim())
          .findFirst()
          .orElseThrow();
    }

    /** Sends a head with these lines, and the beginning of the body. */
    void respond(String lines, String body) throws IOException {
      send((lines + "\n\n").replace("\n", "\r\n") + body);
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Waits until the client has sent so many bytes. */
    byte[] receive(int count) throws IOException {
      return in.readNBytes(count);
    }

    /** Waits until the client has closed the connection; fails if it does not. */
    void awaitEnd() {
      try {
        while (in.read() >= 0) {
          // what was on its way
        }
      } catch (SocketException e) {
        assertThat(e).hasMessageContaining("reset");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Ends the connection from the server's side. */
    void hangUp() throws IOException {
      socket.close();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
