// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Plays a race many times in this virtual machine, however few processors there are. Finds less
 * than jcstress, which compiles and schedules in many ways, but begins at once.
 */
final class Rounds {
  private static final int BATCH = 200;

  /** How long a thread waits for the others in each round: longer would cost more than it finds. */
  private static final int SPINS = 300;

  private final Constructor<?> states;
  private final List<Method> actors;
  private final List<Method> arbiters;

  private Rounds(Class<?> race) throws NoSuchMethodException {
    states = race.getConstructor();
    actors = methods(race, method -> method.isAnnotationPresent(Actor.class));
    arbiters = methods(race, method -> method.isAnnotationPresent(Arbiter.class));
  }

  /** Plays the race that is named, for so many seconds or until an outcome is not acceptable. */
  public static void main(String[] arguments) throws Exception {
    Class<?> race = Class.forName(arguments[0]);
    for (int seconds = Integer.parseInt(arguments[1]); seconds > 0; seconds--) {
      SortedMap<String, Integer> outcomes = play(race, 1);
      System.out.println(outcomes);
      if (!forbidden(race, outcomes.keySet()).isEmpty()) {
        System.out.println("[FAILED] " + race.getName());
        System.exit(1);
      }
    }
    System.exit(0);
  }

  /** Returns those of the outcomes that the race does not accept; as jcstress reads them. */
  static List<String> forbidden(Class<?> race, Collection<String> outcomes) {
    List<String> accepted =
        Stream.of(race.getAnnotationsByType(Outcome.class))
            .filter(outcome -> outcome.expect() == Expect.ACCEPTABLE)
            .flatMap(outcome -> Stream.of(outcome.id()))
            .toList();
    return outcomes.stream()
        .filter(seen -> accepted.stream().noneMatch(id -> seen.equals(id) || seen.matches(id)))
        .toList();
  }

  /** Returns how often there was which outcome. */
  static SortedMap<String, Integer> play(Class<?> race, int seconds) throws Exception {
    Rounds rounds = new Rounds(race);
    SortedMap<String, Integer> outcomes = new TreeMap<>();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < end) {
      for (L_Result result : rounds.batch()) {
        outcomes.merge(String.valueOf(result.r1), 1, Integer::sum);
      }
    }
    return outcomes;
  }

  private List<L_Result> batch() throws Exception {
    List<Object> played = new ArrayList<>();
    List<L_Result> results = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      played.add(states.newInstance());
      results.add(new L_Result());
    }
    CyclicBarrier start = new CyclicBarrier(actors.size());
    AtomicInteger arrived = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (Method actor : actors) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                  for (int i = 0; i < BATCH; i++) {
                    arrived.incrementAndGet();
                    int all = actors.size() * (i + 1);
                    for (int spins = SPINS; spins > 0 && arrived.get() < all; spins--) {
                      Thread.onSpinWait();
                    }
                    call(actor, played.get(i), results.get(i));
                  }
                } catch (Throwable e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError(failures.toString(), failures.get(0));
    }
    for (int i = 0; i < BATCH; i++) {
      for (Method arbiter : arbiters) {
        call(arbiter, played.get(i), results.get(i));
      }
    }
    return results;
  }

  private static void call(Method method, Object state, L_Result result) throws Exception {
    if (method.getParameterCount() == 0) {
      method.invoke(state);
    } else {
      method.invoke(state, result);
    }
  }

  private static List<Method> methods(Class<?> race, Predicate<Method> which) {
    return Arrays.stream(race.getMethods()).filter(which).toList();
  }
}
