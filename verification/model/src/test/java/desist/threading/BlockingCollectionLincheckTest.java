// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import java.util.Arrays;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * A collection without a store is linearizable in every interleaving that is tried: the items come
 * out in the order in which they went in, there are never more than it may hold, and nothing comes
 * once adding is completed.
 */
public class BlockingCollectionLincheckTest {
  private final BlockingCollection<Integer> collection = new BlockingCollection<>(2);

  @Operation
  public String tryAdd(int item) {
    try {
      return collection.tryAdd(item) ? "added" : "full";
    } catch (IllegalStateException e) {
      return "refused";
    }
  }

  @Operation
  public String tryTake() {
    return collection.tryTake().map(String::valueOf).orElse("empty");
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

  @Operation
  public String toArray() {
    return Arrays.toString(collection.toArray());
  }

  @Test
  void everyAnswerFitsSomeOrder() {
    new ModelCheckingOptions()
        .iterations("long".equals(System.getProperty("desist.budget")) ? 100 : 10)
        .invocationsPerIteration(300)
        .threads(3)
        .actorsPerThread(2)
        .check(getClass());
  }
}
