// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationTokenSource.createLinkedTokenSource;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * Nothing is left behind, however often it is done: ten million times with {@code -Plong}, fewer
 * otherwise.
 */
class TokenLeakTest {
  private static final int ROUNDS =
      "long".equals(System.getProperty("desist.budget")) ? 10_000_000 : 500_000;

  /** Less than three bytes for each of the shorter number of rounds; no object is that small. */
  private static final long FLAT = 1_400_000;

  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();

  @Test
  void linkedSourcesThatAreNeverClosedLeaveNothingOnALiveParent() {
    assertHeapStaysFlat(
        "linked sources, never closed",
        i -> {
          CancellationTokenSource child = createLinkedTokenSource(token);
          if (i % 3 == 0) {
            child.token().register(() -> {}).unregister();
          }
        });

    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void linkedSourcesOfTwoParentsAndTwoLevelsLeaveNothing() {
    CancellationTokenSource other = new CancellationTokenSource();
    assertHeapStaysFlat(
        "linked to two and below, never closed",
        i -> {
          CancellationTokenSource child = createLinkedTokenSource(token, other.token());
          CancellationTokenSource below = createLinkedTokenSource(child.token());
          if (i % 3 == 0) {
            below.token().register(() -> {}).close();
          }
        });

    assertThat(source.registrationCount()).isZero();
    assertThat(other.registrationCount()).isZero();
  }

  @Test
  void registrationsThatAreClosedLeaveNothing() {
    assertHeapStaysFlat("registered and closed", i -> token.register(() -> {}).close());

    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void delaysThatAreClosedLeaveNothing() {
    assertHeapStaysFlat(
        "delays of 30 s, closed", i -> new CancellationTokenSource(HALF_A_MINUTE).close());
  }

  @Test
  void delaysThatAreReplacedLeaveNothing() {
    assertHeapStaysFlat("delays of 30 s, replaced", i -> source.cancelAfter(HALF_A_MINUTE));

    source.close();
  }

  @Test
  void canceledChildrenOfALiveParentLeaveNothing() {
    assertHeapStaysFlat(
        "children with a callback, canceled",
        i -> {
          CancellationTokenSource child = createLinkedTokenSource(token);
          child.token().register(() -> {});
          child.cancel();
        });

    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aCallbackOnAnAbandonedLinkedSourceStillRuns() {
    List<String> log = new ArrayList<>();
    WeakReference<CancellationTokenSource> abandoned = registerBelow(log);

    TestThreads.awaitCollection(abandoned);
    source.cancel();

    assertThat(log).containsExactly("ran");
  }

  @Test
  void twoThreadsThatRegisterAndUnregisterLeaveNothingAndDisturbNobody() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    token.register(runs::incrementAndGet);

    registerAndUnregisterInTwoThreads(token, ROUNDS / 2);

    assertThat(source.registrationCount()).isEqualTo(1);
    source.cancel();
    assertThat(runs).hasValue(1);
  }

  @Test
  void twoThreadsThatRegisterAndUnregisterBelowLeaveNothing() throws Exception {
    CancellationToken below =
        createLinkedTokenSource(createLinkedTokenSource(token).token()).token();

    registerAndUnregisterInTwoThreads(below, ROUNDS / 8);

    assertThat(source.registrationCount()).isZero();
    AtomicInteger runs = new AtomicInteger();
    below.register(runs::incrementAndGet);
    source.cancel();
    assertThat(runs).hasValue(1);
  }

  /** Returns a reference to a linked source that nobody else knows. */
  private WeakReference<CancellationTokenSource> registerBelow(List<String> log) {
    CancellationTokenSource child = createLinkedTokenSource(token);
    CancellationTokenSource below = createLinkedTokenSource(child.token());
    below.token().register(() -> log.add("ran"));
    return new WeakReference<>(below);
  }

  private static void registerAndUnregisterInTwoThreads(CancellationToken token, int rounds)
      throws Exception {
    Callable<Integer> work =
        () -> {
          int unregistered = 0;
          for (int i = 0; i < rounds; i++) {
            if (token.register(() -> {}).unregister()) {
              unregistered++;
            }
          }
          return unregistered;
        };
    var one = TestThreads.start(work);
    var two = TestThreads.start(work);
    assertThat(one.task().get()).isEqualTo(rounds);
    assertThat(two.task().get()).isEqualTo(rounds);
    one.join();
    two.join();
  }

  private static void assertHeapStaysFlat(String what, IntConsumer round) {
    for (int i = 0; i < ROUNDS / 10; i++) {
      round.accept(i);
    }
    long before = used();
    for (int i = 0; i < ROUNDS; i++) {
      round.accept(i);
    }
    long growth = used() - before;
    System.out.printf("%,d times %s: heap grew by %,d bytes%n", ROUNDS, what, growth);
    assertThat(growth).as("bytes left by %s", what).isLessThan(FLAT);
  }

  /** Returns the bytes in use, with nothing that the collector could find. */
  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
