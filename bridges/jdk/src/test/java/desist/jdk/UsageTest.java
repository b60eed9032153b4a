// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every method that takes a function takes a lambda, a block lambda and a method reference, also
 * one to a method with overloads.
 */
class UsageTest {
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration LATER = Duration.ofHours(1);

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
  private final Executor sameThread = Runnable::run;
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void end() {
    source.cancel();
    executor.shutdown();
  }

  @Test
  void supplyAsync() throws Exception {
    allGiveOne(
        CompletionStages.supplyAsync(stop -> 1, token),
        CompletionStages.supplyAsync(
            stop -> {
              return 1;
            },
            token),
        CompletionStages.supplyAsync(UsageTest::one, token),
        CompletionStages.supplyAsync(UsageTest::overloaded, token),
        CompletionStages.supplyAsync(stop -> 1, sameThread, token),
        CompletionStages.supplyAsync(
            stop -> {
              return 1;
            },
            sameThread,
            token),
        CompletionStages.supplyAsync(UsageTest::one, sameThread, token),
        CompletionStages.supplyAsync(UsageTest::overloaded, Runnable::run, token));
  }

  @Test
  void runAsync() throws Exception {
    allRun(
        CompletionStages.runAsync(stop -> work(), token),
        CompletionStages.runAsync(
            stop -> {
              work();
            },
            token),
        CompletionStages.runAsync(this::workUntil, token),
        CompletionStages.runAsync(this::work, token),
        CompletionStages.runAsync(stop -> work(), sameThread, token),
        CompletionStages.runAsync(
            stop -> {
              work();
            },
            sameThread,
            token),
        CompletionStages.runAsync(this::workUntil, sameThread, token),
        CompletionStages.runAsync(this::work, Runnable::run, token));
  }

  @Test
  void submit() throws Exception {
    allGiveOne(
        ExecutorServices.submit(executor, () -> 1, token),
        ExecutorServices.submit(
            executor,
            () -> {
              return 1;
            },
            token),
        ExecutorServices.submit(executor, UsageTest::one, token),
        ExecutorServices.submit(executor, UsageTest::overloaded, token),
        ExecutorServices.schedule(executor, () -> 1, AT_ONCE, token),
        ExecutorServices.schedule(
            executor,
            () -> {
              return 1;
            },
            AT_ONCE,
            token),
        ExecutorServices.schedule(executor, UsageTest::one, AT_ONCE, token),
        ExecutorServices.schedule(executor, UsageTest::overloaded, AT_ONCE, token));
  }

  @Test
  void submitAction() throws Exception {
    allRun(
        ExecutorServices.submitAction(executor, () -> work(), token),
        ExecutorServices.submitAction(
            executor,
            () -> {
              work();
            },
            token),
        ExecutorServices.submitAction(executor, this::count, token),
        ExecutorServices.submitAction(executor, this::work, token),
        ExecutorServices.scheduleAction(executor, () -> work(), AT_ONCE, token),
        ExecutorServices.scheduleAction(
            executor,
            () -> {
              work();
            },
            AT_ONCE,
            token),
        ExecutorServices.scheduleAction(executor, this::count, AT_ONCE, token),
        ExecutorServices.scheduleAction(executor, this::work, AT_ONCE, token));
  }

  @Test
  void execute() throws Exception {
    ExecutorServices.execute(executor, () -> work(), token);
    ExecutorServices.execute(
        executor,
        () -> {
          work();
        },
        token);
    ExecutorServices.execute(executor, this::count, token);
    ExecutorServices.execute(executor, this::work, token);
    executor.submit(() -> {}).get();
    assertThat(runs.get()).isEqualTo(4);
  }

  @Test
  void periodic() {
    List<Future<?>> futures =
        List.of(
            ExecutorServices.scheduleAtFixedRate(executor, () -> work(), LATER, LATER, token),
            ExecutorServices.scheduleAtFixedRate(
                executor,
                () -> {
                  work();
                },
                LATER,
                LATER,
                token),
            ExecutorServices.scheduleAtFixedRate(executor, this::count, LATER, LATER, token),
            ExecutorServices.scheduleWithFixedDelay(executor, () -> work(), LATER, LATER, token),
            ExecutorServices.scheduleWithFixedDelay(
                executor,
                () -> {
                  work();
                },
                LATER,
                LATER,
                token),
            ExecutorServices.scheduleWithFixedDelay(executor, this::work, LATER, LATER, token));
    assertThat(futures).noneMatch(Future::isDone);
  }

  @Test
  void invokeAllAndInvokeAny() throws Exception {
    List<Callable<Integer>> bodies = List.of(() -> 1, UsageTest::one, UsageTest::overloaded);

    assertThat(ExecutorServices.invokeAll(executor, bodies, token)).hasSize(3);
    assertThat(ExecutorServices.invokeAll(executor, bodies, LATER, token)).hasSize(3);
    assertThat(ExecutorServices.invokeAny(executor, bodies, token)).isEqualTo(1);
    assertThat(ExecutorServices.invokeAny(executor, bodies, LATER, token)).isEqualTo(1);
  }

