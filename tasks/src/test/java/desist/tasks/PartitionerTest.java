// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class PartitionerTest {
  private final List<String> list = List.of("a", "b", "c");

  @Test
  void partitionsTogetherGiveEachElementOnce() {
    List<? extends Iterator<String>> partitions = Partitioner.create(list, true).getPartitions(2);
    List<String> all = new ArrayList<>();
    for (Iterator<String> partition : partitions) {
      partition.forEachRemaining(all::add);
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(list);
  }

  @Test
  void keysTellThePlaces() {
    List<Long> keys = new ArrayList<>();
    Partitioner.create(list, true)
        .getOrderableDynamicPartitions()
        .forEach(element -> keys.add(element.key()));
    assertThat(keys).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aPartitionThatIsAtItsEndStaysThere() {
    for (boolean loadBalance : new boolean[] {false, true}) {
      Iterator<String> partition =
          Partitioner.create(List.<String>of(), loadBalance).getPartitions(1).get(0);
      assertThat(partition.hasNext()).isFalse();
      assertThat(partition.hasNext()).isFalse();
      assertThatThrownBy(partition::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void aPartitionMayBeClosedTwiceAndThenGivesNothing() throws Exception {
    Iterator<String> partition = Partitioner.create(list, true).getPartitions(1).get(0);
    assertThat(partition.next()).isEqualTo("a");
    ((AutoCloseable) partition).close();
    ((AutoCloseable) partition).close();
    assertThat(partition.hasNext()).isFalse();
  }

  @Test
  void aListThatGrowsIsReadUpToTheSizeItHad() {
    List<String> growing = new ArrayList<>(list);
    Iterator<String> partition = Partitioner.create(growing, true).getPartitions(1).get(0);
    growing.add("d");
    List<String> read = new ArrayList<>();
    partition.forEachRemaining(read::add);
    assertThat(read).containsExactlyElementsOf(list);
  }

  @Test
  void rangesMayCoverAllLongs() {
    Iterable<LongRange> ranges =
        Partitioner.create(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE).getDynamicPartitions();
    List<LongRange> all = new ArrayList<>();
    ranges.forEach(all::add);
    assertThat(all)
        .containsExactly(
            new LongRange(Long.MIN_VALUE, -1),
            new LongRange(-1, Long.MAX_VALUE - 1),
            new LongRange(Long.MAX_VALUE - 1, Long.MAX_VALUE));
  }

  @Test
  void aNumberOfPartitionsThatIsNotTheOneAskedForIsRefused() {
    OrderablePartitioner<String> lying =
        new OrderablePartitioner<>(true, true, true) {
          @Override
          public List<Iterator<KeyedElement<String>>> getOrderablePartitions(int partitionCount) {
            return List.of();
          }
        };
    assertThatThrownBy(() -> lying.getPartitions(2)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(lying::getOrderableDynamicPartitions)
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(lying::getDynamicPartitions)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aPartitionerWithoutDynamicPartitionsIsRefusedByALoop() {
    assertThatThrownBy(() -> Parallel.forEach(Partitioner.create(list, false), x -> {}))
        .isInstanceOf(IllegalStateException.class);
  }
}
