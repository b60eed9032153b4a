// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.linq.ParallelEnumerable.asParallel;

import desist.linq.Grouping;
import desist.linq.ParallelEnumerable;
import desist.linq.ParallelQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * What the steps of many probes about queries need.
 *
 * <p>Every query names its degree of parallelism, so that no line depends on the machine. A query
 * with one worker runs on the thread that asks for its result, which makes its steps exact.
 */
final class PlinqSteps {
  private PlinqSteps() {}

  /** The numbers from 0, as an array. */
  static Integer[] numbers(int count) {
    return IntStream.range(0, count).boxed().toArray(Integer[]::new);
  }

  /** A query of the numbers from 0 that has no degree yet. */
  static ParallelQuery<Integer> range(int count) {
    return ParallelEnumerable.range(0, count).boxed();
  }

  /** A query of the numbers from 0, which have indices, with four workers. */
  static ParallelQuery<Integer> query(int count) {
    return query(count, 4);
  }

  /** A query of the numbers from 0, which have indices. */
  static ParallelQuery<Integer> query(int count, int workers) {
    return asParallel(numbers(count)).withDegreeOfParallelism(workers);
  }

  /** A query of the numbers from 0 in their order, with four workers. */
  static ParallelQuery<Integer> ordered(int count) {
    return ordered(count, 4);
  }

  /** A query of the numbers from 0 in their order. */
  static ParallelQuery<Integer> ordered(int count, int workers) {
    return asParallel(numbers(count)).asOrdered().withDegreeOfParallelism(workers);
  }

  /** The numbers from 0, of which nothing but an iterator is to be had. */
  static Iterable<Integer> iterable(int count) {
    return () -> IntStream.range(0, count).iterator();
  }

  /** The same elements; how many there are is counted as they are made. */
  static ParallelQuery<Integer> counting(AtomicInteger made, ParallelQuery<Integer> query) {
    return query.select(
        x -> {
          made.incrementAndGet();
          return x;
        });
  }

  /** What a loop over the elements gets. The loop closes a query that it does not finish. */
  static <T> List<T> drain(Iterable<T> elements) {
    List<T> all = new ArrayList<>();
    elements.forEach(all::add);
    return all;
  }

  /** The groups: {@code key:element,element key:element}. */
  static <K, E> String groups(Iterable<Grouping<K, E>> groups) {
    return StreamSupport.stream(groups.spliterator(), false)
        .map(group -> group.key() + ":" + joined(group.toList()))
        .collect(Collectors.joining(" "));
  }

  /** The elements, with commas between them. */
  static String joined(List<?> elements) {
    return elements.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** The result of the body, or how it threw; of a cancellation, whose token it carries. */
  static Object outcome(CancellationToken token, Callable<?> body) {
    try {
      return body.call();
    } catch (OperationCanceledException e) {
      String whose =
          e.token() == token
              ? "query token"
              : e.token() == CancellationToken.none() ? "no token" : "other token";
      return Out.nameOf(e) + "(" + whose + ")";
    } catch (Throwable e) {
      return Out.describe(e);
    }
  }

  /** Runs the body, and says "completed" or how it threw. */
  static Object outcomeOf(CancellationToken token, Body body) {
    return outcome(
        token,
        () -> {
          body.run();
          return "completed";
        });
  }

  /** Runs the body with a source of its own, whose token is the query's, and prints the outcome. */
  static void cancels(Out o, String name, Function<CancellationTokenSource, ?> body) {
    CancellationTokenSource source = new CancellationTokenSource();
    o.say(name, outcome(source.token(), () -> body.apply(source)));
  }
}
