// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** What a sequencer lets go on of another stage. */
final class SequencedStage<T extends @Nullable Object> extends Stage<T> {
  private final Stage<T> source;
  private final Sequencer<T> sequencer;

  SequencedStage(Stage<T> source, Sequencer<T> sequencer) {
    this.source = source;
    this.sequencer = sequencer;
  }

  @Override
  void assemble(Assembly worker, Sink<T> down) {
    int first = worker.feedCount();
    worker.addReleased(new ReleasedReader<>(sequencer, down), sequencer);
    source.assemble(worker, new Depositing<>(sequencer, worker, down));
    worker.setCover(sequencer, first);
  }

  @Override
  long size() {
    return Feed.UNKNOWN;
  }

  @Override
  boolean isStriped() {
    return true;
  }

  @Override
  Stage<T> slice(long from, long to) {
    throw new AssertionError("has no indexes");
  }

  @Override
  Stage<T> reversed() {
    throw new AssertionError("has no indexes");
  }
}
