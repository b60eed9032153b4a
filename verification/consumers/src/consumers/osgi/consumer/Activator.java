// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package consumer;

import desist.CancellationTokenSource;
import desist.testing.FakeTimeProvider;
import java.time.Duration;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Starts if a delay on a fake clock cancels. */
public final class Activator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    FakeTimeProvider time = new FakeTimeProvider();
    try (CancellationTokenSource source = new CancellationTokenSource(Duration.ofDays(1), time)) {
      time.advance(Duration.ofDays(1));
      if (!source.isCancellationRequested()) {
        throw new IllegalStateException("not canceled");
      }
    }
  }

  @Override
  public void stop(BundleContext context) {}
}
