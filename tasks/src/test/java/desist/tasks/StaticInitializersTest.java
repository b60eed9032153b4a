// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Loops that are called by static initializers: each test has a class of its own for that. */
class StaticInitializersTest {
  private static final int MANY = 1000;

  @Test
  void loopsInAStaticInitializerEnd() throws Exception {
    assertThat(TestThreads.start(() -> Initialized.SUM.get()).join())
        .isEqualTo(Initialized.LOOPS * (100 * 99 / 2));
  }

  private static final class Initialized {
    static final int LOOPS = 2000;
    static final AtomicLong SUM = new AtomicLong();

    static {
      for (int loop = 0; loop < LOOPS; loop++) {
        Parallel.forRange(0, 100, i -> SUM.addAndGet(i));
      }
    }
  }

  @Test
  void aLoopWithALambdaOfTheClassAsksForNoHelp() {
    assertThat(WithLambda.asked).isZero();
    assertThat(WithLambda.askForHelp()).as("once it is initialized").isPositive();
  }

  private static final class WithLambda {
    static int asked = askForHelp();

    static int askForHelp() {
      Asked help = new Asked();
      Parallel.forRange(0, MANY, help.options(), i -> {});
      return help.count();
    }
  }

  @Test
  void aLoopWithAnAnonymousClassInItAsksForNoHelp() {
    assertThat(WithAnonymousClass.asked).isZero();
  }

  private static final class WithAnonymousClass {
    static int asked;

    static {
      Asked help = new Asked();
      Parallel.forRange(
          0,
          MANY,
          help.options(),
          new ThrowingIntConsumer() {
            @Override
            public void accept(int i) {}
          });
      asked = help.count();
    }
  }

  @Test
  void aLoopWithALocalOfTheClassAsksForNoHelp() {
    assertThat(WithLocal.asked).isZero();
  }

  private static final class WithLocal {
    static int asked;

    static {
      Asked help = new Asked();
      Parallel.forRangeWithLocal(
          0, MANY, help.options(), () -> 1, Elsewhere.<Integer>bodyWithLocal(), Elsewhere.body());
      Parallel.forRangeWithLocal(
          0, MANY, help.options(), LoopLocals.NONE.localInit(), Elsewhere.bodyWithLocal(), l -> {});
      asked = help.count();
    }
  }

  @Test
  void aLoopOverASourceOfTheClassAsksForNoHelp() {
    assertThat(WithSource.asked).isZero();
  }

  private static final class WithSource {
    static int asked;

    static {
      Asked help = new Asked();
      Iterable<Integer> source = () -> IntStream.range(0, MANY).iterator();
      Parallel.forEach(source, help.options(), Elsewhere.body());
      Parallel.forEach(Partitioner.create(source), help.options(), Elsewhere.body());
      asked = help.count();
    }
  }

  @Test
  void aLoopOverAListOfTheClassAsksForNoHelp() {
    assertThat(Numbers.asked).isZero();
  }

  private static final class Numbers extends AbstractList<Integer> implements RandomAccess {
    static int asked;

    static {
      Asked help = new Asked();
      Parallel.forEach(new Numbers(), help.options(), Elsewhere.body());
      asked = help.count();
    }

    @Override
    public Integer get(int index) {
      return index;
    }

    @Override
    public int size() {
      return MANY;
    }
  }

  @Test
  void invokeWithALaterActionOfTheClassAsksForNoHelp() {
    assertThat(WithAction.asked).isZero();
  }

  private static final class WithAction {
    static int asked;

    static {
      Asked help = new Asked();
      Parallel.invoke(help.options(), Elsewhere.action(), Elsewhere.action(), () -> {});
      asked = help.count();
    }
  }

  @Test
  void aLoopThatTheInitializerOfAClassAboveCallsAsksForNoHelp() {
    assertThat(Descendant.askedFirst()).isZero();
  }

  /** Calls the class below it, which is in the midst of being initialized. */
  static class Ancestor {
    static int asked = Descendant.askForHelp();
  }

  @Test
  void aLoopOfCodeFromElsewhereAsksForHelp() {
    assertThat(Holder.asked).isPositive();
  }

  private static final class Holder {
    static int asked;

    static {
      Asked help = new Asked();
      Parallel.forEach(List.of(1, 2, 3), help.options(), Elsewhere.body());
      asked = help.count();
    }
  }
}
