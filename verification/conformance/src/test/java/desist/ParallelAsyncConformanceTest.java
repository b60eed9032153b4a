// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.ParallelSteps.canceledToken;
import static desist.ParallelSteps.how;
import static desist.ParallelSteps.lazy;
import static desist.ParallelSteps.one;
import static desist.ParallelSteps.upTo;
import static desist.Steps.comes;
import static desist.Steps.opens;
import static desist.TaskSteps.status;

import desist.tasks.LoopBody;
import desist.tasks.Parallel;
import desist.tasks.ParallelOptions;
import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import desist.tasks.TaskScheduler;
import desist.threading.BlockingCollection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Asynchronous loops: parallel/async. */
@Meaningless(
    id = "parallel/async/source-gets-the-body-token",
    about = Meaningless.About.OUT,
    because = "it is about the token an asynchronous stream is given; there are none here")
final class ParallelAsyncConformanceTest extends Conformance {
  private static final String ASYNC = "0049-asynchronous-loops.md";

  /** How the task has ended: its status, what awaiting it throws, and the exceptions it holds. */
  static String end(CancellationToken token, Task<?> task) {
    String how =
        how(
            token,
            () -> {
              try {
                task.await();
              } catch (CompletionException e) {
                throw (Exception) e.getCause();
              }
            });
    AggregateException exception = task.exception();
    return status(task)
        + " "
        + how
        + (exception == null
            ? ""
            : exception.innerExceptions().stream()
                .map(Out::describe)
                .collect(Collectors.joining(", ", " [", "]")));
  }

  private static String end(Task<?> task) {
    return end(CancellationToken.none(), task);
  }

  @Probe("parallel/async/args-throw-at-once")
  void argumentsThrowAtOnce(Out o) {
    o.attempt("null source", () -> Parallel.forEachAsync(null, (i, own) -> null));
    o.attempt("null body", () -> Parallel.forEachAsync(List.of(1), (LoopBody.Async<Integer>) null));
    o.attempt(
        "null options",
        () -> Parallel.forEachAsync(List.of(1), (ParallelOptions) null, (i, own) -> null));
    o.attempt("null for body", () -> Parallel.forAsync(0, 1, null));
  }

  @Probe("parallel/async/empty")
  void empty(Out o) {
    o.say(
        "for is done at once", Parallel.forAsync(3, 3, (i, own) -> null).isCompletedSuccessfully());
    o.say(end(Parallel.forEachAsync(new ParallelSteps.Source(0, o::say), (i, own) -> null)));
  }

  @Probe("parallel/async/body-token-is-its-own")
  void bodyTokenIsItsOwn(Out o) throws Exception {
    CancellationToken token = new CancellationTokenSource().token();
    Parallel.forAsync(
            0,
            1,
            token,
            (i, own) -> {
              o.say("same", own == token);
              o.say("can be cancelled", own.canBeCanceled());
              return null;
            })
        .join();
    Parallel.forAsync(
            0,
            1,
            (i, own) -> {
              o.say("without a token, can be cancelled", own.canBeCanceled());
              return null;
            })
        .join();
  }

  @Probe("parallel/async/cancel-in-last-body")
  void cancelInLastBody(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    AtomicInteger bodies = new AtomicInteger();
    o.say(
        end(
            token,
            Parallel.forEachAsync(
                List.of(0, 1, 2),
                one(token),
                (i, own) -> {
                  bodies.incrementAndGet();
                  if (i == 2) {
                    source.cancel();
                  }
                  return null;
                })));
    o.say("bodies", bodies);
  }

  @Probe("parallel/async/cancel-loses-exceptions")
  void cancelLosesExceptions(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    o.say(
        end(
            token,
            Parallel.forAsync(
                0,
                10,
                one(token),
                (i, own) -> {
                  source.cancel();
                  throw new FormatException();
                })));
  }

  @Probe("parallel/async/body-throws")
  void bodyThrows(Out o) {
    List<Integer> seen = new ArrayList<>();
    o.say(
        end(
            Parallel.forAsync(
                0,
                10,
                one(),
                (i, own) -> {
                  seen.add(i);
                  if (i == 2) {
                    throw new FormatException();
                  }
                  return null;
                })));
    o.say("seen", seen);
    o.say(
        "later: "
            + end(
                Parallel.forAsync(
                    0,
                    10,
                    one(),
                    (i, own) ->
                        Task.runAction(
                            () -> {
                              throw new FormatException();
                            }))));
  }

  @Probe("parallel/async/returns-before-bodies")
  void returnsBeforeBodies(Out o) {
    CountDownLatch gate = new CountDownLatch(1);
    Task<Void> loop =
        Parallel.forAsync(
            0,
            1,
            (i, own) -> {
              opens(gate);
              return null;
            });
    o.say("done", loop.isCompleted());
    gate.countDown();
    o.say(end(loop));
  }

  @Probe("parallel/async/dop-1-is-in-order")
  void oneAtATimeIsInOrder(Out o) throws Exception {
    List<Integer> seen = new ArrayList<>();
    LoopBody.Async<Integer> body = (i, own) -> Task.runAction(() -> seen.add(i));
    Parallel.forAsync(0, 5, one(), body::run).join();
    Parallel.forEachAsync(
            new ParallelSteps.Source(
                3,
                line -> {
                  if (line.equals("disposed")) {
                    o.say(line);
                  }
                }),
            one(),
            body)
        .join();
    o.say("seen", seen);
  }

