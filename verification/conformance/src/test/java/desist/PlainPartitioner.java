// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import desist.tasks.Partitioner;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A partitioner that is not orderable. */
final class PlainPartitioner extends Partitioner<Integer> {
  private final IntFunction<List<Iterator<Integer>>> partitions;

  PlainPartitioner(IntFunction<List<Iterator<Integer>>> partitions) {
    this.partitions = partitions;
  }

  /** Deals the numbers from 0 out to the partitions in turn. */
  static PlainPartitioner dealing(int elements) {
    return new PlainPartitioner(
        count ->
            IntStream.range(0, count)
                .mapToObj(part -> everyNth(count, part, elements))
                .collect(Collectors.toList()));
  }

  @Override
  public List<Iterator<Integer>> getPartitions(int partitionCount) {
    return partitions.apply(partitionCount);
  }

  private static Iterator<Integer> everyNth(int n, int first, int end) {
    return IntStream.iterate(first, x -> x < end, x -> x + n).iterator();
  }
}
