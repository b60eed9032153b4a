// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.LOCKED;
import static desist.CancellationToken.RAISED;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The links of a token so far below the topmost that a poll cannot read all that is above. */
final class DeepLinks extends Links {
  /*
   * Overview
   *
   * In a long chain an array of ancestors for each token would hold the square of its length, and a
   * walk at each poll would take as long as the chain. A token STEPS or more below the topmost
   * keeps instead the time, counted in cancellations, at which everything above it was last seen not
   * requested. While that is the present time there is nothing to read; if it is not, a poll goes up
   * to where it is, and what it has passed on the way then has it too. Such a poll may err as others
   * may (class Links).
   *
   * Poll against time: "now" goes on with each request, while the token that is requested is locked,
   * if a deep token has ever been made. A poll reads "now" first and keeps it only if it saw no
   * token above RAISED or locked. A request that it missed had not locked its token then, and so
   * will make "now" another.
   */

  /** As many steps up cost about as much as the bookkeeping that would save them. */
  static final int STEPS = 32;

  private static final AtomicLong NOW = new AtomicLong();

  private static volatile boolean isAnyMade;

  /** When nothing above was requested. Written by any thread that polls. */
  private volatile long checked;

  private DeepLinks(Link... all) {
    super(STEPS, all);
    checked = timeOf(all);
  }

  static DeepLinks of(Link... all) {
    isAnyMade = true;
    return new DeepLinks(all);
  }

  /** A child is as sure as its parents, if those have not been requested by now. */
  private static long timeOf(Link... all) {
    long least = Long.MAX_VALUE;
    for (Link link : all) {
      long time = link.token.links() instanceof DeepLinks above ? above.checked : -1;
      least = Math.min(least, (link.token.state & (RAISED | LOCKED)) == 0 ? time : -1);
    }
    return least;
  }

  /** Called with the lock of a token that is being requested. */
  static void goOn() {
    if (isAnyMade) {
      NOW.incrementAndGet();
    }
  }

  /**
   * Stops on the way up where the time is known to be now, and if it finds nothing makes it known
   * of all that it has passed.
   */
  @Override
  boolean isAnyRaised() {
    long now = NOW.get();
    int bits = 0;
    DeepLinks links = this;
    while (links.checked != now && links.all.length == 1 && !links.all[0].isCut()) {
      CancellationToken parent = links.all[0].token;
      bits |= parent.state;
      if (!(parent.links() instanceof DeepLinks above)) {
        bits |= bitsAbove(parent);
        break;
      }
      links = above;
    }
    if (links.checked != now && links.all.length > 1) {
      bits |= links.search(now);
    }
    if ((bits & (RAISED | LOCKED)) == 0) {
      for (DeepLinks passed = this; passed != links; ) {
        passed.checked = now;
        passed = passed.all[0].token.links() instanceof DeepLinks above ? above : links;
      }
      links.checked = now;
    }
    return (bits & RAISED) != 0;
  }

  /** Does so where several ways lead up, and visits each token once. */
  private int search(long now) {
    int bits = 0;
    Set<DeepLinks> passed = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<DeepLinks> way = new ArrayDeque<>();
    passed.add(this);
    for (DeepLinks links = this; links != null; links = way.poll()) {
      for (Link link : links.all) {
        if (link.isCut()) {
          continue;
        }
        CancellationToken parent = link.token;
        bits |= parent.state;
        if (!(parent.links() instanceof DeepLinks above)) {
          bits |= bitsAbove(parent);
        } else if (above.checked != now && passed.add(above)) {
          way.add(above);
        }
      }
    }
    if ((bits & (RAISED | LOCKED)) == 0) {
      passed.forEach(links -> links.checked = now);
    }
    return bits;
  }

  /** Returns the states of all that is above a token which is not deep. */
  private static int bitsAbove(CancellationToken token) {
    int bits = 0;
    for (CancellationToken t = token; ; ) {
      Object links = t.links();
      if (links == null) {
        return bits | stateWithoutLinks(t);
      }
      if (!(links instanceof Link link)) {
        return bits | bitsOf(((Links) links).ancestors());
      }
      t = link.token;
      bits |= t.state;
    }
  }

  /** Looks for them anew each time: they are not kept. */
  @Override
  CancellationToken[] ancestors() {
    return find(all[0].child);
  }
}
