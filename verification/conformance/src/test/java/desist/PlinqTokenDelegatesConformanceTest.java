// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.await;
import static desist.PlinqSteps.cancels;
import static desist.PlinqSteps.counting;
import static desist.PlinqSteps.iterable;
import static desist.PlinqSteps.numbers;
import static desist.PlinqSteps.outcomeOf;
import static desist.PlinqSteps.query;
import static desist.PlinqSteps.range;
import static desist.TaskSteps.canceledSource;
import static desist.TaskSteps.end;
import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.ParallelEnumerable;
import desist.tasks.Task;
import desist.tasks.TaskStatus;
import desist.threading.ManualResetEventSlim;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** What delegates do with the token of their query, and with others: plinq/token. */
final class PlinqTokenDelegatesConformanceTest extends Conformance {
  @Probe("plinq/token/delegate-may-wait-on-the-token")
  void delegateMayWaitOnTheToken(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    CountDownLatch inside = new CountDownLatch(2);
    Background canceler =
        Background.go(
            () -> {
              await(inside);
              source.cancel();
            });
    o.say(
        "outcome",
        outcomeOf(
            token,
            () ->
                range(2)
                    .withDegreeOfParallelism(2)
                    .withCancellation(token)
                    .forAll(
                        x -> {
                          inside.countDown();
                          waitWith(token);
                        })));
    canceler.join();
  }

  @Probe("plinq/token/two-tokens-in-delegates")
  void twoTokensInDelegates(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    CyclicBarrier two = new CyclicBarrier(2, source::cancel);
    o.say(
        "own and other",
        outcomeOf(
            token,
            () ->
                range(2)
                    .withDegreeOfParallelism(2)
                    .withCancellation(token)
                    .forAll(
                        x -> {
                          Background.meet(two);
                          throw new OperationCanceledException(
                              x == 0 ? token : CancellationToken.canceled());
                        })));
  }

  @Probe("plinq/token/linked-token-is-another-token")
  void linkedTokenIsAnotherToken(Out o) {
    linked(
        (parent, linked) ->
            o.say(
                "delegate throws for a token linked to the query's",
                outcomeOf(
                    parent.token(),
                    () ->
                        query(1, 2)
                            .withCancellation(parent.token())
                            .forAll(
                                x -> {
                                  parent.cancel();
                                  linked.throwIfCancellationRequested();
                                }))));
    linked(
        (parent, linked) ->
            o.say(
                "query has the linked one, delegate throws for the parent",
                outcomeOf(
                    linked,
                    () ->
                        query(1, 2).withCancellation(linked).forAll(x -> cancelAndThrow(parent)))));
    linked(
        (parent, linked) ->
            o.say(
                "query has the linked one, parent cancelled",
                outcomeOf(
                    linked,
                    () -> query(1, 2).withCancellation(linked).forAll(x -> parent.cancel()))));
  }

  @Probe("plinq/token/subclass-counts")
  void subclassCounts(Out o) {
    cancelsInside(
        o,
        "subclass with the query's token",
        token -> {
          throw new MyCanceled(token);
        });
  }

