// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import java.util.List;

/** Semaphores: sync/semaphore. */
final class SemaphoreConformanceTest extends Conformance {
  private static final Duration POLL = Duration.ZERO;

  @Probe("sync/semaphore/release")
  void release(Out o) throws Exception {
    Semaphore semaphore = new Semaphore(1, 3);
    o.attemptValue("Release", () -> semaphore.release());
    o.attemptValue("Release(1)", () -> semaphore.releaseMany(1));
    o.attemptValue("full", () -> semaphore.release());
    o.attemptValue("Release(0)", () -> semaphore.releaseMany(0));
    o.attemptValue("Release(-1)", () -> semaphore.releaseMany(-1));
    o.say(
        "waits",
        List.of(
            semaphore.waitOne(POLL),
            semaphore.waitOne(POLL),
            semaphore.waitOne(POLL),
            semaphore.waitOne(POLL)));
    o.attemptValue("over by many", () -> semaphore.releaseMany(4));
    o.say("unchanged", semaphore.waitOne(POLL));
    semaphore.close();
    o.attemptValue("disposed", () -> semaphore.release());
  }

  /** The index that means "none" is -1, since there may be more than 258 handles. */
  @Probe("sync/semaphore/waitany-takes-one")
  @Differs(
      record = "0015-names-and-overloads.md",
      dotnet = "indexes=[0, 0, 1, 258]",
      ours = "indexes=[0, 0, 1, -1]")
  void waitanyTakesOne(Out o) throws Exception {
    WaitHandle[] handles = {new Semaphore(2, 2), new Semaphore(1, 2)};
    o.say(
        "indexes",
        List.of(
            WaitHandle.waitAny(handles, POLL),
            WaitHandle.waitAny(handles, POLL),
            WaitHandle.waitAny(handles, POLL),
            WaitHandle.waitAny(handles, POLL)));
  }
}
