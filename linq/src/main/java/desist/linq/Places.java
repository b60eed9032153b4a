// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The operators by place, for elements whose index is not known where they are made. */
final class Places {
  private Places() {}

  /** Gives elements their indexes. */
  static <T extends @Nullable Object> Sequencer<T> index() {
    return new Sequencer<>() {
      @Override
      Deposit<T> deposit() {
        return new Deposit<>();
      }

      @Override
      long pass(Deposit<T> leaf, long before) {
        release(leaf, 0, leaf.count(), before);
        return leaf.count();
      }
    };
  }

  /** Keeps the first elements; at least one. */
  static <T extends @Nullable Object> Sequencer<T> take(long most) {
    return new Sequencer<>() {
      @Override
      Deposit<T> deposit() {
        return new Deposit<>() {
          @Override
          boolean isDone() {
            return count() >= most;
          }
        };
      }

      @Override
      long pass(Deposit<T> leaf, long before) {
        long left = most - before;
        if (leaf.count() < left) {
          release(leaf, 0, leaf.count(), before);
        } else {
          releaseLast(leaf, 0, (int) left, before);
        }
        return leaf.count();
      }
    };
  }

  /** Leaves the first elements out. */
  static <T extends @Nullable Object> Sequencer<T> skip(long count) {
    return new Sequencer<>() {
      @Override
      Deposit<T> deposit() {
        return new Deposit<>();
      }

      @Override
      long pass(Deposit<T> leaf, long before) {
        int left = (int) Math.min(leaf.count(), Math.max(0, count - before));
        release(leaf, left, leaf.count(), before + left - count);
        return leaf.count();
      }
    };
  }

  /** Keeps the elements before the first that does not fit. */
  static <T extends @Nullable Object> Sequencer<T> takeWhile(Predicate<? super T> predicate) {
    return new Sequencer<>() {
      @Override
      Deposit<T> deposit() {
        return new Prefix<>(predicate);
      }

      @Override
      long pass(Deposit<T> leaf, long before) {
        if (leaf.isDone()) {
          releaseLast(leaf, 0, leaf.count(), before);
        } else {
          release(leaf, 0, leaf.count(), before);
        }
        return leaf.count();
      }
    };
  }

  /** Leaves out the elements before the first that does not fit. */
  static <T extends @Nullable Object> Sequencer<T> skipWhile(Predicate<? super T> predicate) {
    return new Sequencer<>() {
      private volatile boolean hasBegun;
      private long skipped;

      @Override
      Deposit<T> deposit() {
        return hasBegun ? new Deposit<>() : new Suffix<>(predicate);
      }

      @Override
      long pass(Deposit<T> leaf, long before) {
        int from = hasBegun || !(leaf instanceof Suffix<T> suffix) ? 0 : suffix.first();
        skipped += from;
        hasBegun |= from < leaf.count();
        release(leaf, from, leaf.count(), before + from - skipped);
        return leaf.count();
      }
    };
  }

  /** Gathers elements up to the first that does not fit. */
  private static final class Prefix<T extends @Nullable Object> extends Deposit<T> {
    private final Predicate<? super T> predicate;
    private boolean isDone;

    Prefix(Predicate<? super T> predicate) {
      this.predicate = predicate;
    }

    @Override
    void accept(T value) {
      if (!isDone) {
        if (predicate.test(value)) {
          super.accept(value);
        } else {
          isDone = true;
        }
      }
    }

    @Override
    boolean isDone() {
      return isDone;
    }
  }

  /** Gathers all elements, and finds the first that does not fit. */
  private static final class Suffix<T extends @Nullable Object> extends Deposit<T> {
    private final Predicate<? super T> predicate;
    private int first;
    private boolean isFound;

    Suffix(Predicate<? super T> predicate) {
      this.predicate = predicate;
    }

    @Override
    void accept(T value) {
      if (!isFound && !predicate.test(value)) {
        isFound = true;
        first = count();
      }
      super.accept(value);
    }

    int first() {
      return isFound ? first : count();
    }
  }
}
