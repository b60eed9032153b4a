// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.lincheck.datastructures.verifier.CachedVerifier;

/**
 * Accepts what happened if the steps of all operations can be put into one order in which they give
 * the same answers.
 *
 * <p>An add, or a take, that succeeds has two steps: it comes to hold a slot, and lets go of it. In
 * between the slot is neither free nor full, which others may notice; so these operations are not
 * linearizable, in .NET neither.
 */
public final class SlotsVerifier extends CachedVerifier {
  static final int CAPACITY = 2;

  /** Made by Lincheck. */
  public SlotsVerifier(Class<?> specification) {}

  @Override
  public boolean verifyResultsImpl(ExecutionScenario scenario, ExecutionResult results) {
    List<List<Operation>> threads = new ArrayList<>();
    for (int t = 0; t < scenario.getThreads().size(); t++) {
      List<Operation> thread = new ArrayList<>();
      for (int i = 0; i < scenario.getThreads().get(t).size(); i++) {
        Actor actor = scenario.getThreads().get(t).get(i);
        ResultWithClock result = results.getThreadsResultsWithClock().get(t).get(i);
        List<Predicate<Model>> steps =
            steps(actor.getMethod().getName() + " " + result.getResult());
        thread.add(new Operation(steps, result.getClockOnStart().getClock()));
      }
      threads.add(thread);
    }
    int[] done = new int[threads.size()];
    return canGoOn(new Model(), threads, done, new int[done.length]);
  }

  /** Tries each thread's next step; {@code done} counts operations, {@code step} those within. */
  private static boolean canGoOn(
      Model model, List<List<Operation>> threads, int[] done, int[] step) {
    boolean finished = true;
    for (int t = 0; t < done.length; t++) {
      if (done[t] == threads.get(t).size()) {
        continue;
      }
      finished = false;
      Operation operation = threads.get(t).get(done[t]);
      Model next = model.copy();
      if ((step[t] == 0 && !operation.mayBegin(done)) || !operation.steps.get(step[t]).test(next)) {
        continue;
      }
      int[] nextDone = done.clone();
      int[] nextStep = step.clone();
      nextStep[t]++;
      if (nextStep[t] == operation.steps.size()) {
        nextStep[t] = 0;
        nextDone[t]++;
      }
      if (canGoOn(next, threads, nextDone, nextStep)) {
        return true;
      }
    }
    return finished;
  }

  private static List<Predicate<Model>> steps(String operation) {
    return switch (operation) {
      case "tryAdd added" -> List.of(Model::holdFree, Model::fill);
      case "tryAdd full" -> List.of(model -> !model.isCompleted && model.used == CAPACITY);
      case "tryAdd refused" -> List.of(model -> model.isCompleted);
      case "tryTake taken" -> List.of(Model::holdFull, Model::vacate);
      case "tryTake empty" -> List.of(model -> model.full == 0);
      case "completeAdding void" -> List.of(Model::complete);
      case "isCompleted true" -> List.of(Model::isEnded);
      case "isCompleted false" -> List.of(model -> !model.isEnded());
      default -> {
        int count = Integer.parseInt(operation.substring("count ".length()));
        yield List.of(model -> model.full == count);
      }
    };
  }

  private record Operation(List<Predicate<Model>> steps, int[] clock) {
    boolean mayBegin(int[] done) {
      for (int t = 0; t < clock.length; t++) {
        if (done[t] < clock[t]) {
          return false;
        }
      }
      return true;
    }
  }

  /** What the collection is meant to be. Each step tells whether it can be made. */
  private static final class Model {
    private int used;
    private int full;
    private boolean isCompleted;

    Model copy() {
      Model copy = new Model();
      copy.used = used;
      copy.full = full;
      copy.isCompleted = isCompleted;
      return copy;
    }

    boolean holdFree() {
      return !isCompleted && used++ < CAPACITY;
    }

    boolean fill() {
      full++;
      return true;
    }

    boolean holdFull() {
      return full-- > 0;
    }

    boolean vacate() {
      used--;
      return true;
    }

    boolean complete() {
      isCompleted = true;
      return true;
    }

    boolean isEnded() {
      return isCompleted && used == 0;
    }
  }
}
