// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.function.BinaryOperator;

/**
 * What one writes by hand: fork/join over a range that is halved until it is small. Nothing stops
 * it.
 */
final class HandForked<R> extends RecursiveTask<R> {
  private static final long serialVersionUID = 1L;

  /** What is done with a range that is small. */
  @FunctionalInterface
  interface Leaf<R> {
    R of(int from, int to);
  }

  private final int from;
  private final int to;
  private final int small;
  private final transient Leaf<R> leaf;
  private final transient BinaryOperator<R> merge;

  private HandForked(int from, int to, int small, Leaf<R> leaf, BinaryOperator<R> merge) {
    this.from = from;
    this.to = to;
    this.small = small;
    this.leaf = leaf;
    this.merge = merge;
  }

  /** Runs over [0, size) in leaves of no more than {@code small}. */
  static <R> R over(int size, int small, Leaf<R> leaf, BinaryOperator<R> merge) {
    return ForkJoinPool.commonPool().invoke(new HandForked<>(0, size, small, leaf, merge));
  }

  /** Runs over [0, size) with a leaf for each processor, or two. */
  static <R> R byProcessor(int size, Leaf<R> leaf, BinaryOperator<R> merge) {
    int processors = Runtime.getRuntime().availableProcessors();
    return over(size, Math.max(1, (size + processors - 1) / processors), leaf, merge);
  }

  @Override
  protected R compute() {
    if (to - from <= small) {
      return leaf.of(from, to);
    }
    int middle = (from + to) >>> 1;
    HandForked<R> right = new HandForked<>(middle, to, small, leaf, merge);
    right.fork();
    R left = new HandForked<>(from, middle, small, leaf, merge).compute();
    return merge.apply(left, right.join());
  }
}
