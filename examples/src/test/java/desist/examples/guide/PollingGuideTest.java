// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/polling.md. */
class PollingGuideTest {
  // snippet: mean
  static double mean(double[] readings, CancellationToken token) {
    double sum = 0;
    for (double reading : readings) {
      token.throwIfCancellationRequested();
      sum += reading;
    }
    return sum / readings.length;
  }

  // end

  // snippet: partial
  static List<Integer> primes(CancellationToken token) {
    List<Integer> found = new ArrayList<>();
    for (int n = 2; !token.isCancellationRequested(); n++) {
      if (isPrime(n)) {
        found.add(n);
      }
    }
    return found;
  }

  // end

  // snippet: stride
  static long checksum(byte[] bytes, CancellationToken token) {
    long sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      if ((i & 0xffff) == 0) {
        token.throwIfCancellationRequested();
      }
      sum = 31 * sum + bytes[i];
    }
    return sum;
  }

  // end

  private final List<String> published = new ArrayList<>();

  // snippet: pause
  void watch(Duration interval, CancellationToken token) throws InterruptedException {
    while (!token.awaitCancellation(interval)) {
      publish(sample());
    }
  }

  // end

  @Test
  void theMeanIsThatOfAllReadingsOrNone() {
    assertThat(mean(new double[] {1, 2, 3}, CancellationToken.none())).isEqualTo(2);
    assertThatThrownBy(() -> mean(new double[] {1, 2, 3}, CancellationToken.canceled()))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void thePrimesFoundSoFarAreKept() {
    List<Integer> found = List.of();
    for (int millis = 1; found.size() < 5; millis *= 2) { // as the first may be over at once
      try (var source = new CancellationTokenSource(Duration.ofMillis(millis))) {
        found = primes(source.token());
      }
    }
    assertThat(found).startsWith(2, 3, 5, 7, 11);
    assertThat(primes(CancellationToken.canceled())).isEmpty();
  }

  @Test
  void theChecksumLooksAtTheTokenNowAndThen() {
    assertThat(checksum(new byte[] {1, 2}, CancellationToken.none())).isEqualTo(33);
    assertThatThrownBy(() -> checksum(new byte[1], CancellationToken.canceled()))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void watchingEndsWithTheToken() throws InterruptedException {
    try (var source = new CancellationTokenSource()) {
      onPublish = () -> cancelAfterThree(source);
      watch(Duration.ofMillis(1), source.token());
      assertThat(published).hasSize(3);
    }
  }

  private Runnable onPublish = () -> {};

  private void cancelAfterThree(CancellationTokenSource source) {
    if (published.size() == 3) {
      source.cancel();
    }
  }

  private void publish(String sample) {
    published.add(sample);
    onPublish.run();
  }

  private static String sample() {
    return "sample";
  }

  private static boolean isPrime(int n) {
    for (int d = 2; d * d <= n; d++) {
      if (n % d == 0) {
        return false;
      }
    }
    return true;
  }
}
