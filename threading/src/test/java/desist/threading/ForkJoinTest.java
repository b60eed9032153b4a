// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker of a ForkJoinPool that waits has the pool make up for it. */
final class ForkJoinTest {
  private final ForkJoinPool pool = new ForkJoinPool(1);
  private final CancellationTokenSource source = new CancellationTokenSource();

  @AfterEach
  void shutDown() {
    pool.shutdownNow();
  }

  @Test
  void theOnlyWorkerWaitsForWhatItsPoolHasStillToDo() throws Exception {
    ManualResetEventSlim event = new ManualResetEventSlim();

    Future<Boolean> waiting = pool.submit(() -> await(event));
    pool.submit(event::set);

    assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void itWaitsForAnItemThatItsPoolAddsLater() throws Exception {
    BlockingCollection<String> collection = new BlockingCollection<>();

    Future<String> taking = pool.submit(() -> collection.take(source.token()));
    pool.submit(() -> collection.tryAdd("item"));

    assertThat(taking.get(10, TimeUnit.SECONDS)).isEqualTo("item");
  }

  private boolean await(ManualResetEventSlim event) throws InterruptedException {
    event.await(source.token());
    return event.isSet();
  }
}