  @Test
  void aSchedulerStaysOneWhenItIsBound() {
    ScheduledExecutorService bound = ExecutorServices.withCancellation(executor, token);
    ExecutorService plain = ExecutorServices.withCancellation((ExecutorService) executor, token);
    assertThat(bound).isNotSameAs(plain);
  }

  @Test
  void bodiesOfFuturesMayThrowWhatTheyLike() {
    CompletableFuture<Void> run =
        CompletionStages.runAsync(stop -> Waits.sleep(Duration.ZERO, stop), token);
    CompletableFuture<Integer> supplied =
        CompletionStages.supplyAsync(
            stop -> {
              throw new Exception();
            },
            token);
    assertThat(run).isNotSameAs(supplied);
  }

  @Test
  void owned() throws Exception {
    try (Socket socket = new Socket()) {
      int one = Owned.call(socket, () -> 1, token);
      assertThat(one).isEqualTo(1);
      assertThat(Owned.<Object>call(socket, () -> null, token)).isNull();
      int overloaded = Owned.call(socket, UsageTest::overloaded, token);
      assertThat(overloaded).isEqualTo(1);
      boolean isKept = Owned.call(socket, socket::getKeepAlive, token);
      assertThat(isKept).isFalse();
      Owned.run(socket, () -> socket.setSoTimeout(1), token);
      Owned.run(
          socket,
          () -> {
            work();
          },
          token);
      Owned.run(socket, this::count, token);
      Owned.run(socket::close, this::work, token);
    }
    assertThat(runs.get()).isEqualTo(3);
  }

  @Test
  void ownedChannels() throws Exception {
    try (AsynchronousServerSocketChannel server =
            AsynchronousServerSocketChannel.open().bind(null);
        AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
      CompletableFuture<AsynchronousSocketChannel> accepted = OwnedChannels.accept(server, token);
      ByteBuffer buffer = ByteBuffer.allocate(1);
      OwnedChannels.connect(client, server.getLocalAddress(), token)
          .thenCompose(connected -> OwnedChannels.write(client, buffer, token))
          .thenAccept(count -> runs.addAndGet(count))
          .get();
      try (AsynchronousSocketChannel channel = accepted.get()) {
        Counting handler = new Counting(runs);
        OwnedChannels.start(
            channel, ending -> channel.read(buffer.clear(), this, ending), handler, token);
        OwnedChannels.start(client, handler::startWith, handler, token);
        OwnedChannels.start(
            client,
            ending -> {
              ending.failed(new IOException(), null);
            },
            handler,
            token);
        TestThreads.await("are counted", () -> runs.get() == 4);
      }
    }
  }

  private record Counting(AtomicInteger runs) implements CompletionHandler<Integer, UsageTest> {
    void startWith(CompletionHandler<Integer, UsageTest> ending) {
      ending.completed(1, null);
    }

    @Override
    public void completed(Integer count, UsageTest test) {
      runs.addAndGet(count);
    }

    @Override
    public void failed(Throwable failure, UsageTest test) {
      runs.incrementAndGet();
    }
  }

  @Test
  void shared() throws Exception {
    try (Selector selector = Selector.open()) {
      Shared.select(selector, AT_ONCE, token);
      Shared.select(selector, key -> work(), AT_ONCE, token);
      Shared.select(selector, UsageTest::handle, AT_ONCE, token);
      selector.wakeup();
      Shared.select(selector, token);
      selector.wakeup();
      Shared.select(
          selector,
          key -> {
            work();
          },
          token);
      selector.wakeup();
      Shared.select(selector, UsageTest::handle, token);
    }
    assertThat(runs.get()).isZero();
  }

  private static void handle(SelectionKey key) {}

  private static void handle(Object anything) {}

  @SafeVarargs
  private static void allGiveOne(Future<Integer>... futures) throws Exception {
    for (Future<Integer> future : futures) {
      assertThat(future.get()).isEqualTo(1);
    }
  }

  private void allRun(Future<?>... futures) throws Exception {
    for (Future<?> future : futures) {
      future.get();
    }
    assertThat(runs.get()).isEqualTo(futures.length);
  }

  private void work() {
    runs.incrementAndGet();
  }

  private void work(CancellationToken stop) {
    runs.incrementAndGet();
  }

  private int count() {
    return runs.incrementAndGet();
  }

  private void workUntil(CancellationToken stop) {
    runs.incrementAndGet();
  }

  private static int one() {
    return 1;
  }

  private static int one(CancellationToken stop) {
    return 1;
  }

  private static int overloaded() {
    return 1;
  }

  private static int overloaded(CancellationToken stop) {
    return 1;
  }
}
