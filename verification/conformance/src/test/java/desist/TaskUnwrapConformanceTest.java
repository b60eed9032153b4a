// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.TaskSteps.canceledSource;
import static desist.TaskSteps.end;
import static desist.TaskSteps.look;
import static desist.TaskSteps.thrownBy;
import static desist.TaskSteps.tokenOf;

import desist.tasks.Task;
import desist.tasks.TaskCanceledException;
import desist.tasks.TaskCompletionSource;
import java.util.List;

/** {@code unwrap}: tasks/unwrap. */
final class TaskUnwrapConformanceTest extends Conformance {
  @Probe("tasks/unwrap/done")
  void done(Out o) throws Exception {
    Task<Integer> inner = Task.fromResult(5);
    o.say("result", Task.unwrap(Task.fromResult(inner)).result());
    o.say("same as inner", Task.unwrap(Task.fromResult(inner)) == inner);
  }

  @Probe("tasks/unwrap/canceled")
  void canceled(Out o) {
    CancellationTokenSource source = canceledSource();
    Task<Integer> inner = Task.fromCanceled(source.token());
    o.say("inner: " + look(Task.unwrap(Task.fromResult(inner))));
    Task<Task<Integer>> canceled = Task.fromCanceled(source.token());
    Task<Integer> outer = Task.unwrap(canceled);
    o.say("outer: " + look(outer));
    o.say("token", tokenOf(outer) == source.token());
  }

  @Probe("tasks/unwrap/inner-null")
  void innerNull(Out o) {
    Task<Task<Void>> nothing = Task.fromResult(null);
    o.say(look(Task.unwrap(nothing)));
    TaskCompletionSource<Task<Integer>> late = new TaskCompletionSource<>();
    Task<Integer> unwrapped = Task.unwrap(late.task());
    late.setResult(null);
    o.say(look(unwrapped));
    o.say("token can be canceled", tokenOf(unwrapped).canBeCanceled());
  }

  @Probe("tasks/unwrap/outer-fault-with-oce-stays-a-fault")
  void outerFaultWithOceStaysAFault(Out o) {
    Task<Task<Integer>> outer = Task.fromException(new OperationCanceledException());
    o.say(look(Task.unwrap(outer)));
  }

  @Probe("tasks/unwrap/null")
  void nothing(Out o) {
    o.attempt("plain", () -> Task.unwrap((Task<Task<Void>>) null));
    o.attempt("generic", () -> Task.unwrap((Task<Task<Integer>>) null));
  }

  @Probe("tasks/unwrap/faults")
  void faults(Out o) {
    TaskCompletionSource<Integer> inner = new TaskCompletionSource<>();
    TaskCompletionSource<Task<Integer>> outer = new TaskCompletionSource<>();
    Task<Integer> task = Task.unwrap(outer.task());
    outer.setResult(inner.task());
    inner.setException(List.of(new Boom("a"), new IllegalStateException()));
    o.say("inner: " + look(task));
    TaskCompletionSource<Task<Integer>> faulted = new TaskCompletionSource<>();
    Task<Integer> ofFaulted = Task.unwrap(faulted.task());
    faulted.setException(
        List.of(new Boom("a"), new AggregateException(new IllegalStateException())));
    o.say("outer: " + look(ofFaulted));
  }

  @Probe("tasks/unwrap/same-cancellation-object")
  void sameCancellationObject(Out o) throws Exception {
    MyCanceled thrown = new MyCanceled(CancellationToken.none());
    TaskCompletionSource<Task<Void>> outer = new TaskCompletionSource<>();
    Task<Void> task = Task.unwrap(outer.task());
    outer.setResult(
        end(
            Task.runAsync(
                () -> {
                  throw thrown;
                })));
    o.say("await", thrownBy(task) == thrown);
    try {
      task.join();
    } catch (AggregateException e) {
      TaskCanceledException inner = (TaskCanceledException) e.innerExceptions().get(0);
      o.say("task of wait is the proxy", inner.task() == task);
    }
  }
}
