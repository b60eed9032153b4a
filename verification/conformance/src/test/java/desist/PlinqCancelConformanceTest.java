// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.PlinqSteps.cancels;
import static desist.PlinqSteps.query;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a query of 128 elements ends with each operator, when a token or a delegate ends it. */
final class PlinqCancelConformanceTest extends Conformance {
  @Probe("plinq/cancel/*")
  void cancel(Out o, Operator operator) {
    cancels(
        o,
        "cancelled before",
        source -> {
          source.cancel();
          return run(operator, source, s -> {});
        });
    atFirst(o, operator, "cancelled by a delegate", source -> source.cancel());
    atFirst(
        o,
        operator,
        "delegate throws for the query's token, cancelled",
        source -> {
          source.cancel();
          source.token().throwIfCancellationRequested();
        });
    atFirst(
        o,
        operator,
        "delegate throws for the query's token, not cancelled",
        source -> {
          throw new OperationCanceledException(source.token());
        });
    atFirst(
        o,
        operator,
        "delegate throws for another cancelled token",
        source -> {
          throw new OperationCanceledException(CancellationToken.canceled());
        });
    atFirst(
        o,
        operator,
        "delegate throws for no token, cancelled",
        source -> {
          source.cancel();
          throw new OperationCanceledException();
        });
    atFirst(
        o,
        operator,
        "delegate fails",
        source -> {
          throw new FormatException();
        });
  }

  /** Prints how the query ends when its delegate does this at the first element. */
  private static void atFirst(
      Out o, Operator operator, String name, Consumer<CancellationTokenSource> step) {
    cancels(o, name, source -> run(operator, source, step));
  }

  private static @Nullable Object run(
      Operator operator, CancellationTokenSource source, Consumer<CancellationTokenSource> step) {
    return operator.run(
        query(128, operator.workers())
            .withCancellation(source.token())
            .select(
                x -> {
                  if (x == 0) {
                    step.accept(source);
                  }
                  return x;
                }));
  }
}
