// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.CLAIMED;
import static desist.CancellationToken.CLOSED;
import static desist.CancellationToken.LINKED;
import static desist.CancellationToken.LOCKED;
import static desist.CancellationToken.RAISED;
import static desist.CancellationToken.REQUESTED;
import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The links of a token with several parents, or deep below its ancestors, and the questions asked
 * of links in general.
 */
final class Links {
  /*
   * Overview
   *
   * What a linked token polls are its ancestors. With one parent at each step that is a walk up the
   * links. A token with several parents keeps an array of its distinct ancestors, made at its first
   * poll, so that a poll reads each once however many ways lead there. A token more than SHALLOW
   * steps below the topmost keeps instead the time, counted in cancellations, at which everything
   * above it was last seen not requested; while that is the present time there is nothing to read.
   *
   * Such a poll may err on one side: an ancestor found requested may be one that a parent's close or
   * reset has since cut off. So what it finds is settled: starting from the top, every token between
   * a requested ancestor and the one that is polled is marked REQUESTED under its lock, unless it is
   * closed or its link cut. That makes an answer of true final, whatever is closed or reset next, and
   * is the moment at which a token takes over a parent's reason. A token that is not requested
   * after all loses the links that are cut, so that it is not asked in vain again.
   *
   * Poll against request: a poll reads a token's state before its links, and reads the state again
   * if the links are gone, as they are dropped only after REQUESTED or CLOSED is set.
   *
   * Poll against time: "now" goes on with each request, while the token that is requested is locked,
   * if a deep token has ever been made. A poll reads "now" first and keeps it only if it saw no
   * token above RAISED or locked. A request that it missed had not locked its token then, and so
   * will make "now" another.
   */

  /** As many steps up cost about as much as the bookkeeping that would save them. */
  private static final int SHALLOW = 32;

  /** Beyond this many ancestors the array is made anew for each poll, to bound what tokens hold. */
  private static final int MOST_KEPT = 4096;

  private static final AtomicLong NOW = new AtomicLong();

  private static volatile boolean isAnyDeep;

  final Link[] all;

  /** The steps up to the topmost ancestor, up to {@link #SHALLOW}. */
  private final int depth;

  /** The distinct ancestors. Written by any thread that polls; all write equivalent arrays. */
  private volatile CancellationToken @Nullable [] ancestors;

  /** When nothing above was requested, if deep. Written by any thread that polls. */
  private volatile long checked = -1;

  private Links(Link[] all, int depth) {
    this.all = all;
    this.depth = depth;
  }

  /** Returns the tokens as a list, having checked that there are some and none is null. */
  static List<CancellationToken> check(CancellationToken... tokens) {
    if (requireNonNull(tokens, "tokens").length == 0) {
      throw new IllegalArgumentException("tokens is empty: []");
    }
    List<CancellationToken> checked = new ArrayList<>(tokens.length);
    for (int i = 0; i < tokens.length; i++) {
      CancellationToken token = tokens[i];
      if (token == null) {
        throw new NullPointerException("tokens[" + i + "]");
      }
      checked.add(token);
    }
    return checked;
  }

  /** Makes a token that is linked to the parent, as far as that matters. */
  static CancellationToken childOf(CancellationToken parent) {
    int s = parent.state;
    if ((s & RAISED) != 0) {
      return bornRequested(parent);
    }
    if ((s & CLOSED) != 0) {
      return new CancellationToken(0);
    }
    CancellationToken child = new CancellationToken(LINKED);
    Link link = Link.between(parent, child);
    child.ext = (s & LINKED) == 0 ? link : of(link);
    return child;
  }

  /** Makes a token that is linked to the parents, as far as they matter. */
  static CancellationToken childOf(Collection<CancellationToken> parents) {
    CancellationToken child = new CancellationToken(LINKED);
    Set<CancellationToken> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Link> made = new ArrayList<>(parents.size());
    for (CancellationToken parent : parents) {
      int s = parent.state;
      if ((s & RAISED) != 0) {
        return bornRequested(parent);
      }
      if ((s & CLOSED) == 0 && distinct.add(parent)) {
        made.add(Link.between(parent, child));
      }
    }
    if (made.isEmpty()) {
      return new CancellationToken(0);
    }
    child.ext = of(made.toArray(new Link[0]));
    return child;
  }

  private static CancellationToken bornRequested(CancellationToken parent) {
    CancellationToken child = new CancellationToken(REQUESTED | RAISED | CLAIMED);
    Throwable reason = Delay.reasonOf(parent);
    if (reason != null) {
      child.extras().reason = reason;
    }
    return child;
  }

