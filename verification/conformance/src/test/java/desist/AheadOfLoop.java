// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import desist.linq.CloseableIterator;
import desist.linq.ParallelQuery;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Two workers of an endless query, and a loop that stops after its first element. */
final class AheadOfLoop implements AutoCloseable {
  private static final int WORKERS = 2;

  /** What may wait of a worker's results before it rests. */
  private static final int WAITING = 1024;

  private static final int BATCH_AND_CHUNK = 64 + 64;

  private final AtomicInteger made = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final CloseableIterator<Integer> iterator;

  AheadOfLoop(ParallelQuery<Integer> endless) {
    iterator =
        endless
            .withDegreeOfParallelism(WORKERS)
            .select(
                x -> {
                  threads.add(Thread.currentThread());
                  made.incrementAndGet();
                  return x;
                })
            .iterator();
    iterator.next();
  }

  /** Whether the workers go on until their buffers are full. */
  boolean fillsBuffers() {
    return Steps.comes(() -> made.get() >= WORKERS * WAITING);
  }

  /** Whether they have made no more than that when their threads rest. */
  boolean isBounded() {
    threads.forEach(Background::blocks);
    return made.get() <= WORKERS * (WAITING + BATCH_AND_CHUNK);
  }

  @Override
  public void close() {
    iterator.close();
  }
}
