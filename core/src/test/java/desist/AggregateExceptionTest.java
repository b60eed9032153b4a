// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What the exceptions of this module tell, at any depth. */
class AggregateExceptionTest {
  private static final int DEEP = 100_000;

  private final Exception a = new Exception("a");
  private final Exception b = new Exception("b");
  private final AggregateException ab = new AggregateException("top", a, b);

  @Test
  void theMessageListsTheInnerMessages() {
    assertThat(ab).hasMessage("top (a) (b)");
    assertThat(new AggregateException(ab, b))
        .hasMessage("One or more errors occurred. (top (a) (b)) (b)");
    assertThat(new AggregateException()).hasMessage("One or more errors occurred.").hasNoCause();
    assertThat(new AggregateException((String) null)).hasMessage("One or more errors occurred.");
  }

  @Test
  void theMessageNamesTheClassOfWhatHasNoMessage() {
    assertThat(new AggregateException("top", new ClassCastException(), new Exception("a")))
        .hasMessage("top (java.lang.ClassCastException) (a)");
  }

  @Test
  void theFirstIsTheCauseAndTheOthersAreSuppressed() {
    assertThat(ab).cause().isSameAs(a);
    assertThat(ab.getSuppressed()).containsExactly(b);
    assertThat(ab.innerExceptions()).containsExactly(a, b).isUnmodifiable();
  }

  @Test
  void flattenGoesLevelByLevel() {
    Exception c = new Exception("c");

    AggregateException flat =
        new AggregateException("text", new AggregateException(ab, new AggregateException()), c)
            .flatten();

    assertThat(flat.innerExceptions()).containsExactly(c, a, b);
    assertThat(flat).hasMessage("text (c) (a) (b)");
  }

  @Test
  void flattenKeepsTheWholeMessageOfDerivedType() {
    AggregateException derived =
        new AggregateException(a) {
          @Override
          public String getMessage() {
            return "mine";
          }
        };

    assertThat(derived.flatten()).isExactlyInstanceOf(AggregateException.class);
    assertThat(derived.flatten()).hasMessage("mine (a)");
  }

  @Test
  void handleThrowsWhatIsLeft() {
    ab.handle(e -> true);
    assertThatThrownBy(() -> ab.handle(e -> e == b)).hasMessage("top (a) (b) (a)").hasCause(a);
    assertThatNullPointerException().isThrownBy(() -> ab.handle(null)).withMessage("predicate");
  }

  @Test
  void nullsAreRefusedByName() {
    List<Exception> withNull = new ArrayList<>(List.of(a));
    withNull.add(null);
    assertThatNullPointerException()
        .isThrownBy(() -> new AggregateException(withNull))
        .withMessage("innerExceptions[1]");
    assertThatNullPointerException()
        .isThrownBy(() -> new AggregateException("m", (Throwable) null))
        .withMessage("innerException");
    assertThatNullPointerException()
        .isThrownBy(() -> new AggregateException((List<Exception>) null))
        .withMessage("innerExceptions");
  }

  @Test
  void aStackTraceShowsAll() {
    String trace = trace(new AggregateException(ab, new IllegalStateException("c", b)));

    assertThat(trace)
        .startsWith("desist.AggregateException: One or more errors occurred. (top (a) (b)) (c)")
        .contains("Caused by: desist.AggregateException: top", "Caused by: java.lang.Exception: a")
        .contains("\tSuppressed: java.lang.IllegalStateException: c")
        .contains("[CIRCULAR REFERENCE: java.lang.Exception: b]");
  }

  @Test
  void nothingOverflowsAtAnyDepth() throws Exception {
    AggregateException deep =
        nest(DEEP, (i, e) -> i % 2 == 0 ? new AggregateException(e) : new AggregateException(b, e));

    assertThat(deep.getMessage()).endsWith(")").hasSizeGreaterThan(DEEP);
    assertThat(deep.toString()).startsWith("desist.AggregateException");
    assertThat(deep.flatten().innerExceptions()).hasSize(DEEP / 2 + 2);
    assertThat(trace(deep)).contains("java.lang.Exception: a");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    deep.printStackTrace(new PrintStream(printed));
    assertThat(printed.size()).isPositive();
  }

  @Test
  void theBaseIsFoundAtAnyDepth() throws Exception {
    AggregateException deep = nest(DEEP, (i, e) -> new AggregateException(e));

    assertThat(deep.getBaseException()).isSameAs(ab);
  }

  @Test
  void nothingOverflowsWithOthersInBetween() throws Exception {
    AggregateException deep =
        nest(
            DEEP / 2,
            (i, e) -> {
              Between between = new Between(i % 2 == 0 ? e : null);
              if (i % 2 != 0) {
                between.addSuppressed(e);
              }
              return new AggregateException(between);
            });

    assertThat(deep).hasMessage("One or more errors occurred. (between)");
    assertThat(trace(deep)).contains("java.lang.Exception: a");
  }

  @Test
  void anOperationCanceledExceptionTellsTokenAndReason() {
    CancellationTokenSource source = new CancellationTokenSource();
    source.cancelBecause(a);

    OperationCanceledException canceled = new OperationCanceledException("text", source.token());

    assertThat(canceled).hasMessage("text").hasCause(a);
    assertThat(canceled.token()).isSameAs(source.token());
    assertThat(new OperationCanceledException((String) null))
        .hasMessage("The operation was canceled.")
        .hasNoCause();
    assertThat(new OperationCanceledException().token()).isSameAs(CancellationToken.none());
  }

  @Test
  void anOperationCanceledExceptionRefusesANullTokenByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> new OperationCanceledException((CancellationToken) null))
        .withMessage("token");
    assertThatNullPointerException()
        .isThrownBy(() -> new OperationCanceledException("text", (CancellationToken) null))
        .withMessage("token");
    assertThatNullPointerException()
        .isThrownBy(() -> new OperationCanceledException("text", null, null))
        .withMessage("token");
  }

  @Test
  void exceptionsCanBeWrittenAndRead() throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    source.cancelBecause(new IllegalStateException("why"));
    AggregateException written =
        new AggregateException(
            new OperationCanceledException(source.token()), new ObjectDisposedException("name"));

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(written);
    }
    AggregateException read =
        (AggregateException)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(read).hasMessage(written.getMessage());
    OperationCanceledException canceled =
        (OperationCanceledException) read.innerExceptions().get(0);
    assertThat(canceled.token()).isSameAs(CancellationToken.none());
    assertThat(canceled).cause().hasMessage("why");
  }

  /** Nests exceptions in one another, on a thread whose stack traces are short. */
  private AggregateException nest(
      int depth, BiFunction<Integer, AggregateException, AggregateException> around)
      throws Exception {
    FutureTask<AggregateException> nesting =
        new FutureTask<>(
            () -> {
              AggregateException deep = ab;
              for (int i = 0; i < depth; i++) {
                deep = around.apply(i, deep);
              }
              return deep;
            });
    new Thread(nesting).start();
    return nesting.get();
  }

  private static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  /** An exception of another type, which has no stack trace of its own to save memory. */
  private static final class Between extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Between(Throwable cause) {
      super("between", cause, true, false);
    }
  }
}
