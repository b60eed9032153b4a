// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What may be seen of sources, each linked to the one before. An operation is a few steps, which
 * may be apart: a cancellation makes the request, takes one callback after another, and ends.
 */
final class SourceModel {
  private static final int MOST_CALLBACKS = 20;

  /** What has become of a callback. */
  private enum Fate {
    UNKNOWN,
    PENDING,
    TAKEN,
    DROPPED,
    GONE
  }

  private static final int NOBODY = -1;

  private final List<List<Integer>> lists = new ArrayList<>();
  private final Fate[] fates = new Fate[MOST_CALLBACKS];
  private final int[] owners = new int[MOST_CALLBACKS];
  private final boolean[] requested;
  private final boolean[] closed;
  private final boolean[] cut;

  /** Which operation runs the callbacks of each. */
  private final int[] claimedBy;

  SourceModel(int depth) {
    requested = new boolean[depth];
    closed = new boolean[depth];
    cut = new boolean[depth];
    claimedBy = new int[depth];
    for (int i = 0; i < depth; i++) {
      lists.add(new ArrayList<>());
      claimedBy[i] = NOBODY;
    }
    Arrays.fill(fates, Fate.UNKNOWN);
  }

  private SourceModel(SourceModel other) {
    other.lists.forEach(list -> lists.add(new ArrayList<>(list)));
    System.arraycopy(other.fates, 0, fates, 0, fates.length);
    System.arraycopy(other.owners, 0, owners, 0, owners.length);
    requested = other.requested.clone();
    closed = other.closed.clone();
    cut = other.cut.clone();
    claimedBy = other.claimedBy.clone();
  }

  SourceModel copy() {
    return new SourceModel(this);
  }

  boolean register(int source, String answer) {
    String[] words = answer.split(" ");
    int id = Integer.parseInt(words[1]);
    if (requested[source]) {
      fates[id] = Fate.TAKEN;
      return words[0].equals("inline");
    }
    if (closed[source]) {
      return words[0].equals("nothing");
    }
    lists.get(source).add(id);
    fates[id] = Fate.PENDING;
    owners[id] = source;
    return words[0].equals("kept");
  }

  boolean unregister(String answer) {
    if (answer.equals("none")) {
      return true;
    }
    String[] words = answer.split(" ");
    int id = Integer.parseInt(words[1]);
    boolean pending = fates[id] == Fate.PENDING || fates[id] == Fate.DROPPED;
    if (pending) {
      lists.get(owners[id]).remove((Object) id);
      fates[id] = Fate.GONE;
    }
    return Boolean.parseBoolean(words[0]) == pending && fates[id] != Fate.UNKNOWN;
  }

  boolean closeRegistration(String answer) {
    if (answer.equals("none")) {
      return true;
    }
    String[] words = answer.split(" ");
    int id = Integer.parseInt(words[1]);
    if (fates[id] == Fate.PENDING || fates[id] == Fate.DROPPED) {
      lists.get(owners[id]).remove((Object) id);
      fates[id] = Fate.GONE;
    }
    return words[0].equals("ran") == (fates[id] == Fate.TAKEN) && fates[id] != Fate.UNKNOWN;
  }

  boolean isCancellationRequested(int source, String answer) {
    return Boolean.parseBoolean(answer) == requested[source];
  }

  boolean tryReset(int source, String answer) {
    if (closed[source] || requested[source]) {
      return answer.equals("false") || closed[source] && answer.equals("closed");
    }
    empty(source, Fate.GONE);
    cutBelow(source);
    return answer.equals("true");
  }

  boolean close(int source) {
    if (!requested[source] && !closed[source]) {
      empty(source, Fate.DROPPED);
      cutBelow(source);
    }
    closed[source] = true;
    return true;
  }

  /**
   * The first step of a cancellation; the answer tells whether it was granted, and what was run.
   */
  boolean request(int source, int operation, String answer) {
    boolean free = claimedBy[source] == NOBODY && !closed[source];
    boolean granted = free && !requested[source];
    if (free) {
      claimedBy[source] = operation;
      for (int i = source; i < requested.length; i++) {
        if (i > source && cut[i] || closed[i] && !requested[i]) {
          break;
        }
        requested[i] = true;
      }
    }
    return answer.split(" ")[0].equals(String.valueOf(granted))
        && (free || answer.indexOf(' ') < 0);
  }

  /** The next: a callback is taken off, the newest of its source. */
  boolean take(int source, int operation, int id) {
    int owner = owners[id];
    List<Integer> list = lists.get(owner);
    if (fates[id] != Fate.PENDING
        || owner < source
        || !requested[owner]
        || list.get(list.size() - 1) != id) {
      return false;
    }
    if (claimedBy[owner] == NOBODY) {
      claimedBy[owner] = operation;
    }
    list.remove(list.size() - 1);
    fates[id] = Fate.TAKEN;
    return claimedBy[owner] == operation;
  }

  /** The last: nothing is left, but what another cancellation has taken upon itself. */
  boolean end(int source, int operation) {
    if (claimedBy[source] != operation) {
      return true;
    }
    for (int i = source; i < requested.length; i++) {
      if (i > source && cut[i] || claimedBy[i] != operation && claimedBy[i] != NOBODY) {
        break;
      }
      if (requested[i] && !lists.get(i).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private void empty(int source, Fate fate) {
    lists.get(source).forEach(id -> fates[id] = fate);
    lists.get(source).clear();
  }

  private void cutBelow(int source) {
    if (source + 1 < cut.length) {
      cut[source + 1] = true;
    }
  }
}
