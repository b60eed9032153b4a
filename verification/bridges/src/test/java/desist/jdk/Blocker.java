// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import java.util.concurrent.Future;

/** Something that blocks, made for one run: it is begun, asked to stop, and looked at. */
interface Blocker extends AutoCloseable {
  /** Blocks, and knows nothing of tokens. */
  void plain() throws Exception;

  /** Blocks likewise, but obeys the token. */
  void bridged(CancellationToken token) throws Exception;

  /** Whether the thread has got to where it blocks. */
  default boolean isBlocked(Thread thread) throws Exception {
    return switch (thread.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING -> true;
      case RUNNABLE -> isInNativeCode(thread.getStackTrace());
      default -> false;
    };
  }

  private static boolean isInNativeCode(StackTraceElement[] stack) {
    return stack.length > 0 && stack[0].isNativeMethod();
  }

  /** Cancels the future that stands for the plain call. */
  default void cancel(Future<?> call) {
    call.cancel(true);
  }

  /** Whether what the call has begun elsewhere goes on: in a server, in processes, in threads. */
  default boolean goesOn() throws Exception {
    return false;
  }

  /** Says, when the call has ended, what has become of what it worked on. */
  default String left() throws Exception {
    return "";
  }

  /** Ends what goes on, and the call too if it has not ended. */
  @Override
  void close() throws Exception;
}
