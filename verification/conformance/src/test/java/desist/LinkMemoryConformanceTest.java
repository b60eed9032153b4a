// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.lang.ref.Reference;
import java.util.concurrent.Callable;

/**
 * What a parent holds of its linked tokens: core/memory.
 *
 * <p>Nothing, unless they have something to do. So the probes whose children do nothing decide, or
 * agree at once; where an end is to release a child, children with a callback show that it does.
 */
final class LinkMemoryConformanceTest extends Conformance {
  private static final String SAFE_LINKS = "0004-gc-safe-links.md";

  private static CancellationToken linked(CancellationToken... parents) {
    return CancellationTokenSource.createLinkedTokenSource(parents).token();
  }

  private static CancellationToken busy(CancellationToken token) {
    token.register(() -> {});
    return token;
  }

  @Probe("core/memory/linked-child-born-cancelled-is-held-by-the-others")
  @Differs(
      record = SAFE_LINKS,
      dotnet = {"of two=held", "of three=held"},
      ours = {"of two=released", "of three=released", "with a callback=released"})
  void bornCancelledIsHeldByTheOthers(Out o) throws Exception {
    CancellationTokenSource parent = new CancellationTokenSource();
    CancellationToken done = CancellationToken.canceled();
    o.say("of two", Fate.of(() -> linked(done, parent.token()), () -> {}));
    o.say("of three", Fate.of(() -> linked(done, done, parent.token()), () -> {}));
    o.say("with a callback", Fate.of(() -> busy(linked(done, parent.token())), () -> {}));
    Reference.reachabilityFence(parent);
  }

  @Probe("core/memory/linked-child-cancelled-by-one-parent-is-held-by-the-other")
  @Differs(
      record = SAFE_LINKS,
      dotnet = "held",
      ours = {"with a callback, before=held", "with a callback=released", "of two=released"})
  void cancelledByOneParentIsHeldByTheOther(Out o) throws Exception {
    CancellationTokenSource parent = new CancellationTokenSource();
    CancellationTokenSource other = new CancellationTokenSource();
    Callable<CancellationToken> make = () -> busy(linked(parent.token(), other.token()));
    o.say("with a callback, before", Fate.of(make, () -> {}));
    o.say("with a callback", Fate.of(make, parent::cancel));
    o.say("of two", Fate.of(() -> linked(parent.token(), other.token()), () -> {}));
    Reference.reachabilityFence(parent);
    Reference.reachabilityFence(other);
  }

  @Probe("core/memory/linked-child-released-by-parents-cancel")
  void releasedByParentsCancel(Out o) throws Exception {
    CancellationTokenSource parent = new CancellationTokenSource();
    o.say(fate(parent, parent::cancel));
  }

  @Probe("core/memory/linked-child-released-by-parents-dispose")
  void releasedByParentsDispose(Out o) throws Exception {
    CancellationTokenSource parent = new CancellationTokenSource();
    o.say(fate(parent, parent::close));
  }

  @Probe("core/memory/linked-child-released-by-parents-reset")
  void releasedByParentsReset(Out o) throws Exception {
    CancellationTokenSource parent = new CancellationTokenSource();
    o.say(fate(parent, parent::tryReset));
  }

  /** The fate of children: "released" only if those with a callback are held until the end. */
  private static String fate(CancellationTokenSource parent, Body end) {
    CancellationToken token = parent.token();
    String before = Fate.of(() -> busy(linked(token)), () -> {});
    String after = Fate.of(() -> busy(linked(token)), end);
    Reference.reachabilityFence(parent);
    Reference.reachabilityFence(token);
    return before.equals("held") ? after : "before the end: " + before;
  }
}