  /** Returns what to keep of the links: the link itself where that will do. */
  private static Object of(Link... all) {
    int depth = 0;
    for (Link link : all) {
      depth = Math.max(depth, 1 + depthOf(link.token));
    }
    if (all.length == 1 && depth < SHALLOW) {
      return all[0];
    }
    Links links = new Links(all, Math.min(depth, SHALLOW));
    if (links.isDeep()) {
      isAnyDeep = true;
      links.inheritTime();
    }
    return links;
  }

  private static int depthOf(CancellationToken token) {
    int depth = 0;
    for (CancellationToken t = token; ; depth++) {
      Object links = t.links();
      if (links instanceof Links many) {
        return depth + many.depth;
      }
      if (links == null) {
        return depth;
      }
      t = ((Link) links).token;
    }
  }

  private boolean isDeep() {
    return depth == SHALLOW;
  }

  /** A child is as sure as its parents, if those have not been requested by now. */
  private void inheritTime() {
    long least = Long.MAX_VALUE;
    for (Link link : all) {
      long time = link.token.links() instanceof Links above ? above.checked : -1;
      least = Math.min(least, (link.token.state & (RAISED | LOCKED)) == 0 ? time : -1);
    }
    checked = least;
  }

  /** Called with the lock of a token that is being requested. */
  static void goOn() {
    if (isAnyDeep) {
      NOW.incrementAndGet();
    }
  }

  /** Returns whether cancellation was requested of a linked token, by itself or from above. */
  static boolean isRequested(CancellationToken token) {
    CancellationToken t = token;
    int s;
    do {
      Object ext = t.ext;
      if (ext == null || ext.getClass() != Link.class) {
        return isRequestedFrom(t, token); // but most tokens have a plain link and nothing else
      }
      t = ((Link) ext).token;
      s = t.state;
      if ((s & RAISED) != 0) {
        return settle(token);
      }
    } while ((s & LINKED) != 0);
    return false;
  }

  /** Does so from a token on the way up. */
  private static boolean isRequestedFrom(CancellationToken start, CancellationToken token) {
    CancellationToken t = start;
    int s;
    do {
      Object links = t.links();
      if (links instanceof Link link) {
        t = link.token;
        s = t.state;
        if ((s & RAISED) != 0) {
          return settle(token);
        }
      } else if (links instanceof Links many) {
        return (many.isDeep() ? many.isAnyRaisedAbove() : many.isAnyRaised()) && settle(token);
      } else {
        return (t.state & (t == token ? REQUESTED : RAISED)) != 0 && settle(token);
      }
    } while ((s & LINKED) != 0);
    return false;
  }

  /** Returns the distinct tokens above the given one, other than those cut off. */
  static CancellationToken[] ancestors(CancellationToken token) {
    if (token.links() instanceof Links many) {
      return many.ancestors();
    }
    return find(token);
  }

  /**
   * Drops the links of a token that has nothing to run and will not look at them again, so that it
   * does not keep its ancestors alive.
   */
  static void drop(CancellationToken token) {
    int s = token.lock();
    if ((s & (REQUESTED | CLOSED)) != 0 && token.newest == null) {
      if (token.ext instanceof Extras extras) {
        extras.links = null;
      } else {
        token.ext = null;
      }
      s &= ~LINKED;
    }
    token.state = s;
  }

  /**
   * Returns whether a token above a deep one is requested. On the way up it stops where the time is
   * known to be now, and if it finds nothing it makes it known of all that it has passed.
   */
  private boolean isAnyRaisedAbove() {
    long now = NOW.get();
    if (checked == now) {
      return false;
    }
    int bits = 0;
    Set<Links> passed = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Links> way = new ArrayDeque<>();
    passed.add(this);
    for (Links links = this; links != null; links = way.poll()) {
      for (Link link : links.all) {
        if (link.isCut()) {
          continue;
        }
        CancellationToken parent = link.token;
        int s = parent.state;
        bits |= s;
        if ((s & LINKED) == 0) {
          continue;
        }
        if (parent.links() instanceof Links above && above.isDeep()) {
          if (above.checked != now && passed.add(above)) {
            way.add(above);
          }
        } else {
          bits |= parent.state; // as in isRequested, if the links are gone
          for (CancellationToken ancestor : ancestors(parent)) {
            bits |= ancestor.state;
          }
        }
      }
    }
    if ((bits & (RAISED | LOCKED)) == 0) {
      passed.forEach(links -> links.checked = now);
    }
    return (bits & RAISED) != 0;
  }

  private boolean isAnyRaised() {
    for (CancellationToken ancestor : ancestors()) {
      if ((ancestor.state & RAISED) != 0) {
        return true;
      }
    }
    return false;
  }

