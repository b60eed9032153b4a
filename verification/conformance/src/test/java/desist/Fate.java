// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.onOtherThread;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Tells whether things are still held, by asking the collector. */
final class Fate {
  private static final int THINGS = 10;
  private static final int ROUNDS = 20;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private Fate() {}

  /**
   * Makes ten things on one thread, runs {@code then} on another, so that no stack refers to them,
   * and collects: are they still held?
   */
  static String of(Callable<?> make, Body then) {
    List<WeakReference<Object>> things = new CopyOnWriteArrayList<>();
    onOtherThread(
        () -> {
          for (int i = 0; i < THINGS; i++) {
            things.add(new WeakReference<>(make.call()));
          }
        });
    onOtherThread(then);
    for (int i = 0; i < ROUNDS && alive(things) > 0; i++) {
      collect();
    }
    for (long start = System.nanoTime(); isUnclear(things) && !isOver(start); ) {
      collect(); // a thread is late to let go of some
    }
    long alive = alive(things);
    return alive == THINGS ? "held" : alive == 0 ? "released" : "unclear: " + alive + " held";
  }

  /** Collects until a thing that nobody holds is gone; fails if that takes ten seconds. */
  static void collect() {
    long start = System.nanoTime();
    WeakReference<Object> canary = new WeakReference<>(new Object());
    do {
      System.gc();
      if (isOver(start)) {
        throw new AssertionError("the collector does not collect");
      }
    } while (canary.get() != null);
  }

  private static boolean isOver(long start) {
    return System.nanoTime() - start > LIMIT_NANOS;
  }

  private static boolean isUnclear(List<WeakReference<Object>> things) {
    long alive = alive(things);
    return 0 < alive && alive < THINGS;
  }

  private static long alive(List<WeakReference<Object>> things) {
    return things.stream().filter(thing -> thing.get() != null).count();
  }
}
