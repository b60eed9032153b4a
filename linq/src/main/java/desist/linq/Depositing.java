// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Makes a deposit of each leaf. */
final class Depositing<T extends @Nullable Object> extends Sink<T> {
  private final Sequencer<T> sequencer;
  private @Nullable Deposit<T> deposit;

  Depositing(Sequencer<T> sequencer) {
    this.sequencer = sequencer;
  }

  @Override
  void begin(Leaf leaf) {
    deposit = sequencer.deposit();
  }

  @Override
  void accept(T value) {
    requireNonNull(deposit).accept(value);
  }

  @Override
  void end(Leaf leaf) {
    Deposit<T> ended = requireNonNull(deposit);
    deposit = null;
    ended.setLeaf(leaf);
    ended.leave();
  }

  @Override
  boolean isDone() {
    return requireNonNull(deposit).isDone();
  }
}
