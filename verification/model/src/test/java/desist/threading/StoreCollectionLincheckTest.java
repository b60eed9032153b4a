// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * A collection gives, in every interleaving that is tried, answers that fit its slots: as many
 * items as were added are there or taken, never more than it may hold, and the end is told when
 * nothing is on its way.
 */
public class StoreCollectionLincheckTest {
  private final BlockingCollection<Integer> collection =
      new BlockingCollection<>(new ConcurrentLinkedQueue<>(), SlotsVerifier.CAPACITY);

  @Operation
  public String tryAdd() {
    try {
      return collection.tryAdd(1) ? "added" : "full";
    } catch (IllegalStateException e) {
      return e.getMessage().contains("completed") ? "refused" : "failed";
    }
  }

  @Operation
  public String tryTake() {
    return collection.tryTake().isPresent() ? "taken" : "empty";
  }

  @Operation
  public void completeAdding() {
    collection.completeAdding();
  }

  @Operation
  public boolean isCompleted() {
    return collection.isCompleted();
  }

  @Operation
  public int count() {
    return collection.count();
  }

  @Test
  void everyAnswerFitsSomeOrderOfSteps() {
    new ModelCheckingOptions()
        .iterations("long".equals(System.getProperty("desist.budget")) ? 100 : 10)
        .invocationsPerIteration(300)
        .threads(3)
        .actorsPerThread(2)
        .verifier(SlotsVerifier.class)
        .check(getClass());
  }
}
