// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import desist.OperationCanceledException;
import desist.TimeProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A body that runs on its thread until it has stopped, and what is done meanwhile. */
final class EscalatedCall extends LadderOperation {
  private final Escalation escalation;
  private final CancellationToken token;
  private final Thread thread = Thread.currentThread();
  private final Interrupt interrupt = new Interrupt(thread);

  // Written by the steps, of which none runs beside another of the same kind.
  private long since;
  private int reports;
  private volatile boolean isAborted;

  EscalatedCall(Escalation escalation, CancellationToken token) {
    this.escalation = escalation;
    this.token = token;
  }

  /**
   * Ends the operation, and takes back what is not noticed. Called once.
   *
   * @param thrown how the body has ended; null means by a result
   * @return whether it has ended so because of what was done to stop it
   */
  boolean settle(@Nullable Throwable thrown) {
    end();
    return interrupt.settle(thrown) || (isAborted && isDueToAbort(thrown));
  }

  @Override
  TimeProvider timeProvider() {
    return escalation.timeProvider();
  }

  @Override
  List<Step> steps() {
    since = timeProvider().timestamp();
    return escalation.steps(this);
  }

  void interrupt() {
    interrupt.stop();
  }

  void abort(AutoCloseable resource) throws Exception {
    isAborted = true;
    resource.close();
  }

  EscalationReport report() {
    return new EscalationReport(
        thread, token, timeProvider().elapsed(since), ++reports, List.of(thread.getStackTrace()));
  }

  /**
   * Anything may come of it that a resource is closed while it is used; but an Error does not, nor
   * what others have stopped.
   */
  private static boolean isDueToAbort(@Nullable Throwable thrown) {
    return thrown instanceof Exception
        && !(thrown instanceof InterruptedException)
        && !(thrown instanceof OperationCanceledException);
  }
}
