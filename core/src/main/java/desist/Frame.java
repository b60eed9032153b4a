// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token whose callbacks are being run, within those of the one below, and what they threw. */
final class Frame {
  final CancellationToken token;
  final @Nullable Frame below;

  /** The token's links, once it has run all it had. */
  @Nullable Object links;

  private final boolean throwOnFirst;
  private boolean callbackFailed;
  private boolean reasonKnown;
  private @Nullable Throwable reason;
  private @Nullable Throwable first;
  private @Nullable List<Throwable> all;

  Frame(CancellationToken token, @Nullable Frame below, boolean throwOnFirst) {
    this.token = token;
    this.below = below;
    this.throwOnFirst = throwOnFirst;
  }

  boolean skipsCallbacks() {
    return throwOnFirst && callbackFailed;
  }

  /** Returns the reason that the token's children take over. */
  @Nullable Throwable reason() {
    if (!reasonKnown) {
      reason = Delay.reasonOf(token);
      reasonKnown = true;
    }
    return reason;
  }

  void stop(@Nullable Delay delay) {
    if (delay != null) {
      try {
        delay.stop();
      } catch (Throwable e) {
        note(e);
      }
    }
  }

  /** Adds what a callback or a child has thrown. */
  void add(Throwable failure) {
    callbackFailed = true;
    note(failure);
  }

  /** Adds what was thrown while the cancellation was requested; no callback is skipped for it. */
  void note(Throwable failure) {
    if (first == null) {
      first = failure;
    } else if (throwOnFirst) {
      if (failure != first) {
        first.addSuppressed(failure);
      }
    } else {
      if (all == null) {
        all = new ArrayList<>();
        all.add(first);
      }
      all.add(failure);
    }
  }

  /** Returns what is to be thrown in the end, if anything. */
  @Nullable Throwable failure() {
    if (first == null || throwOnFirst) {
      return first;
    }
    return new AggregateException(all == null ? List.of(first) : all);
  }

  /** Ends the frame, whose list is empty for good. */
  void leave() {
    if (below == null || links instanceof Links) {
      Attachment.detach(links); // else the only link is what led here
    }
    if (below != null) {
      Throwable failure = failure();
      if (failure != null) {
        below.add(failure);
      }
    }
  }
}
