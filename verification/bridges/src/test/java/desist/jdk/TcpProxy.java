// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server until it is told to forward nothing any more. */
final class TcpProxy implements Closeable {
  private final ServerSocket listener;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Socket> held = new CopyOnWriteArrayList<>();
  private final AtomicInteger clients = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  // Written by the test.
  private volatile boolean isFrozen;
  private volatile boolean isHolding;

  TcpProxy(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on connections stay open, and new ones are accepted, but nothing passes. */
  void freeze() {
    isFrozen = true;
    isHolding = true;
  }

  /** From now on new connections are accepted, but nothing passes; the others go on. */
  void hold() {
    isHolding = true;
  }

  /** From now on new connections are forwarded again; those that were not are closed. */
  void thaw() throws IOException {
    isFrozen = false;
    isHolding = false;
    for (Socket socket : held) {
      socket.close();
    }
  }

  /** Whether a client is connected whose connection is forwarded. */
  boolean isConnected() {
    return clients.get() > 0;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      sockets.add(client);
      if (isHolding) {
        held.add(client);
        if (!isHolding) { // any more, and thaw() may not have seen it
          client.close();
        }
      } else {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(server);
        clients.incrementAndGet();
        start(() -> pumpFromClient(client, server));
        start(() -> pump(server, client));
      }
    }
  }

  private void pumpFromClient(Socket client, Socket server)
      throws IOException, InterruptedException {
    try {
      pump(client, server);
    } finally {
      clients.decrementAndGet();
    }
  }

  private void pump(Socket from, Socket to) throws IOException, InterruptedException {
    try (to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int count; (count = in.read(buffer)) > 0; ) {
        if (isFrozen) {
          closed.await();
        }
        out.write(buffer, 0, count);
      }
    }
  }

  private static void start(InterruptibleRunnable<IOException> body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (IOException | InterruptedException e) {
                // The proxy or one side was closed.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