  private CancellationToken[] ancestors() {
    CancellationToken[] known = ancestors;
    if (known == null) {
      known = find(all[0].child);
      if (known.length <= MOST_KEPT && !isDeep()) {
        ancestors = known;
      }
    }
    return known;
  }

  /** Looks for the distinct ancestors, nearest first. */
  private static CancellationToken[] find(CancellationToken token) {
    List<CancellationToken> found = new ArrayList<>();
    Set<CancellationToken> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    CancellationToken t = token;
    for (int next = 0; ; t = found.get(next++)) {
      for (Visit visit = new Visit(t); visit.link != null; visit.advance()) {
        if (seen.add(visit.link.token)) {
          found.add(visit.link.token);
        }
      }
      if (next == found.size()) {
        return found.toArray(new CancellationToken[0]);
      }
    }
  }

  /**
   * Marks the token requested if it is so by an ancestor, and whatever lies between.
   *
   * @return whether cancellation was requested of the token
   */
  private static boolean settle(CancellationToken token) {
    return settleAlong(token) || settleAll(token);
  }

  /** Does so if there is one way up, and it is not cut; most tokens are of this kind. */
  private static boolean settleAlong(CancellationToken token) {
    if (token.links() instanceof Link only && (only.token.state & RAISED) != 0 && !only.isCut()) {
      return mark(token, Delay.reasonOf(only.token));
    }
    List<Link> way = new ArrayList<>();
    for (CancellationToken t = token; (t.state & RAISED) == 0; ) {
      if (!(t.links() instanceof Link link) || link.isCut()) {
        return false;
      }
      way.add(link);
      t = link.token;
    }
    for (int i = way.size() - 1; i >= 0; i--) {
      if (!mark(way.get(i).child, Delay.reasonOf(way.get(i).token))) {
        return false;
      }
    }
    return true;
  }

  private static boolean settleAll(CancellationToken token) {
    ArrayDeque<Visit> path = new ArrayDeque<>();
    Set<CancellationToken> live = Collections.newSetFromMap(new IdentityHashMap<>());
    path.push(new Visit(token));
    for (Visit visit; (visit = path.peek()) != null; ) {
      CancellationToken t = visit.token;
      if ((t.state & REQUESTED) != 0) {
        path.pop();
      } else if (visit.link == null) {
        live.add(t);
        prune(t);
        path.pop();
      } else {
        CancellationToken parent = visit.link.token;
        int s = parent.state;
        if ((s & RAISED) != 0) {
          if (!mark(t, Delay.reasonOf(parent))) {
            visit.end();
          }
        } else if ((s & LINKED) != 0 && !live.contains(parent)) {
          path.push(new Visit(parent));
        } else {
          visit.advance();
        }
      }
    }
    return (token.state & REQUESTED) != 0;
  }

  /**
   * Marks a token as requested from above, unless it is closed. If it has nothing to run it drops
   * its links.
   *
   * @return whether it is requested
   */
  private static boolean mark(CancellationToken token, @Nullable Throwable reason) {
    Extras extras = reason == null ? null : token.extras();
    int s = token.lock();
    if ((s & (REQUESTED | CLOSED)) == 0) {
      if (extras != null) {
        extras.reason = reason;
      }
      if (token.newest == null) {
        if (token.ext instanceof Extras present) {
          present.links = null;
        } else {
          token.ext = null;
        }
        s &= ~LINKED;
      }
      s |= REQUESTED | RAISED;
    }
    try {
      token.unlock(s);
    } catch (StackOverflowError e) {
      token.state = s;
    }
    return (s & REQUESTED) != 0;
  }

  /** Forgets links that are cut. */
  private static void prune(CancellationToken token) {
    Object links = token.links();
    if (links instanceof Links many) {
      many.ancestors = null; // to be found anew, without what is cut
    } else if (links instanceof Link link && link.isCut()) {
      int s = token.lock();
      if (token.ext == link) {
        token.ext = null;
        s &= ~LINKED;
      } else if (token.ext instanceof Extras extras && extras.links == link) {
        extras.links = null;
        s &= ~LINKED;
      }
      token.state = s;
    }
  }

  /** A token, and the first of its links that is not cut and not done with. */
  private static final class Visit {
    final CancellationToken token;
    private final @Nullable Object links;
    private int next;
    @Nullable Link link;

    Visit(CancellationToken token) {
      this.token = token;
      this.links = token.links();
      advance();
    }

    void advance() {
      do {
        if (links instanceof Links many) {
          link = next < many.all.length ? many.all[next] : null;
        } else {
          link = next == 0 ? (Link) links : null;
        }
        next++;
      } while (link != null && link.isCut());
    }

    void end() {
      link = null;
    }
  }
}
