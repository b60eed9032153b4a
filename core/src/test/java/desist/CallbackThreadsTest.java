// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** The threads on which callbacks of delays run. */
class CallbackThreadsTest {
  @Test
  void theyAreDaemonsThatInheritNothing() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    CompletableFuture<Thread> made = new CompletableFuture<>();
    CompletableFuture<String> value = new CompletableFuture<>();
    CompletableFuture<ThreadGroup> groupOfMade = new CompletableFuture<>();
    ThreadGroup group = new ThreadGroup("of the test");
    try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
      Thread parent =
          new Thread(
              group,
              () -> {
                local.set("inherited");
                Thread.currentThread().setContextClassLoader(loader);
                Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
                Thread thread =
                    CallbackThreads.newThread(
                        () -> {
                          value.complete(local.get());
                          groupOfMade.complete(Thread.currentThread().getThreadGroup());
                        },
                        "made by a test");
                made.complete(thread);
                thread.start();
              });
      parent.start();
      parent.join();
    }

    Thread thread = made.get();
    assertThat(value.get()).isNull();
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getPriority()).isEqualTo(Thread.NORM_PRIORITY);
    assertThat(thread.getContextClassLoader()).isSameAs(ClassLoader.getSystemClassLoader());
    assertThat(groupOfMade.get().getParent()).isNull();
  }

  @Test
  void theirNamesTellWhoseTheyAre() throws Exception {
    CompletableFuture<Thread> ranOn = new CompletableFuture<>();

    CallbackThreads.execute(() -> ranOn.complete(Thread.currentThread()));

    assertThat(ranOn.get().getName()).matches("desist-callback-\\d+");
  }

  @Test
  void callbacksThatBlockHoldUpNoOther() throws Exception {
    int blocked = 8 * Runtime.getRuntime().availableProcessors();
    CountDownLatch begun = new CountDownLatch(blocked);
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i < blocked; i++) {
      CallbackThreads.execute(
          () -> {
            begun.countDown();
            awaitQuietly(release);
          });
    }
    begun.await();
    CountDownLatch other = new CountDownLatch(1);

    CallbackThreads.execute(other::countDown);

    other.await();
    release.countDown();
  }

  @Test
  void manyShortCallbacksDoNotMakeManyThreads() throws Exception {
    int many = 100_000;
    CountDownLatch done = new CountDownLatch(many);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    for (int i = 0; i < many; i++) {
      CallbackThreads.execute(
          () -> {
            threads.add(Thread.currentThread());
            done.countDown();
          });
    }

    done.await();
    assertThat(threads).hasSizeLessThan(500);
  }

  @Test
  void whatOneCallbackDoesToItsThreadTheNextDoesNotSee() throws Exception {
    BlockingQueue<Boolean> clean = new LinkedBlockingQueue<>();
    ClassLoader other = new ClassLoader() {};
    for (int i = 0; i < 100; i++) {
      CallbackThreads.execute(
          () -> {
            Thread current = Thread.currentThread();
            clean.add(
                !current.isInterrupted()
                    && SynchronizationContext.current() == null
                    && current.getContextClassLoader() != other);
            current.interrupt();
            current.setContextClassLoader(other);
            SynchronizationContext.setSynchronizationContext(new SynchronizationContext());
          });
    }

    for (int i = 0; i < 100; i++) {
      assertThat(clean.take()).isTrue();
    }
  }

  @Test
  void whatACallbackThrowsGoesToTheHandlerAndTheThreadLivesOn() throws Exception {
    Error thrown = new Error("of a callback");
    BlockingQueue<Throwable> handled = new LinkedBlockingQueue<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          handled.add(e);
          throw new IllegalStateException("of a handler");
        });
    try {
      boolean livesOn;
      do { // a thread too many may end after any callback
        Thread failed = fail(thrown);
        assertThat(handled.take()).isSameAs(thrown);
        livesOn = isUsedAgain(failed);
      } while (!livesOn);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  /** Has a callback fail, and returns its thread. */
  private static Thread fail(Error thrown) throws Exception {
    CompletableFuture<Thread> failedOn = new CompletableFuture<>();
    CallbackThreads.execute(
        () -> {
          failedOn.complete(Thread.currentThread());
          throw thrown;
        });
    return failedOn.get();
  }

  /** Runs callbacks until one runs on the thread, or returns false if that has ended. */
  private static boolean isUsedAgain(Thread thread) throws Exception {
    BlockingQueue<Thread> seen = new LinkedBlockingQueue<>();
    while (thread.isAlive()) {
      CallbackThreads.execute(() -> seen.add(Thread.currentThread()));
      if (seen.take() == thread) {
        return true;
      }
    }
    return false;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
