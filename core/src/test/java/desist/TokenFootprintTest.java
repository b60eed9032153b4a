// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationTokenSource.createLinkedTokenSource;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.GraphLayout;

/** Bytes per object with compressed oops, bytes allocated, and what is held by whom. */
class TokenFootprintTest {
  private static final Runnable NOTHING = () -> {};
  private static final int CALLS = 10_000;

  @Test
  void aSourceWithItsTokenTakesFortyBytes() {
    CancellationTokenSource source = new CancellationTokenSource();

    assertThat(ClassLayout.parseInstance(source).instanceSize()).isEqualTo(16);
    assertThat(ClassLayout.parseInstance(source.token()).instanceSize()).isEqualTo(24);
    assertThat(GraphLayout.parseInstance(source).totalSize()).isEqualTo(40);
  }

  @Test
  void aRegistrationTakesThirtyTwoBytesMore() {
    CancellationTokenSource source = new CancellationTokenSource();
    long before = GraphLayout.parseInstance(source).totalSize();

    source.token().register(NOTHING);

    assertThat(added(source, before)).isEqualTo(32);
  }

  @Test
  void aRegistrationWithStateTakesThirtyTwoBytesMore() {
    CancellationTokenSource source = new CancellationTokenSource();
    long before = GraphLayout.parseInstance(source).totalSize();

    source.token().registerWith(source, CancellationTokenSource::close);

    long callback = 16;
    assertThat(GraphLayout.parseInstance(source).totalSize() - before).isEqualTo(32 + callback);
  }

  @Test
  void aLinkedTokenTakesThirtyTwoBytesMoreThanAPlainOne() {
    CancellationTokenSource parent = new CancellationTokenSource();
    CancellationTokenSource child = createLinkedTokenSource(parent.token());

    long parents = GraphLayout.parseInstance(parent.token()).totalSize();

    assertThat(GraphLayout.parseInstance(child).totalSize() - parents).isEqualTo(40 + 32);
    assertThat(GraphLayout.parseInstance(parent).totalSize()).isEqualTo(40);
  }

  @Test
  void nothingIsLeftAfterUnregisterCancelAndClose() {
    CancellationTokenSource parent = new CancellationTokenSource();
    CancellationTokenSource child = createLinkedTokenSource(parent.token());
    CancellationTokenRegistration removed = child.token().register(NOTHING);
    removed.unregister();
    assertThat(GraphLayout.parseInstance(parent).totalSize()).isEqualTo(40);
    assertThat(ClassLayout.parseInstance(removed).instanceSize()).isEqualTo(32);

    child.token().register(NOTHING);
    child.close();
    assertThat(GraphLayout.parseInstance(parent).totalSize()).isEqualTo(40);
    assertThat(GraphLayout.parseInstance(child).totalSize()).isEqualTo(40);
  }

  @Test
  void aCallbackIsReleasedByWhateverEndsIt() {
    for (Ending ending : Ending.values()) {
      CancellationTokenSource source = new CancellationTokenSource();
      Object[] held = {new Object()};
      CancellationTokenRegistration registration =
          source.token().registerWith(held[0], state -> {});
      WeakReference<Object> state = new WeakReference<>(held[0]);
      held[0] = null;

      ending.apply(source, registration);

      TestThreads.awaitCollection(state);
      assertThat(registration.token()).isNotNull();
      assertThat(source).isNotNull();
    }
  }

  @Test
  void aForgottenChildIsCollectedAndOneWithACallbackRuns() {
    CancellationTokenSource parent = new CancellationTokenSource();
    WeakReference<CancellationToken> forgotten =
        new WeakReference<>(createLinkedTokenSource(parent.token()).token());
    boolean[] ran = {false};
    createLinkedTokenSource(parent.token()).token().register(() -> ran[0] = true);

    TestThreads.awaitCollection(forgotten);
    parent.cancel();

    assertThat(ran[0]).isTrue();
  }

