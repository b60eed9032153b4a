// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static desist.tasks.TaskCreationOptions.ATTACHED_TO_PARENT;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.tasks.Task;
import desist.tasks.TaskFactory;
import desist.tasks.TaskStatus;
import desist.threading.CountdownEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A parent, its two children and their four. All have the same token, to look at in the body and to
 * be canceled by.
 */
public final class FamilyOfTasks {
  private static final int GENERATIONS = 3;
  private static final int MEMBERS = 7;

  private final Map<String, Task<?>> members = new ConcurrentSkipListMap<>();
  private final CountdownEvent atWork = new CountdownEvent(MEMBERS);
  private final CancellationToken token;
  private final TaskFactory factory;

  private FamilyOfTasks(CancellationToken token) {
    this.token = token;
    this.factory = new TaskFactory(token);
  }

  public static void main(String[] args) throws InterruptedException {
    try (var source = new CancellationTokenSource()) {
      FamilyOfTasks family = new FamilyOfTasks(source.token());
      Task<?> parent = family.start("1", GENERATIONS - 1);
      family.atWork.await();
      List<TaskStatus> before = family.statuses();

      source.cancel();
      try {
        parent.await();
      } catch (OperationCanceledException e) {
        System.out.println("the parent's await() throws: " + e.getMessage());
      }
      family.print(before, family.statuses());
    }
  }

  private Task<?> start(String name, int generationsBelow) {
    // snippet: family
    Task<?> task =
        factory.startNewAction( // with the factory's token
            () -> {
              if (generationsBelow > 0) {
                start(name + ".1", generationsBelow - 1);
                start(name + ".2", generationsBelow - 1);
              }
              work(); // looks at the token as well
            },
            ATTACHED_TO_PARENT);
    // end
    members.put(name, task);
    return task;
  }

  private void work() throws InterruptedException {
    atWork.signal();
    token.awaitCancellation();
    token.throwIfCancellationRequested();
  }

  private List<TaskStatus> statuses() {
    List<TaskStatus> statuses = new ArrayList<>();
    members.values().forEach(task -> statuses.add(task.status()));
    return statuses;
  }

  private void print(List<TaskStatus> before, List<TaskStatus> after) {
    System.out.printf("%-8s%-12s%s%n", "task", "before", "at the end");
    int row = 0;
    for (String name : members.keySet()) {
      System.out.printf("%-8s%-12s%s%n", name, before.get(row), after.get(row));
      row++;
    }
  }
}
