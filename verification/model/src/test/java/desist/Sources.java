// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jspecify.annotations.Nullable;

/**
 * Sources, each linked to the one before, and the operations on them whose answers tell what
 * callbacks have seen. What the answers may be is told by {@link SourceModel}.
 */
public abstract class Sources {
  private static final boolean LONG = "long".equals(System.getProperty("desist.budget"));

  /** What has been run within the operation that a thread is in. */
  private static final ThreadLocal<StringBuilder> RUN = new ThreadLocal<>();

  private final CancellationTokenSource[] sources;
  private final CancellationToken[] tokens;
  private final AtomicInteger registrations = new AtomicInteger();
  private final boolean[] ended = new boolean[20];
  private final @Nullable Kept[] slots = new @Nullable Kept[2];

  Sources(int depth) {
    sources = new CancellationTokenSource[depth];
    tokens = new CancellationToken[depth];
    for (int i = 0; i < depth; i++) {
      sources[i] =
          i == 0
              ? new CancellationTokenSource()
              : CancellationTokenSource.createLinkedTokenSource(tokens[i - 1]);
      tokens[i] = sources[i].token();
    }
  }

  /** Checks the model in as many scenarios as there is time for. */
  static void check(Class<? extends Sources> test) {
    new ModelCheckingOptions()
        .iterations(LONG ? 1_000 : 12)
        .invocationsPerIteration(LONG ? 20_000 : 250)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(2)
        .actorsAfter(1)
        .sequentialSpecification(test)
        .verifier(SourceVerifier.class)
        .check(test);
  }

  String doRegister(int source, int slot) {
    int id = registrations.getAndIncrement();
    StringBuilder run = new StringBuilder();
    RUN.set(run);
    CancellationTokenRegistration registration = tokens[source].registerWith(id, this::callback);
    if (registration != CancellationTokenRegistration.none()) {
      slots[slot] = new Kept(id, registration);
      return "kept " + id;
    }
    return (run.isEmpty() ? "nothing " : "inline ") + id;
  }

  String doUnregister(int slot) {
    Kept kept = slots[slot];
    return kept == null ? "none" : (kept.registration.unregister() ? "true " : "false ") + kept.id;
  }

  String doCloseRegistration(int slot) {
    Kept kept = slots[slot];
    if (kept == null) {
      return "none";
    }
    kept.registration.close();
    return (ended[kept.id] ? "ran " : "gone ") + kept.id;
  }

  String doCancel(int source) {
    StringBuilder run = new StringBuilder();
    RUN.set(run);
    boolean granted = sources[source].tryCancel();
    return granted + run.toString();
  }

  boolean doIsCancellationRequested(int source) {
    return tokens[source].isCancellationRequested();
  }

  String doTryReset(int source) {
    try {
      return String.valueOf(sources[source].tryReset());
    } catch (ObjectDisposedException e) {
      return "closed";
    }
  }

  void doClose(int source) {
    sources[source].close();
  }

  private void callback(int id) {
    RUN.get().append(' ').append(id);
    ended[id] = true;
  }

  private record Kept(int id, CancellationTokenRegistration registration) {}
}
