// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoungeTest {
  private final Lounge lounge = new Lounge();

  @Test
  void lastOfTheWorkersToRestEndsTheRestOfAll() throws Exception {
    lounge.enter();
    lounge.enter();

    var other = TestThreads.start(() -> lounge.await(0)).awaitBlocked();

    assertThat(lounge.await(0)).isFalse();
    assertThat(other.join()).isFalse();
  }

  @Test
  void workerThatLeavesEndsTheRestOfThoseThatAreLeft() throws Exception {
    lounge.enter();
    lounge.enter();

    var other = TestThreads.start(() -> lounge.await(0)).awaitBlocked();
    lounge.leave();

    assertThat(other.join()).isFalse();
  }

  @Test
  void releaseThatCameBeforeTheRestIsNotMissed() {
    lounge.enter();
    long seen = lounge.releases();
    lounge.released();

    assertThat(lounge.await(seen)).isTrue();
  }

  @Test
  void releaseWakesWhoRests() throws Exception {
    lounge.enter();
    lounge.enter();

    var other = TestThreads.start(() -> lounge.await(0)).awaitBlocked();
    lounge.released();

    assertThat(other.join()).isTrue();
  }

  @Test
  void workerThatHasMissedAReleaseDoesNotEndTheRestOfOthers() throws Exception {
    lounge.enter();
    lounge.released();
    assertThat(lounge.await(0)).isTrue();
    lounge.enter();

    var other = TestThreads.start(() -> lounge.await(1)).awaitBlocked();
    lounge.released();

    assertThat(other.join()).isTrue();
  }

  @Test
  void closeEndsTheRestOfAll() throws Exception {
    lounge.enter();
    lounge.enter();

    var other = TestThreads.start(() -> lounge.await(0)).awaitBlocked();
    lounge.close();

    assertThat(other.join()).isFalse();
    assertThat(lounge.await(0)).isFalse();
  }
}
