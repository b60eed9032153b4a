// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class PiecesTest {
  private final LoopFlags flags = new LoopFlags();

  @Test
  void oneWalkTakesEveryIndexOnce() {
    BitSet taken = new BitSet();
    Pieces.Walk walk = new Pieces(0, 10_000, 4, flags).walk();
    while (walk.next()) {
      for (long i = walk.from(); i < walk.to(); i++) {
        assertThat(taken.get((int) i)).isFalse();
        taken.set((int) i);
      }
    }
    assertThat(taken.cardinality()).isEqualTo(10_000);
  }

  @Test
  void aSecondWalkBeginsInTheMiddle() {
    Pieces pieces = new Pieces(0, 100, 2, flags);
    pieces.walk();
    Pieces.Walk second = pieces.walk();

    assertThat(second.next()).isTrue();
    assertThat(second.from()).isEqualTo(50);
    assertThat(second.to()).isEqualTo(51);
  }

  @Test
  void aLoneWorkerGetsTheIndexesInOrder() {
    long expected = -5;
    Pieces.Walk walk = new Pieces(-5, 1000, 1, flags).walk();
    while (walk.next()) {
      assertThat(walk.from()).isEqualTo(expected);
      expected = walk.to();
    }
    assertThat(expected).isEqualTo(1000);
  }

  @Test
  void aRangeMayHaveMoreIndexesThanALongCanTell() {
    Pieces pieces = new Pieces(Long.MIN_VALUE, Long.MAX_VALUE, 2, flags);
    Pieces.Walk first = pieces.walk();
    Pieces.Walk second = pieces.walk();

    assertThat(first.next()).isTrue();
    assertThat(first.from()).isEqualTo(Long.MIN_VALUE);
    assertThat(second.next()).isTrue();
    assertThat(second.from()).isEqualTo(-1);
    assertThat(new Pieces(Long.MIN_VALUE, Long.MAX_VALUE, 1, flags).walk().next()).isTrue();
  }

  @Test
  void nothingIsTakenOnceTheLoopIsToEnd() {
    Pieces.Walk walk = new Pieces(0, 100, 1, flags).walk();
    flags.stop();
    assertThat(walk.next()).isFalse();
  }

  @Test
  void whatLiesAboveABreakIsPassedOver() {
    Pieces pieces = new Pieces(0, 100, 2, flags);
    pieces.walk();
    Pieces.Walk second = pieces.walk();
    flags.breakAt(10);

    assertThat(second.next()).isTrue();
    assertThat(second.from()).isZero();
  }

  @Test
  void thereIsNothingLeftOnceAllIsTaken() {
    Pieces pieces = new Pieces(0, 3, 2, flags);
    assertThat(pieces.isAnyLeft()).isTrue();
    Pieces.Walk walk = pieces.walk();
    while (walk.next()) {
      assertThat(walk.to()).isGreaterThan(walk.from());
    }
    assertThat(pieces.isAnyLeft()).isFalse();
  }
}
