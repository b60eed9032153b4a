// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the workers of a phase: its readers and sinks, and what it is reading. */
final class Worker extends Assembly {
  final int number;
  final Phase<?> phase;
  final Pacer pacer;

  private final List<Feed<?>> feeds = new ArrayList<>();
  private final List<Reader<?>> readers = new ArrayList<>();

  /** Of leaves that are released; those come first that are further down. */
  private final List<Reader<?>> released = new ArrayList<>();

  /** Those that may have elements to push; those come first that are further down. */
  private final List<Resumable> resumables = new ArrayList<>();

  /** Whether some of these take one element at a time. */
  private boolean isFlattening;

  private final Outlet outlet;

  /** Which reader of a feed comes next. */
  private int next;

  /** What is being read. */
  private @Nullable Reader<?> current;

  Worker(Phase<?> phase, int number, Outlet outlet, int mostBatch) {
    this.phase = phase;
    this.number = number;
    this.outlet = outlet;
    pacer = new Pacer(mostBatch);
  }

  @Override
  <S extends @Nullable Object> void add(Feed<S> feed, Sink<S> sink) {
    if (!phase.isPrepared()) {
      StackRoom.ensure();
      feed.prepare(phase.workers(), phase.isStriped());
    }
    readers.add(feed.reader(this, feeds.size(), sink));
    feeds.add(feed);
  }

  @Override
  void addReleased(Reader<?> reader, LeafWatch watch) {
    released.add(reader);
    if (!phase.isPrepared()) {
      phase.addWatch(watch);
    }
  }

  @Override
  void addResumable(Resumable sink) {
    resumables.add(sink);
  }

  @Override
  void addFlattening(FlatteningLink<?, ?, ?> link) {
    isFlattening = true;
    resumables.add(link);
    if (outlet != Outlet.NONE) {
      phase.run().addSource(link); // may be open when the iterator is closed
    }
  }

  @Override
  boolean hasRoom(Resumable sink) {
    if (outlet == Outlet.NONE) {
      return true;
    }
    for (Resumable lower : resumables) {
      if (lower == sink) {
        break;
      }
      if (lower.isOpen()) {
        return false;
      }
    }
    return !outlet.isFull();
  }

  /** Goes on with elements that there was no room for; returns whether they are done. */
  private boolean hasResumed() {
    for (Resumable sink : resumables) {
      sink.resume();
      if (sink.isOpen()) {
        return false;
      }
    }
    return true;
  }

  @Override
  void setCover(LeafWatch watch, int first) {
    if (!phase.isPrepared()) {
      watch.setCover(phase, first, feeds.size());
    }
  }

  @Override
  int feedCount() {
    return feeds.size();
  }

  /** Returns the feeds that have been added. */
  List<Feed<?>> feeds() {
    return feeds;
  }

  @Override
  boolean isStopped() {
    return phase.isStopped();
  }

  /**
   * Pushes elements until there are none left, the phase stops, or there is no room for results.
   *
   * @return false if it is for want of room
   */
  boolean work() {
    pacer.resume();
    for (; ; ) {
      Reader<?> reader = current;
      if (reader == null) {
        long releases = phase.releases();
        reader = phase.isStopped() ? null : nextLeaf();
        if (reader == null) {
          if (outlet == Outlet.NONE && phase.awaitRelease(releases)) {
            continue;
          }
          return true;
        }
        current = reader;
      }
      if (!read(reader)) {
        return false;
      }
      if (phase.isStopped()) {
        return true;
      }
      current = null;
      reader.endLeaf();
    }
  }

  /** Reads a leaf to its end or the phase's, unless there is no room. */
  private boolean read(Reader<?> reader) {
    while (!phase.isClosed(reader.feed)) {
      if (outlet != Outlet.NONE && (!hasResumed() || outlet.isFull())) {
        return false;
      }
      int pushed = reader.push(outlet != Outlet.NONE && isFlattening ? 1 : pacer.batch());
      if (pushed == 0 || reader.isDone()) {
        break;
      }
      pacer.pushed(pushed);
    }
    return outlet == Outlet.NONE || hasResumed(); // else what is open would go into another leaf
  }

  private @Nullable Reader<?> nextLeaf() {
    for (; ; ) {
      for (Reader<?> reader : released) {
        if (reader.nextLeaf()) {
          return reader;
        }
      }
      if (next == readers.size()) {
        return null;
      }
      Reader<?> reader = readers.get(next);
      if (!phase.isClosed(next) && reader.nextLeaf()) {
        pacer.resume();
        return reader;
      }
      next++;
      phase.exhausted(); // which may release leaves
    }
  }
}