  @Probe("parallel/async/default-dop-is-processors")
  void defaultDegreeIsProcessors(Out o) throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger peak = new AtomicInteger();
    int processors = Runtime.getRuntime().availableProcessors();
    Parallel.forAsync(
            0,
            4 * processors,
            (i, own) -> {
              peak.accumulateAndGet(now.incrementAndGet(), Math::max);
              return Task.delay(Duration.ofMillis(20))
                  .continueWithAction(delay -> now.decrementAndGet());
            })
        .join();
    o.say("within", peak.get() <= processors);
  }

  /** The source is an iterator here, so it is not in use while nobody is in its methods. */
  @Probe("parallel/async/source-is-serialized")
  void sourceIsSerialized(Out o) throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger bodies = new AtomicInteger();
    Iterable<Integer> watched =
        lazy(
            200,
            i -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              Thread.yield();
              inside.decrementAndGet();
            });
    Parallel.forEachAsync(
            watched,
            upTo(4),
            (i, own) -> {
              bodies.incrementAndGet();
              return null;
            })
        .join();
    o.say("most inside the source", most);
    o.say("bodies", bodies);
  }

  @Probe("parallel/async/reads-one-at-a-time")
  void readsOneAtATime(Out o) throws Exception {
    List<Integer> ahead = new ArrayList<>();
    AtomicInteger read = new AtomicInteger();
    Parallel.forEachAsync(
            lazy(20, i -> read.set(i + 1)),
            one(),
            (i, own) -> {
              ahead.add(read.get());
              return null;
            })
        .join();
    o.say("read when it arrived", ahead);
  }

  @Probe("parallel/async/order-of-checks")
  @Differs(
      record = ASYNC,
      dotnet = "null async source: ArgumentNullException",
      ours = {})
  void orderOfChecks(Out o) {
    CancellationToken canceled = canceledToken();
    o.attempt(
        "null source, cancelled", () -> Parallel.forEachAsync(null, canceled, (i, own) -> null));
    o.attempt("null body, cancelled", () -> Parallel.forAsync(0, 1, canceled, null));
    o.attempt(
        "null options, for",
        () -> Parallel.forAsync(0, 1, (ParallelOptions) null, (i, own) -> null));
    o.say("backwards: " + end(Parallel.forAsync(5, 4, (i, own) -> null)));
    o.say(
        "backwards, cancelled: "
            + end(canceled, Parallel.forAsync(5, 4, canceled, (i, own) -> null)));
  }

  @Probe("parallel/async/bounds")
  @Differs(
      record = ASYNC,
      dotnet =
          "seen=[2147483645, 2147483646, 253, 254, -9223372036854775808, -9223372036854775807,"
              + " 1180591620717411303424, 1180591620717411303425]",
      ours = "seen=[2147483645, 2147483646, -9223372036854775808, -9223372036854775807]")
  void bounds(Out o) throws Exception {
    List<Long> seen = new ArrayList<>();
    Parallel.forAsync(
            Integer.MAX_VALUE - 2,
            Integer.MAX_VALUE,
            one(),
            (i, own) -> {
              seen.add((long) i);
              return null;
            })
        .join();
    Parallel.forLongAsync(
            Long.MIN_VALUE,
            Long.MIN_VALUE + 2,
            one(),
            (i, own) -> {
              seen.add(i);
              return null;
            })
        .join();
    o.say("seen", seen);
  }

  @Probe("parallel/async/cancel-while-pending")
  void cancelWhilePending(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    CountDownLatch isInside = new CountDownLatch(1);
    TaskCompletionSource<Void> gate = new TaskCompletionSource<>();
    AtomicInteger bodies = new AtomicInteger();
    Task<Void> loop =
        Parallel.forEachAsync(
            lazy(10),
            one(token),
            (i, own) -> {
              bodies.incrementAndGet();
              isInside.countDown();
              return gate.task();
            });
    Background.await(isInside);
    source.cancel();
    o.say("done", loop.join(Duration.ofMillis(200)));
    gate.setResult(null);
    o.say(end(token, loop));
    o.say("bodies", bodies);
  }

  /** The source waits with the token that the loop was given, too. */
  @Probe("parallel/async/cancel-while-reading")
  void cancelWhileReading(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    BlockingCollection<Integer> items = new BlockingCollection<>();
    items.add(1);
    AtomicInteger bodies = new AtomicInteger();
    Task<Void> loop =
        Parallel.forEachAsync(
            () -> new ClosingIterator(items.getConsumingEnumerable(token).iterator(), o),
            one(token),
            (i, own) -> {
              bodies.incrementAndGet();
              return null;
            });
    comes(() -> bodies.get() == 1);
    source.cancel();
    o.say(end(token, loop));
    o.say("bodies", bodies);
  }

  /** Tells when it is closed. */
  private record ClosingIterator(java.util.Iterator<Integer> items, Out o)
      implements java.util.Iterator<Integer>, AutoCloseable {
    @Override
    public boolean hasNext() {
      return items.hasNext();
    }

    @Override
    public Integer next() {
      return items.next();
    }

    @Override
    public void close() {
      o.say("disposed");
    }
  }

  @Probe("parallel/async/null-scheduler")
  void nullScheduler(Out o) throws Exception {
    TaskScheduler scheduler = new ParallelEnvironmentConformanceTest.EachOnAThread(4);
    AtomicReference<TaskScheduler> seen = new AtomicReference<>();
    LoopBody.AsyncOfInt body =
        (i, own) -> {
          seen.set(TaskScheduler.current());
          return null;
        };
    Task.unwrap(
            TaskSteps.callOn(
                scheduler,
                () -> Parallel.forAsync(0, 1, new ParallelOptions().withTaskScheduler(null), body)))
        .join();
    o.say("current", seen.get() == scheduler);
    seen.set(null);
    Task.unwrap(TaskSteps.callOn(scheduler, () -> Parallel.forAsync(0, 1, body))).join();
    o.say("without options", seen.get() == TaskScheduler.defaultScheduler());
  }
}
