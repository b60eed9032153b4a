// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Operator.ELEMENT_AT_OR_DEFAULT;
import static desist.Operator.FIRST_OR_DEFAULT;
import static desist.Operator.LAST_OR_DEFAULT;
import static desist.Operator.SINGLE_OR_DEFAULT;
import static desist.PlinqSteps.ordered;
import static desist.linq.ParallelExecutionMode.FORCE_PARALLELISM;

/** What each operator of an ordered query gives: plinq/result. */
final class PlinqResultConformanceTest extends Conformance {
  private static final String NUMBERS = "0042-numbers-of-queries.md";

  /** The filtered query has gaps in its indices: 0 1 2 3 5 6 7 8 10 11. */
  @Probe("plinq/result/*")
  @Differs(
      record = NUMBERS,
      of = {ELEMENT_AT_OR_DEFAULT, FIRST_OR_DEFAULT, LAST_OR_DEFAULT, SINGLE_OR_DEFAULT},
      dotnet = {"array=0", "filtered=0", "empty=0"},
      ours = {"array=null", "filtered=null", "empty=null"})
  void result(Out o, Operator operator) {
    o.attemptValue("array", () -> operator.run(ordered(12)));
    o.attemptValue(
        "filtered",
        () ->
            operator.run(ordered(12).withExecutionMode(FORCE_PARALLELISM).where(x -> x % 5 != 4)));
    o.attemptValue("empty", () -> operator.run(ordered(0)));
  }
}
