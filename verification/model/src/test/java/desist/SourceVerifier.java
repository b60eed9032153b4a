// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.lincheck.datastructures.verifier.CachedVerifier;

/**
 * Accepts what happened if the steps of all operations can be put into one order, in which each
 * thread's stay as they were and what ended before something else began comes before it, and in
 * which the {@link SourceModel} gives the same answers.
 *
 * <p>Lincheck's own verifiers want each operation to be one step. A cancellation is none: while it
 * runs the one callback, the other can still be unregistered.
 */
public final class SourceVerifier extends CachedVerifier {
  private static final int DEEPEST = 3;

  /** Made by Lincheck. */
  public SourceVerifier(Class<?> specification) {}

  @Override
  public boolean verifyResultsImpl(ExecutionScenario scenario, ExecutionResult results) {
    List<List<Operation>> threads = new ArrayList<>();
    int operations = 0;
    for (int t = 0; t < scenario.getThreads().size(); t++) {
      List<Operation> thread = new ArrayList<>();
      for (int i = 0; i < scenario.getThreads().get(t).size(); i++) {
        ResultWithClock result = results.getThreadsResultsWithClock().get(t).get(i);
        List<Predicate<SourceModel>> steps =
            steps(scenario.getThreads().get(t).get(i), operations++, result.getResult().toString());
        thread.add(new Operation(steps, result.getClockOnStart().getClock()));
      }
      threads.add(thread);
    }
    int[] done = new int[threads.size()];
    return canGoOn(new SourceModel(DEEPEST), threads, done, new int[done.length]);
  }

  /** Tries each thread's next step; {@code done} counts operations, {@code step} those within. */
  private static boolean canGoOn(
      SourceModel model, List<List<Operation>> threads, int[] done, int[] step) {
    boolean finished = true;
    for (int t = 0; t < done.length; t++) {
      if (done[t] == threads.get(t).size()) {
        continue;
      }
      finished = false;
      Operation operation = threads.get(t).get(done[t]);
      SourceModel next = model.copy();
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

  private static List<Predicate<SourceModel>> steps(Actor actor, int operation, String answer) {
    List<Object> arguments = actor.getArguments();
    String name = actor.getMethod().getName();
    boolean ofFirst = arguments.size() == (name.equals("register") ? 1 : 0);
    int source = ofFirst || arguments.isEmpty() ? 0 : (Integer) arguments.get(0);
    return switch (name) {
      case "register" -> List.of(m -> m.register(source, answer));
      case "unregister" -> List.of(m -> m.unregister(answer));
      case "closeRegistration" -> List.of(m -> m.closeRegistration(answer));
      case "isCancellationRequested" -> List.of(m -> m.isCancellationRequested(source, answer));
      case "tryReset" -> List.of(m -> m.tryReset(source, answer));
      case "close" -> List.of(m -> m.close(source));
      case "cancel" -> cancel(source, operation, answer);
      default -> throw new AssertionError(actor);
    };
  }

  private static List<Predicate<SourceModel>> cancel(int source, int operation, String answer) {
    List<Predicate<SourceModel>> steps = new ArrayList<>();
    steps.add(m -> m.request(source, operation, answer));
    String[] words = answer.split(" ");
    for (int i = 1; i < words.length; i++) {
      int id = Integer.parseInt(words[i]);
      steps.add(m -> m.take(source, operation, id));
    }
    steps.add(m -> m.end(source, operation));
    return steps;
  }

  private record Operation(List<Predicate<SourceModel>> steps, int[] clock) {
    boolean mayBegin(int[] done) {
      for (int t = 0; t < clock.length; t++) {
        if (done[t] < clock[t]) {
          return false;
        }
      }
      return true;
    }
  }
}
