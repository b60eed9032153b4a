// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.tasks.TaskStatus;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The comparison itself: what it prints, what it lets pass and what it does not. */
final class HarnessTest {
  @Test
  void valuesAndExceptionsArePrintedAsDotnetPrintsThem() {
    Out out = new Out();
    out.say("many", Arrays.asList(1, null, true));
    out.say("constant", TaskStatus.RAN_TO_COMPLETION);
    out.say("whole", 3.0);
    out.attempt("fine", () -> {});
    out.attempt(
        "nested",
        () -> {
          throw new IllegalStateException(new AggregateException(new NullPointerException()));
        });
    out.attemptValue("value", () -> "x");
    assertThat(out.lines())
        .containsExactly(
            "many=[1, null, true]",
            "constant=RanToCompletion",
            "whole=3",
            "fine: ok",
            "nested: InvalidOperationException(AggregateException[ArgumentNullException])",
            "value=x");
  }

  @Test
  void exceptionsThatAreOneTypeHereHaveOneName() {
    assertThat(Expected.fold("a: ArgumentOutOfRangeException(DuplicateWaitObjectException)"))
        .isEqualTo("a: ArgumentException(ArgumentException)");
    assertThat(Expected.fold("a: ArgumentNullException")).isEqualTo("a: ArgumentNullException");
  }

  @Test
  void aDifferenceStandsInPlaceOfDotnetsLines() throws Exception {
    assertThat(here("aDifference", "a", "b", "c")).containsExactly("a", "B", "B", "c");
  }

  @Test
  void aDifferenceFromWhatDotnetDoesNotPrintIsRefused() {
    assertThatThrownBy(() -> here("aDifference", "a", "c"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> here("twoDifferences", "c", "b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDifferenceThatIsNoneIsRefused() {
    assertThatThrownBy(() -> here("noDifference", "a", "b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stepsThatTakeAnOperatorAreAProbeForEach() {
    assertThat(probes("differsInOneOperator"))
        .hasSameSizeAs(Operator.values())
        .extracting(PortedProbe::id)
        .contains("plinq/result/aggregate", "plinq/result/as-enumerable");
  }

  @Test
  void aDifferenceOfOneOperatorIsNoneOfTheOthers() {
    assertThat(probes("differsInOneOperator"))
        .filteredOn(PortedProbe::decides)
        .extracting(PortedProbe::operator)
        .containsExactly(Operator.COUNT);
  }

  @Test
  void aProbeThatPrintsOtherLinesFails() {
    assertThatThrownBy(() -> check("printsAnotherLine")).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> check("endsEarly")).isInstanceOf(AssertionError.class);
  }

  @Differs(
      record = "",
      dotnet = "b",
      ours = {"B", "B"})
  void aDifference(Out o) {}

  @Differs(record = "", dotnet = "b", ours = "B")
  @Differs(record = "", dotnet = "c", ours = "C")
  void twoDifferences(Out o) {}

  @Differs(record = "", dotnet = "b", ours = "b")
  void noDifference(Out o) {}

  @Probe("core/dispose/keeps-cancelled-state")
  void printsAnotherLine(Out o) {
    o.say("requested", false);
  }

  @Probe("core/dispose/keeps-cancelled-state")
  void endsEarly(Out o) {
    o.say("requested", true);
    throw new FormatException();
  }

  @Probe("plinq/result/*")
  @Differs(record = "", of = Operator.COUNT, dotnet = "empty=0", ours = "empty=none")
  void differsInOneOperator(Out o, Operator operator) {}

  private static List<String> here(String method, String... dotnet) throws Exception {
    Differs[] differences =
        HarnessTest.class.getDeclaredMethod(method, Out.class).getAnnotationsByType(Differs.class);
    return Expected.here(List.of(dotnet), List.of(differences), method);
  }

  private void check(String method) throws InterruptedException {
    List<PortedProbe> probes = probes(method);
    assertThat(probes).hasSize(1);
    probes.get(0).check(this);
  }

  private static List<PortedProbe> probes(String method) {
    return PortedProbe.of(HarnessTest.class).stream()
        .filter(probe -> probe.steps().getName().equals(method))
        .collect(Collectors.toList());
  }
}
