// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import java.util.concurrent.locks.LockSupport;

/** A rectangle is walked row by row and column by column, until a key is pressed. */
public final class RectangleWalk {
  private static final int ROWS = 12;
  private static final int COLUMNS = 60;
  private static final long STEP_NANOS = 10_000_000;

  private RectangleWalk() {}

  public static void main(String[] args) {
    try (var source = new CancellationTokenSource()) {
      Keys.onPress(key -> source.tryCancel());
      int steps = walk(ROWS, COLUMNS, RectangleWalk::draw, source.token());
      System.out.printf("%n%d of %d steps%n", steps, ROWS * COLUMNS);
    }
  }

  /** Returns how many steps were made until the end, or until cancellation was requested. */
  static int walk(int rows, int columns, Step step, CancellationToken token) {
    int steps = 0;
    // snippet: walk
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        if (token.isCancellationRequested()) { // as cheap as reading a field
          return steps;
        }
        step.to(row, column);
        steps++;
      }
    }
    // end
    return steps;
  }

  private static void draw(int row, int column) {
    System.out.print(column == 0 && row > 0 ? "\n." : ".");
    System.out.flush();
    LockSupport.parkNanos(STEP_NANOS); // so that there is something to see
  }

  /** What is done at each place of the rectangle. */
  interface Step {
    void to(int row, int column);
  }
}
