// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import desist.CancellationToken;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Input for which there is nothing yet, and connections that do not come about. */
final class SocketBlockers extends BlockerGroup {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int PATIENCE_MILLIS = 100;

  private final ServerSocket full = new ServerSocket(0, 1, HERE);
  private final List<Socket> queued = new ArrayList<>();

  SocketBlockers() throws IOException {
    fill();
    add("`Socket.connect`", "Owned.call", threads -> connect());
    add("`Socket`, a read", "Owned.call", threads -> read());
    add("`ServerSocket.accept`", "Owned.call", threads -> accept());
    add("`SocketChannel.read`", "Owned.call", threads -> readChannel());
    add("`ServerSocketChannel.accept`", "Owned.call", threads -> acceptChannel());
    add("`Pipe.SourceChannel.read`", "Owned.call", threads -> readPipe());
    add("`Selector.select`", "Shared.select", threads -> select());
    add("`WatchService.take`", "Waits.take", threads -> watch());
    add("a line from another process", "LineReader.readLine", threads -> new Line());
  }

  /** Connects until no more connections are queued, so that the next waits. */
  private void fill() throws IOException {
    try {
      while (true) {
        Socket socket = new Socket();
        queued.add(socket);
        socket.connect(full.getLocalSocketAddress(), PATIENCE_MILLIS);
      }
    } catch (SocketTimeoutException e) {
      // it is full
    }
  }

  @Override
  public void close() throws IOException {
    closeAll(full);
    closeAll(queued.toArray(Closeable[]::new));
  }

  private Blocker connect() {
    Socket socket = new Socket();
    return owned(
        socket,
        () -> {
          socket.connect(full.getLocalSocketAddress());
          return null;
        },
        () -> state("socket", !socket.isClosed()));
  }

  private static Blocker read() throws IOException {
    ServerSocket server = new ServerSocket(0, 0, HERE);
    Socket socket = new Socket(HERE, server.getLocalPort());
    Socket peer = server.accept();
    return owned(
        socket,
        () -> socket.getInputStream().read(),
        () -> state("socket", !socket.isClosed()),
        peer,
        server);
  }

  private static Blocker accept() throws IOException {
    ServerSocket server = new ServerSocket(0, 0, HERE);
    return owned(server, server::accept, () -> state("socket", !server.isClosed()));
  }

  private static Blocker readChannel() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(HERE, 0));
    SocketChannel channel = SocketChannel.open(server.getLocalAddress());
    SocketChannel peer = server.accept();
    return owned(
        channel,
        () -> channel.read(ByteBuffer.allocate(1)),
        () -> state("channel", channel.isOpen()),
        peer,
        server);
  }

  private static Blocker acceptChannel() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(HERE, 0));
    return owned(server, server::accept, () -> state("channel", server.isOpen()));
  }

  private static Blocker readPipe() throws IOException {
    Pipe pipe = Pipe.open();
    return owned(
        pipe.source(),
        () -> pipe.source().read(ByteBuffer.allocate(1)),
        () -> state("channel", pipe.source().isOpen()),
        pipe.sink());
  }

  private static Blocker select() throws IOException {
    Selector selector = Selector.open();
    return new SimpleBlocker(
        selector::select,
        token -> Shared.select(selector, token),
        () -> state("selector", selector.isOpen()),
        selector);
  }

  private static Blocker watch() throws IOException {
    WatchService service = FileSystems.getDefault().newWatchService();
    return new SimpleBlocker(
        service::take,
        token -> Waits.take(service, token),
        () -> {
          service.poll(); // throws if it is closed
          return "service open";
        },
        service);
  }

  private static Blocker owned(
      Closeable resource, IoCallable<?> body, Callable<String> left, Closeable... others) {
    return new SimpleBlocker(
        body::call,
        token -> Owned.call(resource, body, token),
        left,
        () -> {
          closeAll(resource);
          closeAll(others);
        });
  }

  private static void closeAll(Closeable... resources) throws IOException {
    for (Closeable resource : resources) {
      resource.close();
    }
  }

  private static String state(String resource, boolean isOpen) {
    return resource + (isOpen ? " open" : " closed");
  }

  /** A line of a process that writes what it is sent. */
  private static final class Line implements Blocker {
    private final Process process = new ProcessBuilder("cat").start();
    private final BufferedReader in =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    private final LineReader lines = new LineReader(in);

    Line() throws IOException {}

    @Override
    public void plain() throws IOException {
      in.readLine();
    }

    @Override
    public void bridged(CancellationToken token) throws Exception {
      lines.readLine(token);
    }

    @Override
    public String left() throws Exception {
      process.getOutputStream().write("next\n".getBytes(UTF_8));
      process.getOutputStream().flush();
      String next = lines.readLine(CancellationToken.none());
      return "next".equals(next) ? "stream open, no line lost" : "line lost";
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
