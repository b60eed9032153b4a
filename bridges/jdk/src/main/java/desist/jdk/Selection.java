// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.CancellationToken;
import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;

/**
 * A selection that is stopped by waking its selector, which is left as if it had not been waked.
 */
final class Selection extends LadderOperation {
  /*
   * Overview
   *
   * A wakeup ends the selection that runs, or else the next one. So each that was sent for this
   * selection is taken back when it has ended, if it has not been what has ended it; nobody can tell.
   * What takes it back is a selection that does not wait, and it has to be one with an action: the
   * other would put keys among the selected ones, and the next select() would not count them. The
   * channels that it finds ready are found again by whoever selects next.
   *
   * Another's wakeup that is taken back with ours has done what it was for, since a selection has
   * ended after it, and so does the call.
   *
   * It is sent again while the selection lasts: one that comes before this thread selects may be
   * taken by another thread's selection, such as one that does not wait and drops canceled keys.
   *
   * Why no wakeup comes later: none is sent once end() has returned (Operation 1, 3).
   */

  private static final Duration FIRST_INTERVAL = Duration.ofMillis(10);
  private static final Duration MOST_INTERVAL = Duration.ofSeconds(1);

  private final Selector selector;

  Selection(Selector selector) {
    this.selector = selector;
  }

  /** Selects; returns the number of keys. */
  int run(IoCallable<Integer> body, CancellationToken token) throws IOException {
    int count;
    try {
      begin(token);
      count = body.call();
    } catch (Throwable e) {
      settle();
      throw e;
    }
    settle();
    if (count == 0 && isStopped()) {
      throw canceled(null);
    }
    return count;
  }

  @Override
  List<Step> steps() {
    return List.of(Step.quick(selector::wakeup).every(FIRST_INTERVAL, MOST_INTERVAL));
  }

  private void settle() {
    end();
    if (isStopped()) {
      try {
        selector.selectNow(key -> {});
      } catch (IOException | IllegalStateException e) {
        // It is closed, or whoever selects next is told.
      }
    }
  }
}
