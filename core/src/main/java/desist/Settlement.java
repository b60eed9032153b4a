// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.CLOSED;
import static desist.CancellationToken.LINKED;
import static desist.CancellationToken.RAISED;
import static desist.CancellationToken.REQUESTED;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a poll of a linked token does when it has found a requested ancestor: it makes it final. */
final class Settlement {
  /*
   * Overview
   *
   * A poll may err on one side: an ancestor found requested may be one that a parent's close or
   * reset has since cut off. So what it finds is settled: starting from the top, every token between
   * a requested ancestor and the one that is polled is marked REQUESTED under its lock, unless it is
   * closed or its link cut. That makes an answer of true final, whatever is closed or reset next, and
   * is the moment at which a token takes over a parent's reason. A token that is not requested
   * after all loses the links that are cut, so that it is not asked in vain again.
   *
   * A link counts as not cut only if that is so after its parent was seen RAISED: from then on the
   * parent can neither be reset nor cut its links by being closed.
   *
   * Where one way leads up, as for most tokens, it is a list. Elsewhere the search goes depth first,
   * with the path on the heap, and visits no token again that it has found not to be requested.
   */

  private Settlement() {}

  /**
   * Marks the token requested if it is so by an ancestor, and whatever lies between.
   *
   * @return whether cancellation was requested of the token
   */
  static boolean settle(CancellationToken token) {
    return settleAlong(token) || settleAll(token);
  }

  /** Does so if there is one way up, and it is not cut; most tokens are of this kind. */
  private static boolean settleAlong(CancellationToken token) {
    Link nearest = Links.only(token.links());
    if (nearest != null && (nearest.token.state & RAISED) != 0 && !nearest.isCut()) {
      return mark(token, Delay.reasonOf(nearest.token));
    }
    List<Link> way = new ArrayList<>();
    for (CancellationToken t = token; (t.state & RAISED) == 0; ) {
      Link link = Links.only(t.links());
      if (link == null || link.isCut()) {
        return false;
      }
      way.add(link);
      t = link.token;
    }
    for (int i = way.size() - 1; i >= 0; i--) {
      if (way.get(i).isCut() || !mark(way.get(i).child, Delay.reasonOf(way.get(i).token))) {
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
        if ((Links.stateWithoutLinks(t) & REQUESTED) == 0) {
          live.add(t);
          prune(t);
        }
        path.pop();
      } else {
        CancellationToken parent = visit.link.token;
        int s = parent.state;
        if ((s & RAISED) != 0) {
          if (visit.link.isCut()) {
            visit.advance();
          } else if (!mark(t, Delay.reasonOf(parent))) {
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
    if (links instanceof Links several) {
      several.forgetAncestors();
    }
    Link only = Links.only(links);
    if (links != null && only != null && only.isCut()) {
      Links.replace(token, links, null);
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
        link = Links.get(links, next++);
      } while (link != null && link.isCut());
    }

    void end() {
      link = null;
    }
  }
}
