// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static desist.tasks.TaskContinuationOptions.ONLY_ON_FAULTED;
import static desist.tasks.TaskCreationOptions.ATTACHED_TO_PARENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTrue;

import desist.AggregateException;
import desist.CancellationToken;
import desist.OperationCanceledException;
import desist.tasks.EventRegistration;
import desist.tasks.Task;
import desist.tasks.TaskScheduler;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/task-exceptions.md. */
class TaskExceptionsGuideTest {
  private final Queue<String> log = new ConcurrentLinkedQueue<>();

  // snippet: await
  static String textOf(Task<String> task) throws IOException, InterruptedException {
    try {
      return task.await();
    } catch (OperationCanceledException e) {
      return "canceled";
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io; // checked: the body's own, wrapped because await() cannot declare it
      }
      throw e;
    }
  }

  // end

  @Test
  void awaitThrowsTheOriginal() throws Exception {
    IllegalStateException unchecked = new IllegalStateException();
    FileNotFoundException checked = new FileNotFoundException();
    CancellationToken canceled = CancellationToken.canceled();

    assertThat(textOf(Task.fromResult("text"))).isEqualTo("text");
    assertThat(textOf(Task.fromCanceled(canceled))).isEqualTo("canceled");
    assertThatThrownBy(() -> textOf(Task.fromException(checked))).isSameAs(checked);
    assertThatThrownBy(() -> textOf(Task.fromException(unchecked))).isSameAs(unchecked);
  }

  @Test
  void joinThrowsThemAll() throws Exception {
    Task<String> first = Task.fromException(new FileNotFoundException("a.txt"));
    Task<String> second = Task.fromException(new IllegalStateException("no disk"));
    assertThatThrownBy(
            () -> {
              // snippet: join
              try {
                Task.waitAll(first, second);
              } catch (AggregateException e) {
                e.flatten()
                    .handle(
                        failure -> {
                          log.add(failure.getMessage());
                          return failure instanceof IOException; // the others are thrown again
                        });
              }
              // end
            })
        .isInstanceOfSatisfying(
            AggregateException.class, e -> assertThat(e.innerExceptions()).hasSize(1));
    assertThat(log).containsExactly("a.txt", "no disk");
  }

  // snippet: all
  List<String> readAll(List<Task<String>> readers) throws InterruptedException {
    Task<List<String>> all = Task.whenAll(readers);
    try {
      return all.await();
    } catch (RuntimeException e) { // the first failure
      AggregateException failures = all.exception(); // all of them; null if canceled
      if (failures != null) {
        failures.innerExceptions().forEach(failure -> log.add(failure.getMessage()));
      }
      throw e;
    }
  }

  // end

  @Test
  void wholeHasTheFailuresOfItsParts() {
    List<Task<String>> readers =
        List.of(
            Task.fromException(new IllegalStateException("a")),
            Task.fromResult("text"),
            Task.fromCanceled(CancellationToken.canceled()),
            Task.fromException(new IllegalStateException("b")));
    assertThatThrownBy(() -> readAll(readers)).hasMessage("a");
    assertThat(log).containsExactly("a", "b");
    assertThatThrownBy(() -> readAll(List.of(Task.fromCanceled(CancellationToken.canceled()))))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void faultsOfChildrenAreNested() {
    // snippet: nested
    Task<Void> parent =
        Task.factory()
            .startNewAction(
                () -> {
                  Task.factory().startNewAction(() -> fail("child"), ATTACHED_TO_PARENT);
                  fail("parent");
                });
    // end
    AggregateException thrown = catchThrowableOfType(AggregateException.class, parent::join);
    assertThat(thrown.innerExceptions())
        .satisfiesExactly(
            own -> assertThat(own).hasMessage("parent"),
            ofChild ->
                assertThat(ofChild)
                    .isInstanceOf(AggregateException.class)
                    .hasRootCauseMessage("child"));
    assertThat(thrown.flatten().innerExceptions())
        .extracting(Throwable::getMessage)
        .containsExactly("parent", "child");
  }

  @Test
  void continuationThatJoinsWrapsOnceMore() {
    Task<String> failed = Task.fromException(new IllegalStateException("no disk"));
    // snippet: once
    Task<Integer> good = failed.continueWith(t -> t.await().length());
    Task<Integer> deep = failed.continueWith(t -> t.result().length());
    // end
    assertThatThrownBy(good::await).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(deep::await).isInstanceOf(AggregateException.class);
  }

  @Test
  void unobservedFaultsAreReported() throws Exception {
    // snippet: unobserved
    EventRegistration handler =
        TaskScheduler.onUnobservedTaskException(
            event -> log.add("nobody looked at " + event.exception()));
    // end
    try (handler) {
      drop();
      long start = System.nanoTime();
      while (log.stream().noneMatch(line -> line.contains("dropped"))) {
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10), "not reported");
        System.gc();
        Thread.onSpinWait();
      }
    }
  }

  private static void drop() {
    assertThat(Task.<String>fromException(new IllegalStateException("dropped"))).isNotNull();
  }

  @Test
  void whoStartsAndForgetsLooksInAContinuation() throws Exception {
    // snippet: forget
    Task<Void> report =
        Task.runAction(() -> fail("no disk"))
            .continueWithAction(t -> tell(t.exception()), ONLY_ON_FAULTED);
    // end
    report.join();
    assertThat(log).singleElement().asString().contains("no disk");
  }

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }

  private void tell(@Nullable AggregateException exception) {
    log.add("" + exception);
  }
}
