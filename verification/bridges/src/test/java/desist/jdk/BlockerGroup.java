// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.jdk.TestThreads.Kind;
import java.util.ArrayList;
import java.util.List;

/** What blocks on things of a kind, and the servers that it needs. */
abstract class BlockerGroup implements AutoCloseable {
  final List<Case> cases = new ArrayList<>();

  /** Adds an operation, and what stands for it in our library. */
  final void add(String operation, String bridge, Maker maker) {
    cases.add(new Case(operation, bridge, maker));
  }

  @Override
  public void close() throws Exception {}

  /** An operation, which is begun again and again. */
  record Case(String operation, String bridge, Maker maker) {}

  /** Makes a blocker for a run; if it has threads of its own, of that kind. */
  interface Maker {
    Blocker make(Kind threads) throws Exception;
  }
}
