// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.TestThreads.Running;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever waits for input or output, on threads of each kind. */
class OwnedWaitsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @TempDir private Path directory;

  @AfterEach
  void close() throws Exception {
    assertThat(source.registrationCount()).isZero();
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  /** What waits, and what it waits for. */
  record Waiting(Closeable resource, IoCallable<?> body) {}

  /** A call that waits. */
  enum Wait {
    CONNECT_OF_A_SOCKET {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        FullServer full = test.open(new FullServer());
        Socket socket = test.open(new Socket());
        return new Waiting(
            socket,
            () -> {
              socket.connect(full.address());
              return null;
            });
      }
    },
    CONNECT_OF_A_CHANNEL {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        FullServer full = test.open(new FullServer());
        SocketChannel channel = test.open(SocketChannel.open());
        return new Waiting(channel, () -> channel.connect(full.address()));
      }
    },
    ACCEPT_OF_A_SOCKET {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        ServerSocket server = test.open(new ServerSocket(0, 0, HERE));
        return new Waiting(server, server::accept);
      }
    },
    ACCEPT_OF_A_CHANNEL {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        ServerSocketChannel server = test.serverChannel();
        return new Waiting(server, server::accept);
      }
    },
    READ_OF_A_SOCKET {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        Socket socket = test.socket();
        return new Waiting(socket, () -> socket.getInputStream().read());
      }
    },
    READ_OF_A_CHANNEL {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        SocketChannel channel = test.channel();
        return new Waiting(channel, () -> channel.read(ByteBuffer.allocate(1)));
      }
    },
    WRITE_OF_A_SOCKET {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        Socket socket = test.socket();
        OutputStream out = socket.getOutputStream();
        return new Waiting(
            socket,
            () -> {
              while (true) {
                out.write(new byte[1 << 20]);
              }
            });
      }
    },
    WRITE_OF_A_CHANNEL {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        return writing(test.channel());
      }
    },
    READ_OF_A_PIPE {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        Pipe pipe = test.pipe();
        return new Waiting(pipe.source(), () -> pipe.source().read(ByteBuffer.allocate(1)));
      }
    },
    WRITE_OF_A_PIPE {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        return writing(test.pipe().sink());
      }
    },
    RECEIVE_OF_A_DATAGRAM_SOCKET {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        DatagramSocket socket = test.open(new DatagramSocket(0, HERE));
        return new Waiting(
            socket,
            () -> {
              socket.receive(new DatagramPacket(new byte[1], 1));
              return null;
            });
      }
    },
    RECEIVE_OF_A_DATAGRAM_CHANNEL {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        DatagramChannel channel = test.open(DatagramChannel.open().bind(here()));
        return new Waiting(channel, () -> channel.receive(ByteBuffer.allocate(1)));
      }
    },
    SELECT {
      @Override
      Waiting in(OwnedWaitsTest test) throws Exception {
        Selector selector = test.open(Selector.open());
        return new Waiting(
            selector,
            () -> {
              selector.select();
              return selector.selectedKeys();
            });
      }
    };

    abstract Waiting in(OwnedWaitsTest test) throws Exception;

    private static Waiting writing(WritableByteChannel channel) {
      return new Waiting(
          channel,
          () -> {
            while (true) {
              channel.write(ByteBuffer.allocate(1 << 20));
            }
          });
    }
  }

  static Stream<Arguments> waitsAndThreads() {
    return Arrays.stream(Wait.values())
        .flatMap(wait -> TestThreads.kinds().stream().map(kind -> Arguments.of(wait, kind)));
  }

  @ParameterizedTest
  @MethodSource("waitsAndThreads")
  void theTokenEndsIt(Wait wait, TestThreads.Kind threads) throws Exception {
    Waiting waiting = wait.in(this);
    IOException reason = new IOException();
    Running<?> running = start(waiting, threads);

    source.cancelBecause(reason);

    assertThatThrownBy(running::join)
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token))
        .hasCause(reason);
  }

  @ParameterizedTest
  @MethodSource("waitsAndThreads")
  void nothingIsBegunWithATokenThatIsCanceled(Wait wait, TestThreads.Kind threads)
      throws Exception {
    Waiting waiting = wait.in(this);
    source.cancel();

    Running<?> running =
        threads.start(
            () ->
                Owned.call(
                    waiting.resource,
                    () -> {
                      throw new AssertionError("has begun");
                    },
                    token));

    assertThatThrownBy(running::join).isInstanceOf(OperationCanceledException.class);
  }

  @ParameterizedTest
  @MethodSource("threads")
  void anInterruptOfAChannelStaysOne(TestThreads.Kind threads) throws Exception {
    SocketChannel channel = channel();
    Waiting waiting = new Waiting(channel, () -> channel.read(ByteBuffer.allocate(1)));
    Running<?> running = start(waiting, threads);

    running.thread().interrupt();

    assertThatThrownBy(running::join).isInstanceOf(ClosedByInterruptException.class);
  }

  static Stream<TestThreads.Kind> threads() {
    return TestThreads.kinds().stream();
  }

  @Test
  void aDatagramThatHasComeIsReturned() throws Exception {
    DatagramSocket socket = open(new DatagramSocket(0, HERE));
    DatagramSocket other = open(new DatagramSocket(0, HERE));
    other.send(new DatagramPacket(new byte[] {7}, 1, socket.getLocalSocketAddress()));
    DatagramPacket packet = new DatagramPacket(new byte[1], 1);

    Owned.run(socket, () -> socket.receive(packet), token);

    assertThat(packet.getData()).containsExactly(7);
    assertThat(socket.isClosed()).isFalse();
  }

  /** On a platform thread: one that is virtual is not woken by closing the channel. */
  @Test
  void theWaitForALockIsEnded() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    open(LockedFile.by(file));
    FileChannel channel = open(FileChannel.open(file, StandardOpenOption.WRITE));
    Running<?> running = start(new Waiting(channel, channel::lock), TestThreads.kinds().get(0));

    source.cancel();

    assertThatThrownBy(running::join).isInstanceOf(OperationCanceledException.class);
  }

  private Running<?> start(Waiting waiting, TestThreads.Kind threads) {
    Running<?> running = threads.start(() -> Owned.call(waiting.resource, waiting.body, token));
    TestThreads.await("waits", () -> isInsideOfAChannel(running));
    return running;
  }

  private static boolean isInsideOfAChannel(Running<?> running) {
    assertThat(running.task().isDone()).as("has ended").isFalse();
    return Arrays.stream(running.thread().getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith("sun.nio.ch."));
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  private ServerSocketChannel serverChannel() throws IOException {
    return open(ServerSocketChannel.open().bind(here()));
  }

  private Socket socket() throws IOException {
    ServerSocket server = open(new ServerSocket(0, 0, HERE));
    Socket socket = open(new Socket(HERE, server.getLocalPort()));
    open(server.accept());
    return socket;
  }

  private SocketChannel channel() throws IOException {
    ServerSocketChannel server = serverChannel();
    SocketChannel channel = open(SocketChannel.open(server.getLocalAddress()));
    open(server.accept());
    return channel;
  }

  private Pipe pipe() throws IOException {
    Pipe pipe = Pipe.open();
    open(pipe.source());
    open(pipe.sink());
    return pipe;
  }

  private static InetSocketAddress here() {
    return new InetSocketAddress(HERE, 0);
  }
}
