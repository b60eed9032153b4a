// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Counts probes, and prints the counts when the run has ended. */
final class Tally implements AutoCloseable {
  private static final AtomicInteger PROBES = new AtomicInteger();
  private static final AtomicInteger AGREEING = new AtomicInteger();
  private static final AtomicInteger DECIDING = new AtomicInteger();
  private static final AtomicInteger MEANINGLESS = new AtomicInteger();

  private Tally() {}

  /** Counts a probe that printed what it must. */
  static void passed(PortedProbe probe) {
    (probe.decides() ? DECIDING : AGREEING).incrementAndGet();
  }

  @Override
  public void close() {
    System.out.printf(
        "Conformance with .NET 10: agreeing %d, deciding %d, meaningless in Java %d, failed %d%n",
        AGREEING.get(),
        DECIDING.get(),
        MEANINGLESS.get(),
        PROBES.get() - AGREEING.get() - DECIDING.get());
  }

  /** Notes the groups that run. */
  static final class Counting implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      context
          .getRoot()
          .getStore(Namespace.create(Tally.class))
          .getOrComputeIfAbsent(Tally.class, key -> new Tally());
      Class<?> group = context.getRequiredTestClass();
      PROBES.addAndGet(PortedProbe.of(group).size());
      MEANINGLESS.addAndGet(group.getAnnotationsByType(Meaningless.class).length);
    }
  }
}
