// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import desist.tasks.Task;
import desist.tasks.TaskCanceledException;

/** {@code OperationCanceledException}: core/exception. */
final class ExceptionConformanceTest extends Conformance {

  @Probe("core/exception/oce-constructors")
  void oceConstructors(Out o) throws Exception {
    CancellationToken token = new CancellationTokenSource().token();
    Throwable inner = new FormatException();
    Object[][] all = {
      {"()", new OperationCanceledException()},
      {"(m)", new OperationCanceledException("m")},
      {"(m, inner)", new OperationCanceledException("m", inner)},
      {"(token)", new OperationCanceledException(token)},
      {"(m, token)", new OperationCanceledException("m", token)},
      {"(m, inner, token)", new OperationCanceledException("m", inner, token)}
    };
    for (Object[] each : all) {
      OperationCanceledException e = (OperationCanceledException) each[1];
      String whose =
          e.token() == token ? "given" : e.token() == CancellationToken.none() ? "None" : "other";
      o.say(
          each[0]
              + ": token="
              + whose
              + " message="
              + (e.getMessage().equals("m") ? "given" : "default")
              + " inner="
              + (e.getCause() == inner ? "given" : e.getCause() == null ? "null" : "other"));
    }
  }

  @Probe("core/exception/messages")
  void messages(Out o) {
    o.say("()", new OperationCanceledException().getMessage());
    o.say("(token)", new OperationCanceledException(CancellationToken.canceled()).getMessage());
    o.say("(null)", new OperationCanceledException((String) null).getMessage());
    o.say("task, ()", new TaskCanceledException().getMessage());
    o.say("task, (null)", new TaskCanceledException((String) null).getMessage());
    o.say("task, (task)", new TaskCanceledException(Task.completedTask()).getMessage());
  }

  @Probe("core/exception/oce-holds-token-of-disposed-source")
  void oceHoldsTokenOfDisposedSource(Out o) throws Exception {
    CancellationTokenSource source = new CancellationTokenSource();
    source.cancel();
    OperationCanceledException e = null;
    try {
      source.token().throwIfCancellationRequested();
    } catch (OperationCanceledException thrown) {
      e = thrown;
    }
    source.close();
    o.say("requested", e.token().isCancellationRequested());
  }
}
