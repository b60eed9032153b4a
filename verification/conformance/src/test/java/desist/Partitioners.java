// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import desist.tasks.KeyedElement;
import desist.tasks.OrderablePartitioner;
import desist.tasks.Partitioner;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Partitioners as users write them. */
final class Partitioners {
  private Partitioners() {}

  /** A partitioner without keys, over the first numbers, for one worker. */
  static final class Plain extends Partitioner<Integer> {
    private final int count;

    Plain(int count) {
      this.count = count;
    }

    @Override
    public boolean supportsDynamicPartitions() {
      return true;
    }

    @Override
    public Iterable<Integer> getDynamicPartitions() {
      return ParallelSteps.lazy(count);
    }

    @Override
    public List<Iterator<Integer>> getPartitions(int partitionCount) {
      throw new UnsupportedOperationException();
    }
  }

  /** A partitioner without dynamic partitions. */
  static final class Static extends Partitioner<Integer> {
    @Override
    public List<Iterator<Integer>> getPartitions(int partitionCount) {
      throw new UnsupportedOperationException();
    }
  }

  /** Three elements, whose keys are ten times as high. */
  static final class Keyed extends OrderablePartitioner<Integer> {
    Keyed(boolean normalized) {
      super(true, true, normalized);
    }

    @Override
    public boolean supportsDynamicPartitions() {
      return true;
    }

    @Override
    public Iterable<KeyedElement<Integer>> getOrderableDynamicPartitions() {
      return () -> IntStream.range(0, 3).mapToObj(i -> new KeyedElement<>(10L * i, i)).iterator();
    }

    @Override
    public List<Iterator<KeyedElement<Integer>>> getOrderablePartitions(int partitionCount) {
      throw new UnsupportedOperationException();
    }
  }

  /** A partitioner of one element that fails at one step. */
  static final class Failing extends Partitioner<Integer> implements Iterable<Integer> {
    private final String step;

    Failing(String step) {
      this.step = step;
    }

    @Override
    public boolean supportsDynamicPartitions() {
      return true;
    }

    @Override
    public Iterable<Integer> getDynamicPartitions() {
      failAt("dynamic");
      return this;
    }

    @Override
    public List<Iterator<Integer>> getPartitions(int partitionCount) {
      throw new UnsupportedOperationException();
    }

    @Override
    @SuppressWarnings("NullAway") // that is what is tried
    public @Nullable Iterator<Integer> iterator() {
      failAt("get");
      if (step.equals("null")) {
        return null;
      }
      ParallelSteps.Source source = new ParallelSteps.Source(1, line -> {});
      if (step.equals("move")) {
        source.throwingOnMove(new FormatException());
      } else if (step.equals("dispose")) {
        source.throwingOnClose(new FormatException());
      }
      return source;
    }

    private void failAt(String at) {
      if (step.equals(at)) {
        throw new FormatException();
      }
    }
  }
}
