// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import desist.AggregateException;
import desist.CancellationTokenSource;
import desist.tasks.TaskCanceledException;
import desist.testing.CancellationExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CancellationExtension.class)
final class InstrumentTasksTest {
  private static final Duration LONG = Duration.ofDays(1);

  private final List<IntSupplier> instruments = new ArrayList<>();

  @Test
  void meanIsThatOfAllReadings(CancellationTokenSource source) throws Exception {
    for (int i = 1; i <= 11; i++) {
      int reading = i;
      instruments.add(() -> reading);
    }

    assertThat(InstrumentTasks.mean(instruments, Duration.ZERO, source)).isEqualTo(6);
  }

  @Test
  void readingOfZeroCancelsAllAndTheMeanThrows(CancellationTokenSource source) {
    AtomicInteger readings = new AtomicInteger();
    for (int i = 1; i <= 11; i++) {
      int reading = i % 11;
      instruments.add(
          () -> {
            readings.incrementAndGet();
            return reading;
          });
    }

    AggregateException thrown =
        catchThrowableOfType(
            AggregateException.class, () -> InstrumentTasks.mean(instruments, LONG, source));

    assertThat(thrown.innerExceptions())
        .singleElement()
        .isInstanceOf(TaskCanceledException.class)
        .extracting(Throwable::getCause)
        .isSameAs(source.token().reason());
    assertThat(source.token().reason()).hasMessage("a reading of zero");
    assertThat(readings).hasValueLessThanOrEqualTo(11);
  }

  @Test
  void programShowsBothEnds() throws Exception {
    assertThat(Program.output(InstrumentTasks::main, "").lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("computing the mean"),
            line -> assertThat(line).matches("the mean is \\d+[.,]\\d"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "unable to compute the mean: A task was canceled. Because: "
                            + "java.lang.IllegalStateException: a reading of zero"));
  }
}
