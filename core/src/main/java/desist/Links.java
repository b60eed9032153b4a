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

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The links of a token with several parents, or with ancestors to keep, and the questions asked of
 * links in general.
 */
sealed class Links permits DeepLinks {
  /*
   * Overview
   *
   * What a linked token polls are its ancestors. With one parent at each step that is a walk up the
   * links. A token with several parents keeps an array of its distinct ancestors, made at its first
   * poll, so that a poll reads each once however many ways lead there. So does a token with one
   * parent when something linked to it is polled more than three steps below the topmost: an array is
   * read faster than a chain, and it serves all the children. Further down neither will do (class
   * DeepLinks).
   *
   * Such a poll may err on one side: an ancestor found requested may be one that a parent's close or
   * reset has since cut off. Class Settlement finds that out. An array in which a poll finds a closed
   * token is made anew; until such a poll comes it holds what is above.
   *
   * Poll against request: a poll reads a token's state before its links, and reads the state again
   * if the links are gone. They are dropped under the lock under which REQUESTED or CLOSED is set, if
   * not later, and LINKED goes with them; so a state that is locked and LINKED is read once the lock
   * is free.
   */

  /** Beyond this many ancestors the array is made anew for each poll, to bound what tokens hold. */
  private static final int MOST_KEPT = 4096;

  private static final CancellationToken[] NOTHING_ABOVE = {};

  final Link[] all;

  /** The steps up to the topmost ancestor, up to {@link DeepLinks#STEPS}. */
  private final int depth;

  /** The distinct ancestors. Written by any thread that polls; all write equivalent arrays. */
  private volatile CancellationToken @Nullable [] ancestors;

