// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import desist.tasks.KeyedElement;
import desist.tasks.OrderablePartitioner;
import desist.tasks.Partitioner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A partitioner, as it was given. */
final class PartitionerPlan<T extends @Nullable Object> extends Plan<T> {
  private final Partitioner<T> partitioner;

  PartitionerPlan(Partitioner<T> partitioner) {
    super(false);
    this.partitioner = partitioner;
  }

  @Override
  @Nullable Plan<T> inOrder() {
    return partitioner instanceof OrderablePartitioner<T> orderable
        ? Plan.of(true, run -> openInOrder(run, orderable))
        : null;
  }

  @Override
  Stage<T> open(QueryRun run) {
    return new FeedStage<>(new PartitionedFeed<>(partitions(run, partitioner::getPartitions)));
  }

  /** Opens it in the order of its keys; all of it is read at once if these are no indexes. */
  @SuppressWarnings("unchecked") // the array has nothing else
  private static <T extends @Nullable Object> Stage<T> openInOrder(
      QueryRun run, OrderablePartitioner<T> partitioner) {
    List<Iterator<KeyedElement<T>>> partitions =
        partitions(run, partitioner::getOrderablePartitions);
    if (partitioner.keysNormalized()) {
      return new FeedStage<>(new KeyedFeed<>(partitions));
    }
    @Nullable Object[] all = Gather.all(run, new FeedStage<>(new PartitionedFeed<>(partitions)));
    Arrays.sort(all, Comparator.comparingLong(element -> ((KeyedElement<T>) element).key()));
    Arrays.setAll(all, i -> ((KeyedElement<T>) requireNonNull(all[i])).element());
    return new FeedStage<>(new ArrayFeed<>(all, all.length));
  }

  /** Asks for as many partitions as there are workers; they are closed at the end. */
  private static <P> List<Iterator<P>> partitions(
      QueryRun run, IntFunction<@Nullable List<? extends Iterator<P>>> partitioner) {
    return run.openSource(
        () -> {
          List<? extends Iterator<P>> given = partitioner.apply(run.workers());
          if (given == null) {
            throw new IllegalStateException("The partitioner gave no partitions.");
          }
          List<Iterator<P>> opened = new ArrayList<>();
          boolean isNull = false;
          for (Iterator<P> partition : given) {
            isNull |= partition == null;
            run.addSource(partition); // those after a null are closed, too
            opened.add(partition);
          }
          if (isNull) {
            throw new IllegalStateException("A partition is null.");
          } else if (opened.size() != run.workers()) {
            throw new IllegalStateException(
                "The partitioner gave " + opened.size() + " partitions, not " + run.workers());
          }
          return opened;
        });
  }
}
