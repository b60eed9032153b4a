// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.CLOSED;
import static desist.CancellationToken.LINKED;
import static desist.CancellationToken.RAISED;
import static desist.CancellationToken.REQUESTED;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Puts a token's links into its parents' lists while it has something to run, and takes them out.
 */
final class Attachment {
  /*
   * Overview
   *
   * Whoever puts a callback into a linked token's list then has it attached: each of its links
   * enters the list of its parent, the parents' links those of theirs, and so on. Whoever takes the
   * last node out of a linked token's list has it detached. So a parent refers only to children that
   * have something to run, and children that are forgotten are collected.
   *
   * A link is "ready" (the low bit of Link.insertion) once everything above it is in place.
   *
   * Rules, all under the lock of the parent whose list it is:
   *
   *   1. A link enters only if the child's list is not empty and the parent neither RAISED nor cut.
   *   2. A link leaves, other than by the parent's own cancel, close or reset, only if the child's
   *      list is empty.
   *   3. A link is made ready only by a thread that saw everything above in place since it saw this
   *      link in the list, and if it has not left meanwhile (the count in Link.insertion).
   *
   * Why no callback is lost. A registers n with child c of parent p; B empties c and detaches it. A
   * writes c's list before it locks p, and B has emptied c's list before it locks p. If A comes
   * second it puts the link in (again). If B comes second it sees A's n, by the lock of p, and by
   * rule 2 leaves the link in. The same argument holds one level up, with p in place of c: if the
   * link of c is in p's list, then that list is not empty, so the link of p stays where it is. So a
   * link that is ready stays so while it is in the list, and A need not look above it.
   *
   * If A finds a parent RAISED, then nobody will come from there for what A registered. A takes n
   * back, and if it gets it runs it itself. Callbacks that others put into c are not A's concern:
   * each was attached by its own thread, or taken back.
   *
   * No lock is held while another is taken, so there is no order among them to respect, and threads
   * that attach to many parents cannot block each other.
   *
   * Recursion would overflow on a long chain; the way up is a stack of steps on the heap. Nothing is
   * visited twice, since a second visit finds the links ready.
   */

  private static final int READY = 0;
  private static final int NOT_READY = 1;
  private static final int CANCELED = 2;

  private Attachment() {}

  /**
   * Makes all ancestors know of the token, which has something to run.
   *
   * @return false if an ancestor was found requested, so that it will not come by
   */
  static boolean attach(CancellationToken token) {
    Object links = token.links();
    Link only = Links.only(links);
    if (only != null) {
      int outcome = enter(only);
      if (outcome != NOT_READY) {
        return outcome == READY;
      }
    }
    Step step = new Step(null, links, null);
    while (step != null) {
      Link link = step.next();
      if (link == null) {
        step.makeReady();
        step = step.below;
        continue;
      }
      int outcome = enter(link);
      if (outcome == CANCELED) {
        return false;
      }
      if (outcome == NOT_READY) {
        step = new Step(link, link.token.links(), step);
      }
    }
    return true;
  }

  /**
   * Takes the links out of the parents' lists, and those of parents whose lists are empty then, as
   * long as there is nothing to run below.
   *
   * @param links the links of a token whose list was empty a moment ago, as they were at that
   *     moment: a token without callbacks drops them when it is requested or closed
   */
  static void detach(@Nullable Object links) {
    ArrayDeque<Object> emptied = null;
    for (Object below = links; below != null; ) {
      Object above = null;
      Link only = Links.only(below);
      if (only != null) {
        above = leave(only);
      } else {
        for (Link link : ((Links) below).all) {
          Object left = leave(link);
          if (left != null) {
            if (emptied == null) {
              emptied = new ArrayDeque<>();
            }
            emptied.push(left);
          }
        }
      }
      if (above == null && emptied != null) {
        above = emptied.poll();
      }
      below = above;
    }
  }

  /** Puts the link into the parent's list, if it is not there and should be (rule 1). */
  private static int enter(Link link) {
    CancellationToken parent = link.token;
    CancellationToken child = link.child;
    int epoch = link.epoch();
    int outcome = READY;
    int s = parent.lock();
    int resets = parent.ext instanceof Extras extras ? extras.resets : 0;
    if (resets == epoch) {
      if ((s & RAISED) != 0) {
        outcome = CANCELED;
      } else if (link.newer != null || link.older != null || parent.newest == link) {
        outcome = (link.insertion & 1) == 1 ? READY : NOT_READY;
      } else if ((s & CLOSED) == 0 && child.newest != null) {
        Node head = parent.newest;
        if (head != null) {
          link.older = head;
          head.newer = link;
        }
        parent.newest = link;
        outcome = (s & LINKED) == 0 ? READY : NOT_READY;
        link.insertion = (link.insertion | 1) + 2 - outcome;
      }
    }
    try {
      parent.unlock(s);
    } catch (StackOverflowError e) {
      parent.state = s;
    }
    return outcome;
  }

  /**
   * Takes the link out of the parent's list, if the child has nothing to run (rule 2).
   *
   * @return the parent's own links if that leaves it without anything to run, else null
   */
  private static @Nullable Object leave(Link link) {
    CancellationToken parent = link.token;
    Object emptied = null;
    int s = parent.lock();
    Node newer = link.newer;
    Node older = link.older;
    if (link.child.newest == null && (newer != null || older != null || parent.newest == link)) {
      if (newer == null) {
        parent.newest = older;
      } else {
        newer.older = older;
        link.newer = null;
      }
      if (older != null) {
        older.newer = newer;
        link.older = null;
      }
      if (parent.newest == null && (s & LINKED) != 0) {
        emptied = parent.ext instanceof Extras extras ? extras.links : parent.ext;
      }
    }
    try {
      parent.unlock(s);
    } catch (StackOverflowError e) {
      parent.state = s;
    }
    if (emptied != null && (s & REQUESTED) != 0) {
      Links.drop(parent);
    }
    return emptied;
  }

  /** On the way up from a token: its links, of which the first few have been seen to. */
  private static final class Step {
    private final @Nullable Link from;
    private final int insertion;
    private final @Nullable Object links;
    private final @Nullable Step below;
    private int seen;

    Step(@Nullable Link from, @Nullable Object links, @Nullable Step below) {
      this.from = from;
      this.insertion = from == null ? 0 : insertionOf(from); // before anything above is looked at
      this.links = links;
      this.below = below;
    }

    /**
     * Read under the lock, so that whoever is then found above, and leaves later, has to see what
     * the link stands for.
     */
    private static int insertionOf(Link link) {
      int s = link.token.lock();
      int insertion = link.insertion;
      link.token.state = s;
      return insertion;
    }

    @Nullable Link next() {
      return Links.get(links, seen++);
    }

    /** Everything above the link is in place: says so, if the link has not left (rule 3). */
    void makeReady() {
      Link link = from;
      if (link == null) {
        return;
      }
      CancellationToken parent = link.token;
      int s = parent.lock();
      boolean in = link.newer != null || link.older != null || parent.newest == link;
      if (in && link.insertion == insertion) {
        link.insertion |= 1;
      }
      parent.state = s;
    }
  }
}
