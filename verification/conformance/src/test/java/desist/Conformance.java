// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** A group of probes: its methods marked with {@link Probe} are the tests. */
@ExtendWith(Tally.Counting.class)
abstract class Conformance {
  @TestFactory
  Stream<DynamicTest> probes() {
    return PortedProbe.of(getClass()).stream()
        .map(
            probe ->
                DynamicTest.dynamicTest(
                    probe.id(),
                    () -> {
                      probe.check(this);
                      Tally.passed(probe);
                    }));
  }
}
