// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import desist.testing.CancellationExtension;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CancellationExtension.class)
final class CrawlerTest {
  @Test
  void readsEachPageOnceAndThreeAtATime(CancellationTokenSource source) throws Exception {
    try (var site = new Site(12);
        var crawler = new Crawler(source.token())) {
      crawler.crawl(site.start());

      assertThat(crawler.read()).isEqualTo(12);
      assertThat(crawler.found()).isEqualTo(12);
      assertThat(site.mostBusy()).isBetween(1, 3);
    }
  }

  @Test
  void stopsAndLeavesNobodyBehind(CancellationTokenSource source) throws Exception {
    try (var site = new Site(Integer.MAX_VALUE / 4);
        var crawler = new Crawler(source.token())) {
      FutureTask<Void> crawl =
          new FutureTask<>(
              () -> {
                crawler.crawl(site.start());
                return null;
              });
      Thread thread = new Thread(crawl, "crawl");
      thread.start();
      TestThreads.awaitBlocked(thread);

      source.cancel();
      crawl.get();

      assertThat(crawler.read()).isLessThan(crawler.found());
      assertThat(source.registrationCount()).isZero();
    }
  }

  @Test
  void programStopsAtAKey() throws Exception {
    assertThat(Program.output(Crawler::main, "c")).containsPattern("read \\d+ pages of \\d+ found");
  }
}
