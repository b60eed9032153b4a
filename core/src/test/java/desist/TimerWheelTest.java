// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a wheel says that its entries are due. */
class TimerWheelTest {
  private static final long FARTHEST = (Long.MAX_VALUE >> TimerWheel.TICK_SHIFT) + 1;

  /** More than it takes to move all entries of a test through all levels. */
  private static final int MOST_LOOKS = 10_000;

  private final TimerWheel wheel = new TimerWheel();

  @Test
  void everyEntryIsDueAtItsTickIfItIsNotRemoved() {
    Random random = new Random(1);
    List<Entry> left = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 20_000; i++) {
      int magnitude = random.nextInt(45);
      Entry entry = new Entry(Math.min(FARTHEST, now + 1 + (random.nextLong() >>> 63 - magnitude)));
      wheel.add(entry, entry.tick);
      left.add(entry);
      if (random.nextInt(3) == 0) {
        Entry removed = left.remove(random.nextInt(left.size()));
        assertThat(wheel.remove(removed)).isTrue();
        removed.tick = -1;
      }
      if (random.nextInt(100) == 0) {
        now = Math.max(now, wheel.nextTick());
        left.removeAll(dueAt(now));
      }
    }
    while (!left.isEmpty()) {
      now = Math.max(now, wheel.nextTick());
      left.removeAll(dueAt(now));
    }
    assertThat(wheel.nextTick()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nothingIsDueBeforeItsTick() {
    for (long tick : new long[] {1, 63, 64, 65, 4095, 4096, 4097, 1L << 30, FARTHEST}) {
      TimerWheel fresh = new TimerWheel();
      Entry entry = new Entry(tick);
      fresh.add(entry, tick);

      while (fresh.nextTick() < tick) {
        long next = fresh.nextTick();
        assertThat(fresh.poll(next)).isNull();
        assertThat(fresh.nextTick()).isGreaterThan(next);
      }

      assertThat(fresh.nextTick()).isEqualTo(tick);
      assertThat(fresh.poll(tick - 1)).isNull();
      assertThat(fresh.poll(tick)).isSameAs(entry);
    }
  }

  @Test
  void whoAddsLearnsWhenTheWheelHasToBeLookedAt() {
    for (long tick : new long[] {1, 64, 4097, 1L << 30}) {
      TimerWheel fresh = new TimerWheel();

      long look = fresh.add(new Entry(tick), tick);

      assertThat(look).isEqualTo(fresh.nextTick()).isLessThanOrEqualTo(tick);
    }
  }

  @Test
  void anEntryThatIsLateIsDueAtOnce() {
    assertThat(wheel.poll(1_000_000)).isNull();
    Entry late = new Entry(5);
    wheel.add(late, 5);

    assertThat(wheel.poll(1_000_000)).isSameAs(late);
  }

  @Test
  void aWheelThatWasNotLookedAtForLongStillTellsRight() {
    Entry entry = new Entry(1_000_100);
    wheel.add(entry, entry.tick); // while the wheel stands at zero

    assertThat(wheel.poll(1_000_000)).isNull();
    assertThat(dueAt(1_000_100)).containsExactly(entry);
  }

  @Test
  void aWheelThatHasBeenLookedAtNeedNoSecondLookBefore() {
    assertThat(wheel.poll(1_000_000)).isNull();

    assertThat(wheel.add(new Entry(1_000_050), 1_000_050)).isGreaterThan(1_000_000);
  }

  @Test
  void whatIsDueIsNotHeldUpByManyThatAreNot() {
    long begin = 64 * 64;
    for (int i = 0; i < 10_000; i++) {
      wheel.add(new Entry(begin + 2_000), begin + 2_000);
    }
    assertThat(wheel.poll(begin)).isNull(); // has begun to move them
    Entry due = new Entry(begin);
    wheel.add(due, begin);

    assertThat(wheel.poll(begin)).isSameAs(due);
    assertThat(wheel.nextTick()).isLessThanOrEqualTo(begin); // and there is more to move
  }

  @Test
  void anEntryCanBeRemovedWhileItIsMoved() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      entries.add(new Entry(5_000));
      wheel.add(entries.get(i), 5_000);
    }
    assertThat(wheel.poll(64 * 64)).isNull();

    for (Entry entry : entries) {
      assertThat(wheel.remove(entry)).isTrue();
    }

    assertThat(wheel.poll(5_000)).isNull();
    assertThat(wheel.nextTick()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRemovedEntryHoldsNothingAndIsNotHeld() {
    Entry before = new Entry(7);
    Entry removed = new Entry(7);
    Entry after = new Entry(7);
    wheel.add(before, 7);
    wheel.add(removed, 7);
    wheel.add(after, 7);

    assertThat(wheel.remove(removed)).isTrue();

    assertThat(removed.wheel).isNull();
    assertThat(removed.previous).isNull();
    assertThat(removed.next).isNull();
    assertThat(wheel.remove(removed)).isFalse();
    assertThat(dueAt(7)).containsExactlyInAnyOrder(before, after);
  }

  private List<Entry> dueAt(long now) {
    List<Entry> all = new ArrayList<>();
    int looks = 0;
    do {
      assertThat(looks++).as("looks at tick %d", now).isLessThan(MOST_LOOKS);
      while (wheel.poll(now) instanceof Entry due) {
        assertThat(due.tick).isEqualTo(now);
        all.add(due);
      }
    } while (wheel.nextTick() <= now);
    return all;
  }

  private static final class Entry extends TimerEntry {
    private long tick;

    Entry(long tick) {
      this.tick = tick;
    }

    @Override
    void fire() {
      throw new AssertionError("the queue fires, not the wheel");
    }
  }
}
