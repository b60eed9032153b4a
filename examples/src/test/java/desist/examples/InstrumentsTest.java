// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import desist.OperationCanceledException;
import desist.examples.Instruments.Instrument;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class InstrumentsTest {
  private static final Duration LONG = Duration.ofDays(1);

  @Test
  void meanIsThatOfAllReadings() throws Exception {
    List<Instrument> instruments =
        IntStream.rangeClosed(1, 11).mapToObj(i -> new Instrument(i, () -> i)).toList();

    assertThat(Instruments.mean(instruments, Duration.ZERO)).isEqualTo(6);
    assertThat(instruments).allMatch(i -> i.readings().size() == 10);
  }

  @Test
  void zeroCancelsTheOthersInTheirPauseAndNoMeanIsComputed() {
    List<Instrument> instruments =
        IntStream.rangeClosed(1, 11).mapToObj(i -> new Instrument(i, () -> i % 11)).toList();

    OperationCanceledException thrown =
        catchThrowableOfType(
            OperationCanceledException.class, () -> Instruments.mean(instruments, LONG));

    assertThat(thrown).hasRootCauseMessage("instrument 11 is broken");
    assertThat(instruments).allMatch(i -> i.readings().size() <= 1);
    assertThat(instruments.get(10).readings()).containsExactly(0);
  }

  @Test
  void failureOfAnInstrumentIsNotCancellation() {
    Instrument failing =
        new Instrument(
            1,
            () -> {
              throw new IllegalStateException("no contact");
            });

    assertThatThrownBy(() -> Instruments.mean(List.of(failing), LONG))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no contact");
  }

  @Test
  void programShowsBothEnds() throws Exception {
    assertThat(Program.output(Instruments::main, ""))
        .containsPattern("mean: [0-9]+[.,][0-9]")
        .containsPattern("instrument +7 +31 +12 +4 +0\\s")
        .contains("no mean: java.lang.IllegalStateException: instrument 7 is broken");
  }
}
