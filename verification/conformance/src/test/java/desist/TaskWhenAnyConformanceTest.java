// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.TaskSteps.canceled;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.hooks;
import static desist.TaskSteps.look;
import static desist.TaskSteps.status;
import static java.util.Collections.singletonList;

import desist.tasks.Task;
import desist.tasks.TaskCompletionSource;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code whenAny}: tasks/whenany. */
final class TaskWhenAnyConformanceTest extends Conformance {
  private static final String NULLS = "0015-names-and-overloads.md";

  @Probe("tasks/whenany/first")
  void first(Out o) throws Exception {
    Task<Void> pending = new TaskCompletionSource<Void>().task();
    Task<Void> canceled = canceled();
    Task<Task<Void>> any = Task.whenAny(pending, canceled, Task.completedTask());
    o.say(look(any));
    o.say("the first one done", any.result() == canceled);
    Task<Void> faulted = faulted("x");
    Task<Task<Void>> other = Task.whenAny(pending, faulted, canceled);
    o.say("faulted: " + look(other));
    o.say("is it", other.result() == faulted);
  }

  @Probe("tasks/whenany/later")
  void later(Out o) throws Exception {
    TaskCompletionSource<Integer> a = new TaskCompletionSource<>();
    TaskCompletionSource<Integer> b = new TaskCompletionSource<>();
    Task<Task<Integer>> any = Task.whenAny(a.task(), b.task());
    o.say("before", any.status());
    b.setCanceled();
    o.say("after", any.status());
    o.say("is b", any.result() == b.task());
    a.setResult(1);
    o.say("still b", any.result() == b.task());
  }

  @Probe("tasks/whenany/arguments")
  @Differs(
      record = NULLS,
      dotnet = "null of three: ArgumentException",
      ours = "null of three: ArgumentNullException")
  void arguments(Out o) {
    Task<Void> done = Task.completedTask();
    o.attempt("null", () -> Task.whenAny((Task<Void>[]) null));
    o.attempt("empty", () -> Task.whenAny());
    o.attempt("null of three", () -> Task.whenAny(done, null, done));
    o.attempt("empty list", () -> Task.whenAny(List.<Task<Void>>of()));
    o.say("one", Task.whenAny(TaskSteps.<Void>canceled()).status());
  }

  @Probe("tasks/whenany/null-of-two")
  void nullOfTwo(Out o) {
    o.attempt("null second", () -> Task.whenAny(Task.completedTask(), null));
    o.attempt(
        "null in an array of two", () -> Task.whenAny(Arrays.asList(Task.completedTask(), null)));
  }

  @Probe("tasks/whenany/no-leak")
  void noLeak(Out o) {
    List<TaskCompletionSource<Integer>> sources =
        Stream.generate(TaskCompletionSource<Integer>::new).limit(4).collect(Collectors.toList());
    List<Task<Integer>> tasks =
        sources.stream().map(TaskCompletionSource::task).collect(Collectors.toList());
    Task<Task<Integer>> four = Task.whenAny(tasks);
    Task<Task<Integer>> two = Task.whenAny(tasks.get(0), tasks.get(1));
    o.say("pending", hooks(tasks));
    sources.get(1).setResult(1);
    o.say("decided", hooks(tasks));
    Task.whenAny(tasks.get(0), Task.fromResult(1), tasks.get(2));
    o.say("decided at the call", hooks(tasks));
    Reference.reachabilityFence(List.of(four, two));
  }

  @Probe("tasks/whenany/one")
  void one(Out o) throws Exception {
    TaskCompletionSource<Integer> source = new TaskCompletionSource<>();
    Task<Task<Integer>> any = Task.whenAny(source.task());
    o.say("pending", any.status());
    source.setCanceled();
    o.say(status(any) + " result is it", any.result() == source.task());
  }

  @Probe("tasks/whenany/null-elements")
  @Differs(
      record = NULLS,
      dotnet = {"one null: ArgumentException", "list of one null: ArgumentException"},
      ours = {"one null: ArgumentNullException", "list of one null: ArgumentNullException"})
  @Differs(
      record = NULLS,
      dotnet = {"list of three: ArgumentException", "sequence of two: ArgumentException"},
      ours = {"list of three: ArgumentNullException", "sequence of two: ArgumentNullException"})
  void nullElements(Out o) {
    Task<Void> done = Task.completedTask();
    o.attempt("one null", () -> Task.whenAny((Task<Void>) null));
    o.attempt("list of one null", () -> Task.whenAny(singletonList((Task<Void>) null)));
    o.attempt("list of two", () -> Task.whenAny(Arrays.asList(done, null)));
    o.attempt("list of three", () -> Task.whenAny(Arrays.asList(done, null, null)));
    o.attempt(
        "sequence of two",
        () -> Task.whenAny(Collections.unmodifiableCollection(Arrays.asList(done, null))));
    o.attempt("null first of two", () -> Task.whenAny(null, done));
    o.attempt("with results, two", () -> Task.whenAny(Task.fromResult(1), null));
    o.attempt("null sequence", () -> Task.whenAny((Collection<Task<Void>>) null));
    o.attempt("sequence that throws", () -> Task.whenAny(TaskSteps.throwingTasks()));
  }
}
