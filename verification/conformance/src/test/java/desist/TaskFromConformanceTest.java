// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.TaskSteps.awaited;
import static desist.TaskSteps.canceled;
import static desist.TaskSteps.faulted;
import static desist.TaskSteps.look;
import static desist.TaskSteps.options;
import static desist.TaskSteps.status;
import static desist.TaskSteps.tokenOf;

import desist.tasks.Task;
import desist.tasks.TaskCanceledException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/** Ready-made tasks: tasks/from. */
final class TaskFromConformanceTest extends Conformance {
  private static final String READY_MADE = "0030-ready-made-tasks.md";

  @Probe("tasks/from/canceled")
  void fromCanceled(Out o) {
    CancellationTokenSource source = new CancellationTokenSource();
    o.attemptValue("not canceled", () -> Task.fromCanceled(source.token()));
    o.attemptValue("none", () -> Task.fromCanceled(CancellationToken.none()));
    source.cancel();
    Task<Integer> task = Task.fromCanceled(source.token());
    o.say(look(task));
    o.say("token", tokenOf(task) == source.token());
    o.say("await", awaited(task));
  }

  @Probe("tasks/from/exception")
  void fromException(Out o) {
    o.attemptValue("null", () -> Task.fromException(null));
    o.say(look(Task.fromException(new Boom("x"))));
    o.say(look(Task.fromException(new TaskCanceledException())));
    o.say(look(Task.fromException(new AggregateException(new Boom("x")))));
  }

  @Probe("tasks/from/completed")
  void completed(Out o) {
    o.say(look(Task.completedTask()));
    o.say("same", Task.completedTask() == Task.completedTask());
    Task.completedTask().close();
    o.attemptValue(
        "after dispose", () -> Task.completedTask().asyncWaitHandle().waitOne(Duration.ZERO));
  }

  /** Java's values have no defaults; the steps take what is nearest. */
  @Probe("tasks/from/shared")
  @Differs(
      record = READY_MADE,
      dotnet = {"true=true", "false=true"},
      ours = {"true=false", "false=false"})
  @Differs(
      record = READY_MADE,
      dotnet = {"-1=true", "8=true"},
      ours = {"-1=false", "8=false"})
  @Differs(record = READY_MADE, dotnet = "null=true", ours = "null=false")
  @Differs(record = READY_MADE, dotnet = "0L=true", ours = "0L=false")
  @Differs(
      record = READY_MADE,
      dotnet = {"0.0=true", "default date=true", "default guid=true", "0m=true"},
      ours = {"0.0=false", "default date=false", "default guid=false", "0m=false"})
  @Differs(
      record = READY_MADE,
      dotnet = "nothing of a nullable=true",
      ours = "nothing of a nullable=false")
  void shared(Out o) {
    o.say("true", sameTwice(true));
    o.say("false", sameTwice(false));
    o.say("-2", sameTwice(-2));
    o.say("-1", sameTwice(-1));
    o.say("8", sameTwice(8));
    o.say("9", sameTwice(9));
    o.say("null", sameTwice(null));
    o.say("empty string", sameTwice(""));
    o.say("0L", sameTwice(0L));
    o.say("1L", sameTwice(1L));
    o.say("0.0", sameTwice(0.0));
    o.say("default date", sameTwice(LocalDateTime.MIN));
    o.say("default guid", sameTwice(new UUID(0, 0)));
    o.say("0m", sameTwice(BigDecimal.ZERO));
    o.say("three longs of 0", sameTwice(List.of(0L, 0L, 0L)));
    o.say("default pair", sameTwice(Map.entry(0, "")));
    o.say("nothing of a nullable", sameTwice(OptionalInt.empty()));
    o.say("canceled", canceled() == canceled());
  }

  @Probe("tasks/from/options")
  void creationOptions(Out o) {
    for (Task<?> task :
        List.of(Task.fromResult("x"), canceled(), faulted("x"), Task.completedTask())) {
      o.say(status(task) + " " + options(task.creationOptions()) + " state", task.asyncState());
      o.attempt("start", task::start);
    }
  }

  private static boolean sameTwice(Object value) {
    return Task.fromResult(value) == Task.fromResult(value);
  }
}
