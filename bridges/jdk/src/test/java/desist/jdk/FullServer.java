// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A server that accepts nothing and whose backlog is full, so that to connect to it takes long. */
final class FullServer implements AutoCloseable {
  private static final int SOON_MILLIS = 200;

  private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final List<Socket> backlog = new ArrayList<>();

  FullServer() throws IOException {
    boolean isFull = false;
    while (!isFull) {
      Socket socket = new Socket();
      backlog.add(socket);
      try {
        socket.connect(address(), SOON_MILLIS);
      } catch (SocketTimeoutException e) {
        isFull = true;
      }
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : backlog) {
      socket.close();
    }
    server.close();
  }
}
