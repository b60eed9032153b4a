// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static desist.tasks.TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY;
import static desist.tasks.TaskCreationOptions.DENY_CHILD_ATTACH;
import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.threading.CountdownEvent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/**
 * Every method that takes a function takes a lambda, a block lambda and a method reference, also
 * one to a method with overloads, in each of its forms.
 */
class UsageTest {
  private final CancellationToken token = new CancellationTokenSource().token();
  private final Executor executor = ForkJoinPool.commonPool();
  private final TaskFactory factory = Task.factory();
  private final Task<Integer> first = Task.run(UsageTest::one);

  @Test
  void run() throws Exception {
    allGiveOne(
        Task.run(() -> 1),
        Task.run(
            () -> {
              return 1;
            }),
        Task.run(UsageTest::one),
        Task.run(UsageTest::overloaded),
        Task.run(() -> 1, token),
        Task.run(
            () -> {
              return 1;
            },
            token),
        Task.run(UsageTest::one, token),
        Task.run(UsageTest::overloaded, token));
  }

  @Test
  void runAction() throws Exception {
    allRun(
        Task.runAction(() -> work()),
        Task.runAction(
            () -> {
              work();
            }),
        Task.runAction(UsageTest::one),
        Task.runAction(UsageTest::overloaded),
        Task.runAction(() -> work(), token),
        Task.runAction(
            () -> {
              work();
            },
            token),
        Task.runAction(UsageTest::one, token),
        Task.runAction(UsageTest::overloaded, token));
  }

  @Test
  void bodyThatOnlyThrowsIsWhatItsMethodSays() throws Exception {
    Task<Void> action =
        Task.runAction(
            () -> {
              throw new IllegalStateException();
            });
    Task<Integer> result =
        Task.run(
            () -> {
              throw new IllegalStateException();
            });
    Task.waitAny(action);
    Task.waitAny(result);
    assertThat(action.isFaulted() && result.isFaulted()).isTrue();
  }

  @Test
  void runAsync() throws Exception {
    allGiveOne(
        Task.runAsync(() -> first),
        Task.runAsync(
            () -> {
              return first;
            }),
        Task.runAsync(UsageTest::later),
        Task.runAsync(() -> first, token),
        Task.runAsync(
            () -> {
              return first;
            },
            token),
        Task.runAsync(UsageTest::later, token));
  }

  @Test
  void constructors() throws Exception {
    allGiveOne(
        started(new Task<>(() -> 1)),
        started(
            new Task<>(
                () -> {
                  return 1;
                },
                DENY_CHILD_ATTACH)),
        started(new Task<>(UsageTest::one)),
        started(new Task<>(UsageTest::overloaded)),
        started(new Task<>(() -> 1, token)),
        started(
            new Task<>(
                () -> {
                  return 1;
                },
                token,
                DENY_CHILD_ATTACH)),
        started(new Task<>(UsageTest::one, token)));
  }

  @Test
  void ofAction() throws Exception {
    allRun(
        started(Task.ofAction(() -> work())),
        started(
            Task.ofAction(
                () -> {
                  work();
                },
                DENY_CHILD_ATTACH)),
        started(Task.ofAction(UsageTest::one)),
        started(Task.ofAction(UsageTest::overloaded)),
        started(Task.ofAction(() -> work(), token)),
        started(
            Task.ofAction(
                () -> {
                  work();
                },
                token,
                DENY_CHILD_ATTACH)),
        started(Task.ofAction(UsageTest::one, token)));
  }

  @Test
  void withState() throws Exception {
    allGiveOne(
        started(Task.withState(1, i -> i)),
        started(
            Task.withState(
                "1",
                s -> {
                  return s.length();
                },
                DENY_CHILD_ATTACH)),
        started(Task.withState("1", String::length)),
        started(Task.withState("1", Integer::valueOf)),
        started(Task.withState(1, i -> i, token)),
        started(
            Task.withState(
                "1",
                s -> {
                  return s.length();
                },
                token,
                DENY_CHILD_ATTACH)),
        started(Task.withState("1", String::length, token)));
  }

  @Test
  void startNew() throws Exception {
    allGiveOne(
        factory.startNew(() -> 1),
        factory.startNew(
            () -> {
              return 1;
            },
            DENY_CHILD_ATTACH),
        factory.startNew(UsageTest::one),
        factory.startNew(UsageTest::overloaded),
        factory.startNew(() -> 1, token),
        factory.startNew(
            () -> {
              return 1;
            },
            token),
        factory.startNew(UsageTest::one, token),
        factory.startNew(() -> 1, token, DENY_CHILD_ATTACH),
        factory.startNew(() -> 1, token, executor),
        factory.startNew(
            () -> {
              return 1;
            },
            token,
            executor,
            DENY_CHILD_ATTACH),
        factory.startNew(UsageTest::one, token, executor));
  }