  Links(int depth, Link... all) {
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

  /** Makes a token that is linked to two parents, as far as they matter. */
  static CancellationToken childOf(CancellationToken parent1, CancellationToken parent2) {
    int s1 = parent1.state;
    int s2 = parent2.state;
    if (parent1 == parent2 || ((s1 | s2) & (RAISED | CLOSED)) != 0) {
      return childOf(List.of(parent1, parent2));
    }
    CancellationToken child = new CancellationToken(LINKED);
    child.ext = of(Link.between(parent1, child), Link.between(parent2, child));
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
    int depth = 1;
    for (Link link : all) {
      depth = Math.max(depth, 1 + depthOf(link.token));
    }
    if (depth >= DeepLinks.STEPS) {
      return DeepLinks.of(all);
    }
    return all.length == 1 ? all[0] : new Links(depth, all);
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

  /** Returns one of the links that a token has (null, a {@link Link} or Links), or null. */
  static @Nullable Link get(@Nullable Object links, int index) {
    if (links instanceof Links several) {
      return index < several.all.length ? several.all[index] : null;
    }
    return index == 0 ? (Link) links : null;
  }

  /** Returns the link of a token that has one alone. */
  static @Nullable Link only(@Nullable Object links) {
    if (links instanceof Links several) {
      return several.all.length == 1 ? several.all[0] : null;
    }
    return (Link) links;
  }

  /**
   * Returns whether cancellation was requested of a linked token, by itself or from above. Three
   * steps up, or one and what is kept there, are looked at here, and all else elsewhere.
   */
  static boolean isRequested(CancellationToken token) {
    Object links = token.ext;
    if (links != null && links.getClass() == Link.class) {
      CancellationToken parent = ((Link) links).token;
      int s = parent.state;
      if ((s & (RAISED | LINKED)) == 0) {
        return false;
      }
      links = (s & RAISED) == 0 ? parent.ext : null;
      if (links != null && links.getClass() == Link.class) {
        CancellationToken second = ((Link) links).token;
        s = second.state;
        if ((s & (RAISED | LINKED)) == 0) {
          return false;
        }
        links = (s & RAISED) == 0 ? second.ext : null;
        if (links != null
            && links.getClass() == Link.class
            && (((Link) links).token.state & (RAISED | LINKED)) == 0) {
          return false;
        }
        return isRequestedAbove(token);
      }
    }
    if (links != null && links.getClass() == Links.class) {
      CancellationToken[] known = ((Links) links).ancestors;
      if (known != null && (bitsOf(known) & (RAISED | CLOSED)) == 0) {
        return false;
      }
    }
    return isRequestedAbove(token);
  }

  private static boolean isRequestedAbove(CancellationToken token) {
    CancellationToken t = token;
    int s = LINKED;
    int steps = 0;
    for (; (s & LINKED) != 0; steps++) {
      Object links = t.links();
      if (links instanceof Link link) {
        t = link.token;
        s = t.state;
        if ((s & RAISED) != 0) {
          return Settlement.settle(token);
        }
      } else if (links instanceof Links several) {
        if (several.isAnyRaised()) {
          return Settlement.settle(token);
        }
        s = 0;
      } else {
        int last = stateWithoutLinks(t);
        return (last & (t == token ? REQUESTED : RAISED)) != 0 && Settlement.settle(token);
      }
    }
    if (steps > 3 && token.links() instanceof Link link) {
      keepAncestors(link.token);
    }
    return false;
  }

  /** Has a token keep its ancestors, for the polls of those that are linked to it. */
  private static void keepAncestors(CancellationToken token) {
    if (token.links() instanceof Link link) {
      Links kept = new Links(1 + depthOf(link.token), link);
      kept.ancestors();
      replace(token, link, kept);
    }
  }

  /** Puts other links, or none, in the place of a token's links, if it still has those. */
  static void replace(CancellationToken token, Object present, @Nullable Object next) {
    int s = token.lock();
    boolean replaced = true;
    if (token.ext == present) {
      token.ext = next;
    } else if (token.ext instanceof Extras extras && extras.links == present) {
      extras.links = next;
    } else {
      replaced = false;
    }
    token.state = replaced && next == null ? s & ~LINKED : s;
  }

  /** Returns the distinct tokens above the given one, other than those cut off. */
  static CancellationToken[] ancestors(CancellationToken token) {
    Object links = token.links();
    if (links instanceof Links many) {
      return many.ancestors();
    } else if (links == null) {
      stateWithoutLinks(token); // as in "find"
      return NOTHING_ABOVE;
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

  /** Returns whether a token above is RAISED. */
  boolean isAnyRaised() {
    int bits = bitsOf(ancestors());
    if ((bits & CLOSED) != 0) {
      forgetAncestors();
    }
    return (bits & RAISED) != 0;
  }

  /**
   * Returns the state of a token whose links are gone, as it is once they are gone for good; what
   * is locked for another purpose is not waited for.
   */
  static int stateWithoutLinks(CancellationToken token) {
    int s = token.state;
    if ((s & (LOCKED | LINKED)) == (LOCKED | LINKED)) {
      s = token.lock();
      token.state = s;
    }
    return s;
  }

  static int bitsOf(CancellationToken[] tokens) {
    int bits = 0;
    for (CancellationToken token : tokens) {
      bits |= token.state;
    }
    return bits;
  }

  /** Returns the distinct ancestors, other than those cut off. */
  CancellationToken[] ancestors() {
    CancellationToken[] known = ancestors;
    if (known == null) {
      known = depth == 1 ? parents() : find(all[0].child);
      if (known.length <= MOST_KEPT) {
        ancestors = known;
      }
    }
    return known;
  }

  /** Returns the parents where nothing else is above; they are distinct. */
  private CancellationToken[] parents() {
    CancellationToken[] parents = new CancellationToken[all.length];
    for (int i = 0; i < parents.length; i++) {
      Link link = all[i];
      if (link.isCut()) {
        return find(link.child);
      }
      stateWithoutLinks(link.token); // as in "find"
      parents[i] = link.token;
    }
    return parents;
  }

  /** They are to be found anew, without those that have been cut off. */
  void forgetAncestors() {
    ancestors = null;
  }

  /** Looks for the distinct ancestors, nearest first. */
  static CancellationToken[] find(CancellationToken token) {
    List<CancellationToken> found = new ArrayList<>();
    Set<CancellationToken> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    CancellationToken t = token;
    for (int next = 0; ; t = found.get(next++)) {
      Object links = t.links();
      if (links == null) {
        stateWithoutLinks(t); // so that whoever reads it next sees what they were dropped for
      }
      Link link;
      for (int i = 0; (link = get(links, i)) != null; i++) {
        if (!link.isCut() && seen.add(link.token)) {
          found.add(link.token);
        }
      }
      if (next == found.size()) {
        return found.toArray(new CancellationToken[0]);
      }
    }
  }
}
