// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests whose tokens are canceled at all moments, on connections that others use. */
class HttpMomentsTest {
  private static final int ROUNDS =
      "long".equals(System.getProperty("desist.budget")) ? 10_000 : 500;

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void noOtherRequestIsHit(HttpClient.Version version) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(version).build();
    Random random = new Random(version.ordinal());
    int canceled = 0;
    try (Http2Server server = new Http2Server()) {
      HttpRequest post =
          HttpRequest.newBuilder(server.uri("/echo")).POST(BodyPublishers.ofString("text")).build();
      HttpRequest get = HttpRequest.newBuilder(server.uri("/echo")).build();
      assertThat(client.send(get, BodyHandlers.discarding()).version()).isEqualTo(version);
      long latest = 0;
      for (int i = 0; i < ROUNDS; i++) {
        CompletableFuture<String> beside =
            client.sendAsync(post, BodyHandlers.ofString()).thenApply(r -> r.body());
        try (var source = new CancellationTokenSource()) {
          long delay = (long) (random.nextDouble() * latest);
          TestThreads.Running<Void> canceler =
              TestThreads.run(
                  () -> {
                    LockSupport.parkNanos(delay);
                    source.cancel();
                  });
          try {
            assertThat(Http.send(client, post, BodyHandlers.ofString(), source.token()).body())
                .isEqualTo("text");
          } catch (OperationCanceledException e) {
            canceled++;
          }
          long start = System.nanoTime();
          assertThat(client.send(post, BodyHandlers.ofString()).body()).isEqualTo("text");
          latest = 2 * (System.nanoTime() - start); // most of the next have ended by then
          assertThat(beside.get()).isEqualTo("text");
          canceler.join();
          assertThat(source.registrationCount()).isZero();
        }
      }
      TestThreads.await("connections that nobody uses are closed", () -> server.connections() <= 3);
      System.out.printf("%s: %d of %d requests were canceled%n", version, canceled, ROUNDS);
      assertThat(canceled).isBetween(1, ROUNDS - 1);
    }
  }
}
