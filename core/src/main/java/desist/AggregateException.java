// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Several failures as one: what callbacks threw, of which none kept the others from running.
 *
 * <p>The first inner exception is also the cause, and the others are also suppressed, so that a
 * stack trace shows them all. Exceptions of this type may be nested to any depth, also with others
 * in between: nothing here is recursive. What is the JDK's remains so: serialization, and the stack
 * trace of an exception of another type of which such a one is the cause.
 *
 * @dotnet AggregateException
 * @since 1.0
 */
@SuppressWarnings("this-escape") // to addSuppressed, which is final
public class AggregateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String MESSAGE = "One or more errors occurred.";

  /** What comes before the inner messages. */
  private final String text;

  /** The inner exceptions. */
  private final Throwable[] inner;

  /**
   * Makes an exception without inner exceptions.
   *
   * @dotnet new AggregateException()
   * @since 1.0
   */
  public AggregateException() {
    this(MESSAGE, new Throwable[0], "innerExceptions");
  }

  /**
   * Makes an exception without inner exceptions.
   *
   * @param message the text; null means the default one
   * @dotnet new AggregateException(string)
   * @since 1.0
   */
  public AggregateException(@Nullable String message) {
    this(message, new Throwable[0], "innerExceptions");
  }

  /**
   * Makes an exception with one inner exception.
   *
   * @param message the text that comes before the inner message; null means the default one
   * @param innerException the inner exception
   * @throws NullPointerException if {@code innerException} is null
   * @dotnet new AggregateException(string, Exception)
   * @since 1.0
   */
  public AggregateException(@Nullable String message, Throwable innerException) {
    this(
        message,
        new Throwable[] {requireNonNull(innerException, "innerException")},
        "innerException");
  }

  /**
   * Makes an exception with the default text.
   *
   * @param innerExceptions the inner exceptions; may be empty
   * @throws NullPointerException if {@code innerExceptions} or one of them is null
   * @dotnet new AggregateException(params Exception[])
   * @since 1.0
   */
  public AggregateException(Throwable... innerExceptions) {
    this(MESSAGE, innerExceptions);
  }

  /**
   * Makes an exception with the default text.
   *
   * @param innerExceptions the inner exceptions; may be empty
   * @throws NullPointerException if {@code innerExceptions} or one of them is null
   * @dotnet new AggregateException(IEnumerable&lt;Exception&gt;)
   * @since 1.0
   */
  public AggregateException(Collection<? extends Throwable> innerExceptions) {
    this(MESSAGE, innerExceptions);
  }

  /**
   * Makes an exception.
   *
   * @param message the text that comes before the inner messages; null means the default one
   * @param innerExceptions the inner exceptions; may be empty
   * @throws NullPointerException if {@code innerExceptions} or one of them is null
   * @dotnet new AggregateException(string, params Exception[])
   * @since 1.0
   */
  public AggregateException(@Nullable String message, Throwable... innerExceptions) {
    this(message, requireNonNull(innerExceptions, "innerExceptions").clone(), "innerExceptions");
  }

  /**
   * Makes an exception.
   *
   * @param message the text that comes before the inner messages; null means the default one
   * @param innerExceptions the inner exceptions; may be empty
   * @throws NullPointerException if {@code innerExceptions} or one of them is null
   * @dotnet new AggregateException(string, IEnumerable&lt;Exception&gt;)
   * @since 1.0
   */
  public AggregateException(
      @Nullable String message, Collection<? extends Throwable> innerExceptions) {
    this(
        message,
        requireNonNull(innerExceptions, "innerExceptions").toArray(new Throwable[0]),
        "innerExceptions");
  }

  private AggregateException(@Nullable String message, Throwable[] own, String name) {
    super(message == null ? MESSAGE : message, check(own, name));
    text = message == null ? MESSAGE : message;
    inner = own;
    for (int i = 1; i < own.length; i++) {
      addSuppressed(own[i]);
    }
  }

  /**
   * Returns the inner exceptions.
   *
   * @return an unmodifiable list of them, in the order given
   * @dotnet AggregateException.InnerExceptions
   * @since 1.0
   */
  public List<Throwable> innerExceptions() {
    return List.of(inner);
  }

  /**
   * Returns an exception that holds what is in this one and in all aggregates nested in it.
   *
   * <p>The new one has this one's text, or the whole message of one of a derived type, which may
   * have made it in a way of its own.
   *
   * @return a new exception without an aggregate inside: first what is directly in this one, then
   *     what is in those nested in it, and so on level by level
   * @dotnet AggregateException.Flatten()
   * @since 1.0
   */
  public AggregateException flatten() {
    List<Throwable> flat = new ArrayList<>();
    Deque<AggregateException> nested = new ArrayDeque<>();
    for (AggregateException next = this; next != null; next = nested.poll()) {
      for (Throwable each : next.inner) {
        if (each instanceof AggregateException aggregate) {
          nested.add(aggregate);
        } else {
          flat.add(each);
        }
      }
    }
    boolean isDerived = getClass() != AggregateException.class;
    return new AggregateException(isDerived ? getMessage() : text, flat);
  }

  /**
   * Asks of each inner exception whether it has been dealt with, and throws the others.
   *
   * <p>An aggregate nested in this one is asked about as one. What the predicate throws leaves this
   * method at once.
   *
   * @param predicate tells whether an exception has been dealt with
   * @throws AggregateException if any has not been: a new one, with this one's message as its text
   * @throws NullPointerException if {@code predicate} is null
   * @dotnet AggregateException.Handle(Func&lt;Exception, bool&gt;)
   * @since 1.0
   */
  public void handle(Predicate<? super Throwable> predicate) {
    requireNonNull(predicate, "predicate");
    List<Throwable> left = new ArrayList<>();
    for (Throwable each : inner) {
      if (!predicate.test(each)) {
        left.add(each);
      }
    }
    if (!left.isEmpty()) {
      throw new AggregateException(getMessage(), left);
    }
  }

  /**
   * Returns the one exception that is at the bottom of this one, if there is one.
   *
   * @return the first that is reached through aggregates with exactly one inner exception and is
   *     not such an aggregate itself
   * @dotnet AggregateException.GetBaseException()
   * @since 1.0
   */
  public Throwable getBaseException() {
    Throwable base = this;
    while (base instanceof AggregateException aggregate && aggregate.inner.length == 1) {
      base = aggregate.inner[0];
    }
    return base;
  }

  /**
   * Returns the text, followed by the message of each inner exception in parentheses; or its class,
   * if it has no message.
   *
   * @return the message
   * @dotnet AggregateException.Message
   * @since 1.0
   */
  @Override
  public String getMessage() {
    StringBuilder message = new StringBuilder(text);
    Deque<Position> open = new ArrayDeque<>();
    open.push(new Position(inner));
    while (!open.isEmpty()) {
      Throwable next = open.peek().next();
      if (next == null) {
        open.pop();
        message.append(open.isEmpty() ? "" : ")");
      } else if (next instanceof AggregateException aggregate) {
        message.append(" (").append(aggregate.text);
        open.push(new Position(aggregate.inner));
      } else {
        String own = next.getMessage();
        message.append(" (").append(own == null ? next.getClass().getName() : own).append(')');
      }
    }
    return message.toString();
  }

  /**
   * Prints the stack traces of all that is in this one; nested aggregates by their text alone.
   *
   * @dotnet AggregateException.ToString()
   * @since 1.0
   */
  @Override
  public void printStackTrace(PrintStream stream) {
    synchronized (stream) {
      new StackTracePrinter(stream::println).print(this);
    }
  }

  /**
   * Prints the stack traces of all that is in this one; nested aggregates by their text alone.
   *
   * @dotnet AggregateException.ToString()
   * @since 1.0
   */
  @Override
  public void printStackTrace(PrintWriter writer) {
    synchronized (writer) {
      new StackTracePrinter(writer::println).print(this);
    }
  }

  /** What a stack trace says of an aggregate whose inner exceptions it goes on to show. */
  String headline() {
    return getClass().getName() + ": " + text;
  }

  private static @Nullable Throwable check(Throwable[] own, String name) {
    for (int i = 0; i < own.length; i++) {
      requireNonNull(own[i], name + "[" + i + "]");
    }
    return own.length == 0 ? null : own[0];
  }

  /** A place in an aggregate whose message is being put together. */
  private static final class Position {
    private final Throwable[] inner;
    private int seen;

    Position(Throwable[] inner) {
      this.inner = inner;
    }

    @Nullable Throwable next() {
      return seen < inner.length ? inner[seen++] : null;
    }
  }
}
