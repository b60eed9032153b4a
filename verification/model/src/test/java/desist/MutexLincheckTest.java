// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/**
 * A mutex, alone and together with a semaphore, is linearizable on real threads: owned by one
 * thread until it has released it as often as it took it, and taken by a wait for all with the rest
 * or not.
 */
public class MutexLincheckTest {
  private final Mutex mutex = new Mutex();
  private final Semaphore semaphore = new Semaphore(1, 1);
  private final WaitHandle[] both = {mutex, semaphore};
  private final WaitHandle[] semaphoreFirst = {semaphore, mutex};

  @Operation
  public boolean waitOne(@Param(gen = ThreadIdGen.class) int thread) throws InterruptedException {
    return mutex.waitOne(Duration.ZERO);
  }

  @Operation
  public int waitAny(@Param(gen = ThreadIdGen.class) int thread) throws InterruptedException {
    return WaitHandle.waitAny(semaphoreFirst, Duration.ZERO);
  }

  @Operation
  public boolean waitAll(@Param(gen = ThreadIdGen.class) int thread) throws InterruptedException {
    return WaitHandle.waitAll(both, Duration.ZERO);
  }

  @Operation
  public boolean releaseMutex(@Param(gen = ThreadIdGen.class) int thread) {
    try {
      mutex.releaseMutex();
      return true;
    } catch (IllegalMonitorStateException e) {
      return false;
    }
  }

  @Operation
  public boolean releaseSemaphore() {
    try {
      semaphore.release();
      return true;
    } catch (SemaphoreFullException e) {
      return false;
    }
  }

  @Test
  void everyAnswerFitsTheModel() {
    new StressOptions()
        .iterations(30)
        .invocationsPerIteration(1_000)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(0)
        .actorsAfter(0)
        .sequentialSpecification(Model.class)
        .check(getClass());
  }

  /** What a mutex and a semaphore with a maximum of one are, told which thread acts. */
  public static class Model {
    private static final int NOBODY = -1;

    private int owner = NOBODY;
    private int recursion;
    private boolean isReleased = true;

    public boolean waitOne(int thread) {
      boolean taken = owner == NOBODY || owner == thread;
      if (taken) {
        owner = thread;
        recursion++;
      }
      return taken;
    }

    public int waitAny(int thread) {
      if (isReleased) {
        isReleased = false;
        return 0;
      }
      return waitOne(thread) ? 1 : WaitHandle.WAIT_TIMEOUT;
    }

    public boolean waitAll(int thread) {
      if (!isReleased || !waitOne(thread)) {
        return false;
      }
      isReleased = false;
      return true;
    }

    public boolean releaseMutex(int thread) {
      boolean isOwner = owner == thread;
      if (isOwner && --recursion == 0) {
        owner = NOBODY;
      }
      return isOwner;
    }

    public boolean releaseSemaphore() {
      boolean wasTaken = !isReleased;
      isReleased = true;
      return wasTaken;
    }
  }
}
