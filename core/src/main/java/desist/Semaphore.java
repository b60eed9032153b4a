// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/**
 * A count that waits take one from each, and that is released up to a maximum.
 *
 * <p>A wait is let through while the count is greater than zero; those who wait are served in the
 * order in which they came. Any thread may release, also one that has not waited.
 *
 * <p>Memory consistency effects: actions in a thread before it releases a semaphore
 * <i>happen-before</i> actions in another that follow a wait which that let through.
 *
 * @dotnet Semaphore
 * @since 1.0
 */
public final class Semaphore extends QueuedWaitHandle {
  private static final int FULL = -1;

  private final int maximum;

  /** How many waits can go on: not zero exactly if this is SIGNALED. Guarded by the lock. */
  private int count;

  /**
   * Makes a semaphore.
   *
   * @param initialCount how many waits can go on at once
   * @param maximumCount what the count may not exceed
   * @throws IllegalArgumentException if {@code initialCount} is less than zero or greater than
   *     {@code maximumCount}, or {@code maximumCount} is less than 1
   * @dotnet new Semaphore(int, int)
   * @since 1.0
   */
  public Semaphore(int initialCount, int maximumCount) {
    super(check(initialCount, maximumCount) == 0 ? 0 : SIGNALED);
    this.maximum = maximumCount;
    this.count = initialCount;
  }

  /**
   * Adds one to the count, and lets a wait through.
   *
   * @return the count before
   * @throws SemaphoreFullException if the count is the maximum; it stays so
   * @throws ObjectDisposedException if this is closed
   * @dotnet Semaphore.Release()
   * @since 1.0
   */
  public int release() {
    return releaseMany(1);
  }

  /**
   * Adds to the count, and lets through as many waits. What is added must fit under the maximum
   * also if it would be taken at once.
   *
   * @param releaseCount how much to add
   * @return the count before
   * @throws IllegalArgumentException if {@code releaseCount} is less than 1
   * @throws SemaphoreFullException if the count would exceed the maximum; nothing is added
   * @throws ObjectDisposedException if this is closed
   * @dotnet Semaphore.Release(int)
   * @since 1.0
   */
  public int releaseMany(int releaseCount) {
    if (releaseCount < 1) {
      throw new IllegalArgumentException("releaseCount is less than 1: " + releaseCount);
    }
    int before = tryRelease(releaseCount);
    if (before == FULL) {
      throw new SemaphoreFullException(
          "releaseCount is " + releaseCount + ", too many for a maximum of " + maximum + ".");
    }
    return before;
  }

  /**
   * Closes the semaphore. Threads that wait on it wake with an {@link ObjectDisposedException}.
   *
   * @dotnet WaitHandle.Dispose(), Close()
   * @since 1.0
   */
  @Override
  public void close() {
    closeQueue();
  }

  @Override
  public String toString() {
    int s = lock();
    int free = count;
    unlock(s);
    return "Semaphore["
        + free
        + " of "
        + maximum
        + " free"
        + ((s & CLOSED) != 0 ? ", closed]" : "]");
  }

  @Override
  void signal() {
    if (tryRelease(1) == FULL) {
      throw new IllegalStateException("The count of the semaphore is its maximum: " + maximum);
    }
  }

  @Override
  int taken(int s, Thread thread) {
    count--;
    return count == 0 ? s & ~SIGNALED : s;
  }

  /** Returns the count before, or {@link #FULL} if nothing was added. */
  private int tryRelease(int added) {
    int before = lockToSignal();
    int after = before;
    int counted = FULL;
    try {
      if ((before & CLOSED) == 0 && added <= maximum - count) {
        counted = count;
        count += added;
        after |= SIGNALED;
      }
    } finally {
      letThrough(before, after);
    }
    ensureOpen(before);
    return counted;
  }

  private static int check(int initialCount, int maximumCount) {
    if (maximumCount < 1) {
      throw new IllegalArgumentException("maximumCount is less than 1: " + maximumCount);
    }
    if (initialCount < 0 || initialCount > maximumCount) {
      throw new IllegalArgumentException(
          "initialCount is not between 0 and " + maximumCount + ": " + initialCount);
    }
    return initialCount;
  }
}