  @Test
  void aRequestedChildDoesNotKeepItsParents() {
    CancellationTokenSource[] parents = {
      new CancellationTokenSource(), new CancellationTokenSource()
    };
    CancellationTokenSource child = createLinkedTokenSource(parents[0].token(), parents[1].token());
    WeakReference<CancellationToken> other = new WeakReference<>(parents[1].token());
    child.token().register(NOTHING);
    parents[0].cancel();
    parents[1] = null;

    TestThreads.awaitCollection(other);

    assertThat(child.isCancellationRequested()).isTrue();
    assertThat(parents[0].isCancellationRequested()).isTrue();
  }

  @Test
  void aChildThatWasOnlyPolledDoesNotKeepItsCanceledParent() {
    CancellationTokenSource[] parent = {new CancellationTokenSource()};
    CancellationTokenSource child = createLinkedTokenSource(parent[0].token());
    WeakReference<CancellationToken> gone = new WeakReference<>(parent[0].token());
    parent[0].cancel();
    assertThat(child.isCancellationRequested()).isTrue();
    parent[0] = null;

    TestThreads.awaitCollection(gone);

    assertThat(child.isCancellationRequested()).isTrue();
  }

  @Test
  void aChildCanceledByItselfDoesNotKeepItsParent() {
    CancellationTokenSource[] parent = {new CancellationTokenSource()};
    CancellationTokenSource child = createLinkedTokenSource(parent[0].token());
    WeakReference<CancellationToken> gone = new WeakReference<>(parent[0].token());
    child.cancel();
    parent[0] = null;

    TestThreads.awaitCollection(gone);

    assertThat(child.isCancellationRequested()).isTrue();
  }

  @Test
  void aParentsCancelReleasesAChildWithADelay() {
    CancellationTokenSource parent = new CancellationTokenSource();
    WeakReference<CancellationToken> child =
        new WeakReference<>(createLinkedTokenSource(Duration.ofDays(1), parent.token()).token());

    parent.cancel();

    TestThreads.awaitCollection(child);
  }

  @Test
  void pollingAllocatesNothing() {
    CancellationToken token =
        createLinkedTokenSource(
                createLinkedTokenSource(new CancellationTokenSource().token()).token(),
                new CancellationTokenSource().token())
            .token();
    assertThat(allocatedBy(token::isCancellationRequested)).isLessThan(CALLS);
  }

  @Test
  void lookingForADeadlineAllocatesNothingWhereThereIsNoneAndNoParent() {
    CancellationToken token = new CancellationTokenSource().token();

    assertThat(allocatedBy(() -> token.remaining().isPresent())).isLessThan(CALLS);
  }

  private static long allocatedBy(BooleanSupplier question) {
    ask(question);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    ask(question);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void ask(BooleanSupplier question) {
    for (int i = 0; i < CALLS; i++) {
      if (question.getAsBoolean()) {
        throw new AssertionError("is canceled, or has a deadline");
      }
    }
  }

  private static long added(CancellationTokenSource source, long before) {
    long callback = ClassLayout.parseInstance(NOTHING).instanceSize();
    return GraphLayout.parseInstance(source).totalSize() - before - callback - sentinel();
  }

  /** The object that stands in for the state of all registrations without one. */
  private static long sentinel() {
    return ClassLayout.parseInstance(CancellationTokenRegistration.RUNNABLE).instanceSize();
  }

  private enum Ending {
    UNREGISTER {
      @Override
      void apply(CancellationTokenSource source, CancellationTokenRegistration registration) {
        registration.unregister();
      }
    },
    CANCEL {
      @Override
      void apply(CancellationTokenSource source, CancellationTokenRegistration registration) {
        source.cancel();
      }
    },
    CLOSE {
      @Override
      void apply(CancellationTokenSource source, CancellationTokenRegistration registration) {
        source.close();
      }
    },
    RESET {
      @Override
      void apply(CancellationTokenSource source, CancellationTokenRegistration registration) {
        source.tryReset();
      }
    },
    SKIP {
      @Override
      void apply(CancellationTokenSource source, CancellationTokenRegistration registration) {
        source
            .token()
            .register(
                () -> {
                  throw new IllegalStateException("skips the rest");
                });
        try {
          source.cancelThrowOnFirstException();
        } catch (IllegalStateException expected) {
          // the registration is what this is about
        }
      }
    };

    abstract void apply(CancellationTokenSource source, CancellationTokenRegistration registration);
  }
}
