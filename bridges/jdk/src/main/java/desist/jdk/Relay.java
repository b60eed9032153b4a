// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The one dependent that all views of a stage share. */
final class Relay {
  /*
   * Overview
   *
   * A CompletableFuture does not let a dependent leave: one that was completed by somebody else
   * stays until the future completes. So a stage is given one dependent for all its views, and they
   * enter and leave here.
   *
   * No view is lost: who enters a view looks at "outcome" after, and who completes the relay writes
   * it first and looks at the views after. A view may be told twice, and ends once.
   *
   * The relay of a stage that has completed is forgotten, and not left to the collector: weak
   * references that die with what they refer to cost it nothing. Who asks once more gets another.
   */

  private static final Companions<CompletionStage<?>, Relay> RELAYS =
      new Companions<>(Relay::new, Relay::attach);

  private final Set<StageView<?>> views = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Outcome outcome;

  private Relay() {}

  /** Returns the stage's relay. */
  static Relay of(CompletionStage<?> stage) {
    return RELAYS.of(stage);
  }

  private static void attach(CompletionStage<?> stage, Relay relay) {
    try {
      stage.whenComplete(
          (result, failure) -> {
            relay.tell(result, failure);
            RELAYS.forget(stage);
          });
    } catch (Throwable e) {
      relay.tell(null, e); // a stage that takes no dependents; others may be waiting here
    }
  }

  /** Enters a view, which is told of the outcome, perhaps before this returns. */
  void enter(StageView<?> view) {
    views.add(view);
    Outcome known = outcome;
    if (known != null) {
      views.remove(view);
      known.tell(view);
    }
  }

  /** Takes a view out, which will then not be told. */
  void leave(StageView<?> view) {
    views.remove(view);
  }

  /** How many views wait. */
  int size() {
    return views.size();
  }

  private void tell(@Nullable Object result, @Nullable Throwable failure) {
    Outcome known = new Outcome(result, failure);
    outcome = known;
    views.forEach(known::tell);
    views.clear();
  }

  private record Outcome(@Nullable Object result, @Nullable Throwable failure) {
    @SuppressWarnings("unchecked") // a view of a stage has the stage's type
    void tell(StageView<?> view) {
      ((StageView<@Nullable Object>) view).end(result, failure);
    }
  }
}