  @Test
  void startNewAction() throws Exception {
    allRun(
        factory.startNewAction(() -> work()),
        factory.startNewAction(
            () -> {
              work();
            },
            DENY_CHILD_ATTACH),
        factory.startNewAction(UsageTest::one),
        factory.startNewAction(UsageTest::overloaded),
        factory.startNewAction(() -> work(), token),
        factory.startNewAction(
            () -> {
              work();
            },
            token),
        factory.startNewAction(UsageTest::one, token),
        factory.startNewAction(() -> work(), token, DENY_CHILD_ATTACH),
        factory.startNewAction(() -> work(), token, executor),
        factory.startNewAction(
            () -> {
              work();
            },
            token,
            executor,
            DENY_CHILD_ATTACH),
        factory.startNewAction(UsageTest::one, token, executor));
  }

  @Test
  void startNewWithState() throws Exception {
    allGiveOne(
        factory.startNewWithState(1, i -> i),
        factory.startNewWithState(
            "1",
            s -> {
              return s.length();
            },
            DENY_CHILD_ATTACH),
        factory.startNewWithState("1", String::length),
        factory.startNewWithState("1", Integer::valueOf),
        factory.startNewWithState(1, i -> i, token),
        factory.startNewWithState(
            "1",
            s -> {
              return s.length();
            },
            token),
        factory.startNewWithState("1", String::length, token),
        factory.startNewWithState(1, i -> i, token, DENY_CHILD_ATTACH),
        factory.startNewWithState(1, i -> i, token, executor),
        factory.startNewWithState(
            "1",
            s -> {
              return s.length();
            },
            token,
            executor,
            DENY_CHILD_ATTACH),
        factory.startNewWithState("1", String::length, token, executor));
  }

  @Test
  void continueWith() throws Exception {
    allGiveOne(
        first.continueWith(t -> t.await()),
        first.continueWith(
            t -> {
              return t.await();
            },
            EXECUTE_SYNCHRONOUSLY),
        first.continueWith(Task::resultNow),
        first.continueWith(Task::await),
        first.continueWith(t -> t.await(), token),
        first.continueWith(
            t -> {
              return t.await();
            },
            token,
            EXECUTE_SYNCHRONOUSLY),
        first.continueWith(Task::await, token),
        first.continueWith(t -> t.await(), executor),
        first.continueWith(
            t -> {
              return t.await();
            },
            executor,
            EXECUTE_SYNCHRONOUSLY),
        first.continueWith(Task::await, executor),
        first.continueWith(t -> t.await(), token, executor),
        first.continueWith(
            t -> {
              return t.await();
            },
            token,
            executor,
            EXECUTE_SYNCHRONOUSLY),
        first.continueWith(Task::await, token, executor));
  }

  @Test
  void continueWithAction() throws Exception {
    allRun(
        first.continueWithAction(t -> t.join()),
        first.continueWithAction(
            t -> {
              t.join();
            },
            EXECUTE_SYNCHRONOUSLY),
        first.continueWithAction(Task::close),
        first.continueWithAction(Task::join),
        first.continueWithAction(t -> t.join(), token),
        first.continueWithAction(
            t -> {
              t.join();
            },
            token,
            EXECUTE_SYNCHRONOUSLY),
        first.continueWithAction(Task::join, token),
        first.continueWithAction(t -> t.join(), executor),
        first.continueWithAction(
            t -> {
              t.join();
            },
            executor,
            EXECUTE_SYNCHRONOUSLY),
        first.continueWithAction(Task::join, executor),
        first.continueWithAction(t -> t.join(), token, executor),
        first.continueWithAction(
            t -> {
              t.join();
            },
            token,
            executor,
            EXECUTE_SYNCHRONOUSLY),
        first.continueWithAction(Task::join, token, executor));
  }

