// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No wait keeps a virtual thread on its carrier, by what the flight recorder sees. */
@EnabledForJreRange(minVersion = 25)
final class PinningTest {
  private static final String PINNED = "jdk.VirtualThreadPinned";

  @TempDir Path folder;

  /** A wait that blocks until the token is canceled or the time is over. */
  private interface Wait {
    void await(Duration timeout, CancellationToken token) throws InterruptedException;
  }

  /** While it is initialized a class keeps the thread that does so on its carrier. */
  private static final class Pinning {
    static final long WAITED = wait(1_000_000);

    private static long wait(int nanos) {
      LockSupport.parkNanos(nanos);
      return nanos;
    }
  }

  @Test
  void theRecorderSeesAThreadThatIsPinned() throws Exception {
    List<RecordedEvent> pinned = record(() -> assertThat(Pinning.WAITED).isPositive());

    assertThat(pinned).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void noWaitPins(String name, Wait wait) throws Exception {
    waitInEachWay(wait); // loads the classes: two threads that load at once may be pinned by that

    assertThat(record(() -> waitInEachWay(wait))).isEmpty();
  }

  @SuppressWarnings("unused") // the source of the test's arguments
  static List<Arguments> noWaitPins() {
    BlockingCollection<String> full = new BlockingCollection<>(1);
    assertThat(full.tryAdd("item")).isTrue();
    return List.of(
        wait("ManualResetEventSlim", new ManualResetEventSlim()::await),
        wait("SemaphoreSlim", new SemaphoreSlim(0)::await),
        wait("CountdownEvent", new CountdownEvent(1)::await),
        wait("Barrier", new Barrier(2)::signalAndWait),
        wait("BlockingCollection.tryTake", new BlockingCollection<String>()::tryTake),
        wait("BlockingCollection.tryAdd", (timeout, token) -> full.tryAdd("more", timeout, token)));
  }

  private static Arguments wait(String name, Wait wait) {
    return Arguments.of(name, wait);
  }

  private static void waitInEachWay(Wait wait) {
    try {
      wait.await(Duration.ofMillis(1), CancellationToken.none());
      try (var source = new CancellationTokenSource(Duration.ofMillis(1))) {
        wait.await(Duration.ofSeconds(20), source.token());
      } catch (OperationCanceledException e) {
        return;
      }
      throw new AssertionError("was not canceled");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs the work on a virtual thread; returns the times when that kept its carrier in a wait. */
  private List<RecordedEvent> record(Runnable work) throws Exception {
    Path file = folder.resolve("pinned.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
      recording.start();
      Thread thread = VirtualThreads.factory().newThread(work);
      thread.start();
      thread.join();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(PINNED))
        .toList();
  }
}
