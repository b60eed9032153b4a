// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryRunFootprintTest {
  @Test
  void failureIsKeptAndStopsTheOthersWithoutAnyMemory() {
    int times = 1000;
    Throwable failure = new OutOfMemoryError();
    List<QueryRun> runs = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      QueryRun run = new QueryRun(QuerySettings.NONE);
      run.begin(new Phase<>(run, new FeedStage<>(new ListFeed<>(List.of())), w -> null, 1, false));
      runs.add(run);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      runs.get(i).fail(failure);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated / times).as("bytes each time").isZero();
    assertThat(runs).allMatch(QueryRun::isStopped).allMatch(run -> run.takeFailure() != null);
  }
}
