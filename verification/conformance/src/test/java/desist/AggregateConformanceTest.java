// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Steps.named;

import java.util.ArrayList;
import java.util.List;

/** {@code AggregateException}: core/aggregate. */
final class AggregateConformanceTest extends Conformance {

  @Probe("core/aggregate/list-is-a-copy")
  void listIsACopy(Out o) throws Exception {
    List<Throwable> list = new ArrayList<>(List.of(new FormatException()));
    AggregateException e = new AggregateException(list);
    list.add(new IllegalArgumentException());
    o.say("count", e.innerExceptions().size());
    o.attempt("read only", () -> e.innerExceptions().add(new IllegalArgumentException()));
  }

  @Probe("core/aggregate/handle")
  void handle(Out o) throws Exception {
    AggregateException e =
        new AggregateException(
            new FormatException(), new IllegalArgumentException(), new ClassCastException());
    o.attempt("all handled", () -> e.handle(x -> true));
    o.attempt("some", () -> e.handle(x -> x instanceof IllegalArgumentException));
    o.attempt(
        "predicate throws",
        () ->
            e.handle(
                x -> {
                  throw new UnsupportedOperationException();
                }));
    o.attempt("null", () -> e.handle(null));
    o.attempt("nothing inside", () -> new AggregateException().handle(x -> false));
    o.attempt(
        "nested is one item",
        () -> new AggregateException(e).handle(x -> x instanceof FormatException));
  }

  @Probe("core/aggregate/base-exception")
  void baseException(Out o) throws Exception {
    Throwable leaf = new IllegalStateException("m", new FormatException());
    AggregateException two = new AggregateException(new Exception(), new Exception());
    AggregateException none = new AggregateException();
    o.say(
        "through single aggregates, no further",
        new AggregateException(new AggregateException(leaf)).getBaseException() == leaf);
    o.say("stops at two", new AggregateException(two).getBaseException() == two);
    o.say("stops at none", new AggregateException(none).getBaseException() == none);
    o.say("itself", two.getBaseException() == two);
  }

  @Probe("core/aggregate/message-lists-inner-messages")
  void messageListsInnerMessages(Out o) throws Exception {
    o.say(
        "message",
        new AggregateException("top", new Exception("a"), new Exception("b")).getMessage());
    o.say("no inner", new AggregateException("top").getMessage());
  }

  /** A null within a list is a null as any other, and the list is named. */
  @Probe("core/aggregate/argument-names")
  @Differs(
      record = "0015-names-and-overloads.md",
      dotnet = "ArgumentException ",
      ours = "ArgumentNullException innerExceptions")
  void argumentNames(Out o) throws Exception {
    o.say(named("innerException", () -> new AggregateException("m", (Throwable) null)));
    o.say(named("innerExceptions", () -> new AggregateException((List<Throwable>) null)));
    o.say(named("innerExceptions", () -> new AggregateException((Throwable[]) null)));
    o.say(named("innerExceptions", () -> new AggregateException("m", new Throwable[] {null})));
    o.say(named("predicate", () -> new AggregateException().handle(null)));
  }

  @Probe("core/aggregate/messages")
  void messages(Out o) throws Exception {
    AggregateException e =
        new AggregateException(
            new Exception("a"),
            new AggregateException("in", new Exception("b"), new Exception("c")));
    o.say("nested", e.getMessage());
    o.say("flattened", e.flatten().getMessage());
    o.say("own text is kept by Flatten", new AggregateException("top", e).flatten().getMessage());
    try {
      new AggregateException("top", new Exception("a"), new IllegalArgumentException("b"))
          .handle(x -> x instanceof IllegalArgumentException);
    } catch (AggregateException left) {
      o.say("left by Handle", left.getMessage());
    }
    o.say("()", new AggregateException().getMessage());
  }

  @Probe("core/aggregate/flatten-deep")
  void flattenDeep(Out o) throws Exception {
    AggregateException e =
        new AggregateException(
            new AggregateException(x("1"), new AggregateException(x("2")), x("3")),
            x("4"),
            new AggregateException(new AggregateException(x("5"), x("6")), x("7")),
            x("8"));
    o.say("order", e.flatten().innerExceptions().stream().map(Throwable::getMessage).toList());
    o.say("inner is the first", e.flatten().getCause().getMessage());
  }

  private static Throwable x(String name) {
    return new Exception(name);
  }
}
