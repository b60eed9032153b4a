// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/** Tokens: {@code core/token}. */
final class TokenConformanceTest extends Conformance {
  @Probe("core/token/copies-see-cancel")
  void copiesSeeCancel(Out o) {
    CancellationTokenSource cts = new CancellationTokenSource();
    CancellationToken early = cts.token();
    CancellationToken copy = early;
    cts.cancel();
    o.say("early", early.isCancellationRequested());
    o.say("copy", copy.isCancellationRequested());
    o.say("equal", early == cts.token());
  }
}