  @Test
  void continueWithState() throws Exception {
    allGiveOne(
        first.continueWithState(1, (t, i) -> i),
        first.continueWithState(
            "1",
            (t, s) -> {
              return s.length();
            },
            EXECUTE_SYNCHRONOUSLY),
        first.continueWithState(1, UsageTest::second),
        first.continueWithState(1, (t, i) -> i, token),
        first.continueWithState(
            "1",
            (t, s) -> {
              return s.length();
            },
            token,
            EXECUTE_SYNCHRONOUSLY),
        first.continueWithState(1, UsageTest::second, token),
        first.continueWithState(1, (t, i) -> i, executor),
        first.continueWithState(
            "1",
            (t, s) -> {
              return s.length();
            },
            executor,
            EXECUTE_SYNCHRONOUSLY),
        first.continueWithState(1, UsageTest::second, executor),
        first.continueWithState(1, (t, i) -> i, token, executor),
        first.continueWithState(
            "1",
            (t, s) -> {
              return s.length();
            },
            token,
            executor,
            EXECUTE_SYNCHRONOUSLY),
        first.continueWithState(1, UsageTest::second, token, executor));
  }

  @Test
  void continueWhenAll() throws Exception {
    List<Task<Integer>> list = List.of(first);
    Task<Integer>[] array = array(first);
    allGiveOne(
        factory.continueWhenAll(list, all -> all.get(0).await()),
        factory.continueWhenAll(
            list,
            all -> {
              return all.get(0).await();
            },
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAll(list, List::size),
        factory.continueWhenAll(list, all -> all.get(0).await(), token),
        factory.continueWhenAll(
            list,
            all -> {
              return all.size();
            },
            token),
        factory.continueWhenAll(list, List::size, token),
        factory.continueWhenAll(list, all -> all.size(), token, executor),
        factory.continueWhenAll(
            list,
            all -> {
              return all.size();
            },
            token,
            executor,
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAll(list, UsageTest::sizeOf, token, executor),
        factory.continueWhenAll(array, all -> all.get(0).await()),
        factory.continueWhenAll(
            array,
            all -> {
              return all.get(0).await();
            },
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAll(array, List::size),
        factory.continueWhenAll(array, all -> all.size(), token),
        factory.continueWhenAll(
            array,
            all -> {
              return all.size();
            },
            token),
        factory.continueWhenAll(array, List::size, token),
        factory.continueWhenAll(array, all -> all.size(), token, executor),
        factory.continueWhenAll(
            array,
            all -> {
              return all.size();
            },
            token,
            executor,
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAll(array, UsageTest::sizeOf, token, executor));
  }

  @Test
  void continueWhenAllAction() throws Exception {
    List<Task<Integer>> list = List.of(first);
    Task<Integer>[] array = array(first);
    allRun(
        factory.continueWhenAllAction(list, all -> Task.waitAll(all)),
        factory.continueWhenAllAction(
            list,
            all -> {
              Task.waitAll(all);
            },
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAllAction(list, Task::waitAll),
        factory.continueWhenAllAction(list, all -> Task.waitAll(all), token),
        factory.continueWhenAllAction(
            list,
            all -> {
              Task.waitAll(all);
            },
            token),
        factory.continueWhenAllAction(list, Task::waitAll, token),
        factory.continueWhenAllAction(list, all -> Task.waitAll(all), token, executor),
        factory.continueWhenAllAction(
            list,
            all -> {
              Task.waitAll(all);
            },
            token,
            executor,
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAllAction(list, Task::waitAll, token, executor),
        factory.continueWhenAllAction(array, all -> Task.waitAll(all)),
        factory.continueWhenAllAction(
            array,
            all -> {
              Task.waitAll(all);
            },
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAllAction(array, UsageTest::sizeOf),
        factory.continueWhenAllAction(array, all -> Task.waitAll(all), token),
        factory.continueWhenAllAction(
            array,
            all -> {
              Task.waitAll(all);
            },
            token),
        factory.continueWhenAllAction(array, UsageTest::sizeOf, token),
        factory.continueWhenAllAction(array, all -> Task.waitAll(all), token, executor),
        factory.continueWhenAllAction(
            array,
            all -> {
              Task.waitAll(all);
            },
            token,
            executor,
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAllAction(array, UsageTest::sizeOf, token, executor));
  }

  @Test
  void continueWhenAny() throws Exception {
    List<Task<Integer>> list = List.of(first);
    Task<Integer>[] array = array(first);
    allGiveOne(
        factory.continueWhenAny(list, t -> t.await()),
        factory.continueWhenAny(
            list,
            t -> {
              return t.await();
            },
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAny(list, Task::await),
        factory.continueWhenAny(list, t -> t.await(), token),
        factory.continueWhenAny(
            list,
            t -> {
              return t.await();
            },
            token),
        factory.continueWhenAny(list, Task::await, token),
        factory.continueWhenAny(list, t -> t.await(), token, executor),
        factory.continueWhenAny(
            list,
            t -> {
              return t.await();
            },
            token,
            executor,
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAny(list, Task::await, token, executor),
        factory.continueWhenAny(array, t -> t.await()),
        factory.continueWhenAny(
            array,
            t -> {
              return t.await();
            },
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAny(array, Task::await),
        factory.continueWhenAny(array, t -> t.await(), token),
        factory.continueWhenAny(
            array,
            t -> {
              return t.await();
            },
            token),
        factory.continueWhenAny(array, Task::await, token),
        factory.continueWhenAny(array, t -> t.await(), token, executor),
        factory.continueWhenAny(
            array,
            t -> {
              return t.await();
            },
            token,
            executor,
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAny(array, Task::await, token, executor));
  }

  @Test
  void continueWhenAnyAction() throws Exception {
    List<Task<Integer>> list = List.of(first);
    Task<Integer>[] array = array(first);
    allRun(
        factory.continueWhenAnyAction(list, t -> t.join()),
        factory.continueWhenAnyAction(
            list,
            t -> {
              t.join();
            },
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAnyAction(list, Task::join),
        factory.continueWhenAnyAction(list, t -> t.join(), token),
        factory.continueWhenAnyAction(
            list,
            t -> {
              t.join();
            },
            token),
        factory.continueWhenAnyAction(list, Task::join, token),
        factory.continueWhenAnyAction(list, t -> t.join(), token, executor),
        factory.continueWhenAnyAction(
            list,
            t -> {
              t.join();
            },
            token,
            executor,
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAnyAction(list, Task::join, token, executor),
        factory.continueWhenAnyAction(array, t -> t.join()),
        factory.continueWhenAnyAction(
            array,
            t -> {
              t.join();
            },
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAnyAction(array, Task::join),
        factory.continueWhenAnyAction(array, t -> t.join(), token),
        factory.continueWhenAnyAction(
            array,
            t -> {
              t.join();
            },
            token),
        factory.continueWhenAnyAction(array, Task::join, token),
        factory.continueWhenAnyAction(array, t -> t.join(), token, executor),
        factory.continueWhenAnyAction(
            array,
            t -> {
              t.join();
            },
            token,
            executor,
            EXECUTE_SYNCHRONOUSLY),
        factory.continueWhenAnyAction(array, Task::join, token, executor));
  }

  @Test
  void poolAndSchedulerAndHandler() throws Exception {
    CountdownEvent done = new CountdownEvent(9);
    ThreadPool.queueUserWorkItem(() -> done.signal());
    ThreadPool.queueUserWorkItem(
        () -> {
          done.signal();
        });
    ThreadPool.queueUserWorkItem(done::signal);
    ThreadPool.queueUserWorkItem(done, event -> event.signal());
    ThreadPool.queueUserWorkItem(
        done,
        event -> {
          event.signal();
        });
    ThreadPool.queueUserWorkItem(done, CountdownEvent::signal);
    TaskScheduler.defaultScheduler().execute(() -> done.signal());
    TaskScheduler.defaultScheduler()
        .execute(
            () -> {
              done.signal();
            });
    TaskScheduler.defaultScheduler().execute(done::signal);
    done.await();

    TaskScheduler.onUnobservedTaskException(event -> event.setObserved()).close();
    TaskScheduler.onUnobservedTaskException(
            event -> {
              event.setObserved();
            })
        .close();
    TaskScheduler.onUnobservedTaskException(UnobservedTaskExceptionEventArgs::setObserved).close();
  }

  @Test
  void endsOfASourceArePassedAroundAsMethodReferences() throws Exception {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Runnable cancel = source::trySetCanceled;
    first.continueWithAction(t -> source.trySetFromTask(t));

    allGiveOne(source.task());
    cancel.run();
    assertThat(source.task().isCanceled()).isFalse();
  }

  @SafeVarargs
  private static void allGiveOne(Task<Integer>... tasks) throws InterruptedException {
    for (Task<Integer> task : tasks) {
      assertThat(task.await()).isEqualTo(1);
    }
  }

  @SafeVarargs
  private static void allRun(Task<Void>... tasks) throws InterruptedException {
    for (Task<Void> task : tasks) {
      task.await();
    }
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // an array of a generic type
  private static Task<Integer>[] array(Task<Integer> task) {
    return new Task[] {task};
  }

  private static <T> Task<T> started(Task<T> task) {
    task.start();
    return task;
  }

  private static void work() throws IOException {}

  private static int one() {
    return 1;
  }

  private static int overloaded() {
    return 1;
  }

  private static int overloaded(int value) {
    return value;
  }

  private static int second(Task<Integer> task, int state) {
    return state;
  }

  private static int sizeOf(List<?> list) {
    return list.size();
  }

  private static Task<Integer> later() {
    return Task.run(UsageTest::one);
  }
}
