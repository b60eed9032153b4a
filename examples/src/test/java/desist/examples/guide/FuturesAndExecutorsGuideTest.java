// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.CompletionStages;
import desist.jdk.ExecutorServices;
import desist.jdk.Waits;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/futures-and-executors.md. */
class FuturesAndExecutorsGuideTest {
  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Queue<String> orders = new ArrayDeque<>();
  private final CompletableFuture<Config> configured = new CompletableFuture<>();

  record Page(String url) {}

  record Ranking(int size) {}

  record Config(String name) {}

  /** What knows nothing of tokens. */
  interface Indexer {
    void indexAll(String folder, ExecutorService executor);
  }

  @AfterEach
  void end() throws InterruptedException {
    executor.shutdown();
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTaskEndsByItsToken() throws Exception {
    String url = "https://example.org";
    // snippet: submit
    Future<Page> page = ExecutorServices.submit(executor, () -> load(url), token);
    // end
    begun.await();

    source.cancel();

    assertThatThrownBy(page::get).isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void aBoundExecutorEndsTheWorkOfOthers() throws Exception {
    Indexer indexer = (folder, given) -> given.submit(() -> load(folder));
    String folder = "src";
    // snippet: bound
    ExecutorService bound = ExecutorServices.withCancellation(executor, token);
    indexer.indexAll(folder, bound); // calls bound.submit, bound.invokeAll …
    // end
    begun.await();

    source.cancel();

    assertThatThrownBy(() -> bound.execute(() -> {}))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void allTasksAreWaitedFor() throws Exception {
    List<Callable<Page>> loads = List.of(() -> new Page("one"), () -> new Page("two"));
    // snippet: all
    List<Future<Page>> pages = ExecutorServices.invokeAll(executor, loads, token);
    // end
    assertThat(pages.get(1).get()).isEqualTo(new Page("two"));
  }

  // snippet: none
  List<Page> loadAll(List<String> urls, CancellationToken token)
      throws InterruptedException, ExecutionException {
    try (var rest = CancellationTokenSource.createLinkedTokenSource(token)) {
      List<Callable<Page>> loads = new ArrayList<>();
      for (String url : urls) {
        loads.add(() -> loadOrCancel(url, rest));
      }
      List<Page> pages = new ArrayList<>();
      for (Future<Page> page : ExecutorServices.invokeAll(executor, loads, rest.token())) {
        pages.add(page.get());
      }
      return pages;
    } catch (OperationCanceledException e) {
      token.throwIfCancellationRequested(); // the caller's cancellation
      throw new ExecutionException(e.getCause()); // the first failure
    }
  }

  Page loadOrCancel(String url, CancellationTokenSource rest) throws Exception {
    try {
      return load(url, rest.token());
    } catch (Exception e) {
      rest.cancelBecause(e); // the first one decides
      throw e;
    }
  }

  // end

  @Test
  void theFirstFailureCancelsTheRest() throws Exception {
    assertThat(loadAll(List.of("one", "two"), token)).contains(new Page("two"));

    assertThatThrownBy(() -> loadAll(List.of("slow", "broken"), token))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> loadAll(List.of("broken"), token))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void whoCancelsAllIsToldOfThat() throws Exception {
    Future<List<Page>> pages = executor.submit(() -> loadAll(List.of("slow"), token));
    begun.await();

    source.cancel();

    assertThatThrownBy(pages::get)
        .hasCauseInstanceOf(OperationCanceledException.class)
        .cause()
        .extracting("token")
        .isEqualTo(token);
  }

  private Page load(String url, CancellationToken token) throws Exception {
    switch (url) {
      case "slow" -> {
        begun.countDown();
        Waits.await(never, token);
      }
      case "broken" -> throw new IOException(url);
      default -> {}
    }
    return new Page(url);
  }

  @Test
  void cancelOfADependentStopsTheBody() throws Exception {
    String site = "https://example.org";
    // snippet: supply
    CompletableFuture<Ranking> ranking =
        CompletionStages.supplyAsync(stop -> crawl(site, stop), token) // the body polls stop
            .thenApply(pages -> rank(pages))
            .orTimeout(20, TimeUnit.SECONDS);
    // end
    begun.await();

    ranking.cancel(false);

    assertThat(never.await(30, TimeUnit.SECONDS)).as("crawl has ended").isTrue();
  }

  @Test
  void aViewEndsByTheToken() throws Exception {
    CompletableFuture<Config> shared = new CompletableFuture<>();
    // snippet: view
    CompletionStage<Config> mine = CompletionStages.withCancellation(shared, token);
    mine.thenAccept(this::configure); // or fails, when the token is canceled
    // end
    assertThat(shared.getNumberOfDependents()).isOne();
    shared.complete(new Config("test"));
    assertThat(configured.get()).isEqualTo(new Config("test"));
    assertThat(config(shared)).isEqualTo(new Config("test"));
  }

  private Config config(CompletionStage<Config> shared)
      throws InterruptedException, ExecutionException {
    // snippet: get
    Config config = CompletionStages.get(shared, token);
    // end
    return config;
  }

  @Test
  void aCanceledWaitHasTakenNothing() throws Exception {
    Future<String> order = executor.submit(this::next);
    lock.lock();
    orders.add("tea");
    notEmpty.signal();
    lock.unlock();
    assertThat(order.get()).isEqualTo("tea");

    Future<String> another = executor.submit(this::next);
    source.cancel();
    assertThatThrownBy(another::get).hasCauseInstanceOf(OperationCanceledException.class);
    assertThat(lock.isLocked()).isFalse();
  }

  private String next() throws InterruptedException {
    // snippet: waits
    Waits.lock(lock, token);
    try {
      while (orders.isEmpty()) {
        Waits.await(notEmpty, token); // holds the lock again, also when it throws
      }
      return orders.remove();
    } finally {
      lock.unlock();
    }
    // end
  }

  private Page load(String url) throws InterruptedException {
    begun.countDown();
    never.await();
    return new Page(url);
  }

  private List<Page> crawl(String site, CancellationToken stop) throws InterruptedException {
    begun.countDown();
    try {
      stop.awaitCancellation();
      stop.throwIfCancellationRequested();
      return List.of(new Page(site));
    } finally {
      never.countDown();
    }
  }

  private static Ranking rank(List<Page> pages) {
    return new Ranking(pages.size());
  }

  private void configure(Config config) {
    configured.complete(config);
  }
}
