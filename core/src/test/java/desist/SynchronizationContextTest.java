// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where contexts run what is sent and posted to them. */
class SynchronizationContextTest {
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final SynchronizationContext place = SynchronizationContext.of(executor, () -> false);

  @AfterEach
  void tearDown() {
    executor.shutdownNow();
    SynchronizationContext.setSynchronizationContext(null);
  }

  @Test
  void theCurrentContextIsTheThreadsOwn() throws Exception {
    assertThat(SynchronizationContext.current()).isNull();

    SynchronizationContext.setSynchronizationContext(place);

    assertThat(SynchronizationContext.current()).isSameAs(place);
    assertThat(TestThreads.start(SynchronizationContext::current).join()).isNull();
    SynchronizationContext.setSynchronizationContext(null);
    assertThat(SynchronizationContext.current()).isNull();
  }

  @Test
  void thePlainContextRunsWhatIsSentInPlace() {
    Thread[] ranOn = new Thread[1];
    RuntimeException thrown = new RuntimeException();

    new SynchronizationContext().send(() -> ranOn[0] = Thread.currentThread());

    assertThat(ranOn).containsExactly(Thread.currentThread());
    assertThat(
            catchThrowable(
                () ->
                    new SynchronizationContext()
                        .send(
                            () -> {
                              throw thrown;
                            })))
        .isSameAs(thrown);
  }

  @Test
  void thePlainContextRunsWhatIsPostedOnADaemonThread() throws Exception {
    CompletableFuture<Thread> ranOn = new CompletableFuture<>();

    new SynchronizationContext().post(() -> ranOn.complete(Thread.currentThread()));

    assertThat(ranOn.get().isDaemon()).isTrue();
    assertThat(ranOn.get().getName()).startsWith("desist-callback-");
  }

  @Test
  void whatIsSentRunsThereAndIsWaitedFor() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Thread[] ranOn = new Thread[1];
    var sending =
        TestThreads.run(
            () ->
                place.send(
                    () -> {
                      awaitQuietly(release);
                      ranOn[0] = Thread.currentThread();
                    }));
    sending.awaitBlocked();

    release.countDown();

    sending.join();
    assertThat(ranOn[0]).isNotNull().isNotSameAs(sending.thread());
  }

  @Test
  void whatIsSentFromThereRunsInPlace() {
    Thread here = Thread.currentThread();
    SynchronizationContext there =
        SynchronizationContext.of(executor, () -> Thread.currentThread() == here);
    Thread[] ranOn = new Thread[1];

    there.send(() -> ranOn[0] = Thread.currentThread());

    assertThat(ranOn).containsExactly(here);
  }

  @Test
  void whatIsPostedFromThereIsHandedOverAllTheSame() throws Exception {
    CompletableFuture<Thread> ranOn = new CompletableFuture<>();

    SynchronizationContext.of(executor, () -> true)
        .post(() -> ranOn.complete(Thread.currentThread()));

    assertThat(ranOn.get()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void sendThrowsWhatTheWorkThrewAsItIs() {
    IOException thrown = new IOException();

    assertThat(
            catchThrowable(
                () ->
                    place.send(
                        () -> {
                          throw Cancellation.<RuntimeException>sneak(thrown);
                        })))
        .isSameAs(thrown);
  }

  @Test
  void anInterruptDoesNotEndTheWaitAndIsKept() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    var sending =
        TestThreads.start(
            () -> {
              place.send(() -> awaitQuietly(release));
              return release.getCount() == 0 && Thread.interrupted();
            });
    sending.awaitBlocked();

    sending.thread().interrupt();
    sending.awaitBlocked();
    release.countDown();

    assertThat(sending.join()).isTrue();
  }

  @Test
  void aRejectionLeavesSend() {
    executor.shutdown();

    assertThatThrownBy(() -> place.send(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void workThatATerminatedExecutorDroppedEndsTheWait() {
    CountDownLatch release = new CountDownLatch(1);
    executor.execute(() -> awaitQuietly(release));
    var sending = TestThreads.run(() -> place.send(() -> {})).awaitBlocked();

    executor.shutdownNow();
    release.countDown();

    assertThatThrownBy(sending::join)
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("terminated");
  }

  @Test
  void anExecutorOfOnesOwnIsGivenTheWorkItself() {
    BlockingQueue<Runnable> posted = new LinkedBlockingQueue<>();
    Runnable work = () -> {};

    SynchronizationContext.of(posted::add, () -> false).post(work);

    assertThat(posted).containsExactly(work);
  }

  @Test
  void nullsAreRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> SynchronizationContext.of(null, () -> true))
        .withMessage("executor");
    assertThatNullPointerException()
        .isThrownBy(() -> SynchronizationContext.of(executor, null))
        .withMessage("isCurrent");
    for (SynchronizationContext each :
        new SynchronizationContext[] {place, new SynchronizationContext()}) {
      assertThatNullPointerException().isThrownBy(() -> each.send(null)).withMessage("work");
      assertThatNullPointerException().isThrownBy(() -> each.post(null)).withMessage("work");
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    boolean interrupted = false;
    for (; ; ) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