  @Probe("plinq/token/aggregate-of-own-oces-is-one-oce")
  void aggregateOfOwnOcesIsOneOce(Out o) {
    cancelsInside(
        o,
        "wrapped",
        token -> {
          throw new AggregateException(
              new OperationCanceledException(token), new OperationCanceledException(token));
        });
    cancelsInside(
        o,
        "wrapped with another",
        token -> {
          throw new AggregateException(
              new OperationCanceledException(token), new FormatException());
        });
    cancelsInside(
        o,
        "parallel task wait",
        token -> {
          try {
            Task.runAction(token::throwIfCancellationRequested, token).join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** The inner query has no token: it runs to its end although the outer one is canceled. */
  @Probe("plinq/token/not-passed-to-nested-queries")
  void notPassedToNestedQueries(Out o) {
    AtomicInteger inner = new AtomicInteger();
    cancels(
        o,
        "outcome",
        source ->
            query(1, 1)
                .withCancellation(source.token())
                .selectMany(
                    x -> {
                      source.cancel();
                      return counting(inner, range(100).withDegreeOfParallelism(2)).toList();
                    })
                .toArray());
    o.say("inner elements", inner);
  }

  @Probe("plinq/token/nested-query-with-the-same-token")
  void nestedQueryWithTheSameToken(Out o) {
    cancels(
        o,
        "outcome",
        source ->
            query(2, 2)
                .withCancellation(source.token())
                .select(
                    x -> {
                      source.cancel();
                      return query(8, 2).withCancellation(source.token()).sumInt(y -> y);
                    })
                .toArray());
    CancellationToken own = canceledSource().token();
    cancels(
        o,
        "inner has its own",
        source ->
            query(2, 1)
                .withCancellation(source.token())
                .select(x -> query(8, 2).withCancellation(own).sumInt(y -> y))
                .toArray());
  }

  /** The sides are separate queries: the one without a token runs to its end. */
  @Probe("plinq/token/sequence-equal-cancels-one-side-only")
  void sequenceEqualCancelsOneSideOnly(Out o) {
    AtomicInteger seen = new AtomicInteger();
    cancels(
        o,
        "outcome",
        source ->
            asParallel(iterable(100))
                .withCancellation(source.token())
                .withDegreeOfParallelism(1)
                .select(x -> x)
                .sequenceEqual(
                    range(100)
                        .select(
                            x -> {
                              source.cancel();
                              seen.incrementAndGet();
                              return x;
                            })
                        .orderBy(x -> x)));
    o.say("elements of the side without a token", seen);
  }

  @Probe("plinq/token/inside-a-task")
  void insideATask(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    o.say("query with the task's token", statusWith(source.token(), source));
    CancellationTokenSource another = new CancellationTokenSource();
    o.say("query without it", statusWith(CancellationToken.none(), another));
  }

  /** The token's callbacks run in the call that cancels it, within the delegate. */
  @Probe("plinq/token/callbacks-and-queries")
  void callbacksAndQueries(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    List<String> log = new ArrayList<>();
    token.register(() -> log.add("callback"));
    o.say(
        "outcome",
        outcomeOf(
            token,
            () ->
                query(1, 1)
                    .withCancellation(token)
                    .forAll(
                        x -> {
                          source.cancel();
                          log.add("after Cancel");
                        })));
    o.say("log", log);
  }

  @Probe("plinq/token/docs-example")
  void docsExample(Out o) {
    cancels(
        o,
        "array",
        source ->
            ParallelEnumerable.range(1, 3000)
                .boxed()
                .withDegreeOfParallelism(2)
                .withCancellation(source.token())
                .where(
                    n -> {
                      if (n == 2000) {
                        source.cancel();
                      }
                      return n % 3 == 0;
                    })
                .orderByDescending(n -> n)
                .toArray());
    cancels(
        o,
        "polling delegate",
        source ->
            query(4, 2)
                .withCancellation(source.token())
                .select(
                    n -> {
                      for (int i = 0; i < 100; i++) {
                        if (i == 50) {
                          source.cancel();
                        }
                        source.token().throwIfCancellationRequested();
                      }
                      return n;
                    })
                .toArray());
  }

  /** The delegate that cancels goes on; its result is dropped. */
  @Probe("plinq/token/cancelled-in-a-delegate")
  void canceledInADelegate(Out o) {
    AtomicInteger after = new AtomicInteger();
    AtomicReference<Object> result = new AtomicReference<>("nothing");
    cancels(
        o,
        "outcome",
        source -> {
          result.set(
              query(1, 1)
                  .withCancellation(source.token())
                  .select(
                      x -> {
                        source.cancel();
                        after.incrementAndGet();
                        return x;
                      })
                  .toArray());
          return result;
        });
    o.say("ran on", after);
    o.say("result", result);
  }

  @Probe("plinq/token/two-sources-one-cancels")
  void twoSourcesOneCancels(Out o) {
    cancels(
        o,
        "left",
        source ->
            query(4, 2)
                .withCancellation(source.token())
                .select(cancelingAtZero(source))
                .concat(asParallel(numbers(4)).select(x -> x))
                .toArray());
    cancels(
        o,
        "right",
        source ->
            query(4, 2)
                .withCancellation(source.token())
                .select(x -> x)
                .concat(asParallel(numbers(4)).select(cancelingAtZero(source)))
                .toArray());
  }

  /** Gives the steps a source and a token linked to it. */
  private static void linked(BiConsumer<CancellationTokenSource, CancellationToken> steps) {
    CancellationTokenSource parent = new CancellationTokenSource();
    try (CancellationTokenSource linked =
        CancellationTokenSource.createLinkedTokenSource(parent.token())) {
      steps.accept(parent, linked.token());
    }
  }

  /** Prints how a query of one element ends that cancels its token and then does this. */
  private static void cancelsInside(Out o, String name, Consumer<CancellationToken> action) {
    cancels(
        o,
        name,
        source -> {
          query(1, 2)
              .withCancellation(source.token())
              .forAll(
                  x -> {
                    source.cancel();
                    action.accept(source.token());
                  });
          return 0;
        });
  }

  private static Function<Integer, Integer> cancelingAtZero(CancellationTokenSource source) {
    return x -> {
      if (x == 0) {
        cancelAndThrow(source);
      }
      return x;
    };
  }

  private static void cancelAndThrow(CancellationTokenSource source) {
    source.cancel();
    source.token().throwIfCancellationRequested();
  }

  private static TaskStatus statusWith(
      CancellationToken queryToken, CancellationTokenSource source) {
    return end(Task.runAction(
            () -> query(8, 2).withCancellation(queryToken).forAll(x -> cancelAndThrow(source)),
            source.token()))
        .status();
  }

  /** Waits as long as that token allows. */
  private static void waitWith(CancellationToken token) {
    try {
      new ManualResetEventSlim().await(token);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting with a token", e);
    }
  }
}
