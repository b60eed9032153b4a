// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Makes a deposit of each leaf; of one that grows too long, bit by bit. */
final class Depositing<T extends @Nullable Object> extends Sink<T> implements Resumable {
  /*
   * Overview
   *
   * A leaf may be endless, as a sequence in it may. So one of MANY elements, and more, is passed from
   * here as soon as it is the next one: what has been gathered in one part, and from then on each
   * element as it comes, until the leaf ends. They go to this worker's sinks below the sequencer,
   * which have nothing to do while it reads a leaf above. Leaves that come later wait for the end of
   * this one, as for any other.
   *
   * All other leaves are left whole to whoever takes them: what is to be done below with a leaf that
   * is passed from here, this worker does alone.
   *
   * Where results wait for an iterator and there is no room for more, the part stays open, as a
   * sequence does in a FlatteningLink. A worker ends no leaf while one is open.
   */

  private static final int MANY = 1 << 16;

  private final Sequencer<T> sequencer;
  private final Assembly worker;
  private final Sink<T> down;

  private @Nullable Deposit<T> deposit;

  /** Whether parts of the leaf have been passed. */
  private boolean isPassing;

  /** The leaf as it has begun below, with the first element that went there. */
  private @Nullable Leaf begun;

  /** What is to be pushed, from "position" on. */
  private Deposit.@Nullable Released part;

  private int position;

  Depositing(Sequencer<T> sequencer, Assembly worker, Sink<T> down) {
    this.sequencer = sequencer;
    this.worker = worker;
    this.down = down;
    worker.addResumable(this);
  }

  @Override
  void begin(Leaf leaf) {
    deposit = sequencer.deposit();
    deposit.setLeaf(leaf);
  }

  @Override
  void accept(T value) {
    Deposit<T> gathered = requireNonNull(deposit);
    gathered.accept(value);
    if (part == null && (isPassing || gathered.count() % MANY == 0)) {
      passOn(gathered);
    }
  }

  @Override
  public boolean isOpen() {
    return part != null;
  }

  @Override
  public void resume() {
    if (part != null) {
      passOn(requireNonNull(deposit));
    }
  }

  /** Passes what has been gathered, if it is its turn and there is room. */
  private void passOn(Deposit<T> gathered) {
    while (isPushed() && gathered.count() > 0) {
      part = sequencer.passPart(gathered);
      if (part == null) {
        return;
      }
      isPassing = true;
      position = part.from();
      gathered.clear();
    }
  }

  /** Pushes the part, if there is one; returns false if there is no room for all of it. */
  @SuppressWarnings({"unchecked", "NullAway"}) // the part has nothing else
  private boolean isPushed() {
    Deposit.Released current = part;
    if (current == null) {
      return true;
    }
    if (begun == null && position < current.to()) {
      begun = current.leaf();
      down.begin(begun);
    }
    while (position < current.to() && !worker.isStopped() && !down.isDone()) {
      if (!worker.hasRoom(this)) {
        return false;
      }
      down.accept((T) current.elements()[position++]);
    }
    part = null;
    return true;
  }

  @Override
  void end(Leaf leaf) {
    Deposit<T> ended = requireNonNull(deposit);
    deposit = null;
    if (isPassing) {
      isPassing = false;
      endBelow(sequencer.passEnd(ended));
    } else {
      sequencer.leave(ended);
    }
  }

  private void endBelow(Leaf last) {
    Leaf leaf = begun;
    begun = null;
    if (leaf == null) {
      leaf = last;
      down.begin(leaf);
    }
    leaf.endAs(last);
    down.end(leaf);
  }

  @Override
  boolean isDone() {
    Deposit<T> gathered = deposit;
    return (gathered != null && gathered.isDone()) || sequencer.isCut() || down.isDone();
  }
}
