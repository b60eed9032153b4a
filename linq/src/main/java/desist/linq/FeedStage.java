// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** A feed, as it is. */
final class FeedStage<T extends @Nullable Object> extends Stage<T> {
  private final Feed<T> feed;

  FeedStage(Feed<T> feed) {
    this.feed = feed;
  }

  @Override
  void assemble(Assembly worker, Sink<T> down) {
    worker.add(feed, down);
  }

  @Override
  long size() {
    return feed instanceof IndexedFeed ? feed.size() : Feed.UNKNOWN;
  }

  @Override
  Stage<T> slice(long from, long to) {
    return new FeedStage<>(new SliceFeed<>((IndexedFeed<T>) feed, from, to));
  }

  @Override
  Stage<T> reversed() {
    return new FeedStage<>(new ReversedFeed<>((IndexedFeed<T>) feed));
  }
}
