// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.examples.ProducersAndConsumers.Sales;
import desist.testing.CancellationExtension;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CancellationExtension.class)
final class ProducersAndConsumersTest {
  @Test
  void whatWasBakedIsSoldWhenTheBakersAreSentHome(CancellationTokenSource source) throws Exception {
    ProducersAndConsumers bakery = new ProducersAndConsumers(Duration.ofNanos(1));
    FutureTask<Sales> work = new FutureTask<>(() -> bakery.work(source.token()));
    Thread thread = new Thread(work, "bakery");
    thread.start();

    TestThreads.awaitBlocked(thread); // for the bakers
    source.cancel();

    Sales sales = work.get();
    assertThat(sales.sold()).isEqualTo(sales.baked());
  }

  @Test
  void bakersWhoAreSentHomeBeforeTheyBeginBakeNothing() throws Exception {
    ProducersAndConsumers bakery = new ProducersAndConsumers(Duration.ZERO);

    assertThat(bakery.work(CancellationToken.canceled())).isEqualTo(new Sales(0, 0));
  }

  @Test
  void programEndsWithAKey() throws Exception {
    assertThat(Program.output(ProducersAndConsumers::main, "c"))
        .containsPattern("baked (\\d+), sold \\1\\R");
  }
}
