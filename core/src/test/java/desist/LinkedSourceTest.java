// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.LINKED;
import static desist.CancellationToken.RAISED;
import static desist.CancellationToken.REQUESTED;
import static desist.CancellationTokenSource.createLinkedTokenSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a linked source promises: never behind, in its place, and nothing left behind. */
class LinkedSourceTest {
  private final CancellationTokenSource parent = new CancellationTokenSource();
  private final CancellationTokenSource child = createLinkedTokenSource(parent.token());
  private final CancellationToken token = child.token();
  private final List<String> log = new ArrayList<>();

  @Test
  void aChildIsRequestedAsSoonAsItsParentIs() {
    token.register(() -> log.add("child " + token.isCancellationRequested()));
    CancellationTokenSource grandchild = createLinkedTokenSource(token);
    parent
        .token()
        .register(
            () -> {
              log.add("parent first, child " + token.isCancellationRequested());
              grandchild.token().register(() -> log.add("registering runs inline"));
              assertThat(grandchild.tryReset()).isFalse();
            });

    parent.cancel();

    assertThat(log)
        .containsExactly("parent first, child true", "registering runs inline", "child true");
  }

  @Test
  void aPollWaitsUntilAParentThatHasDroppedItsLinksSaysWhy() throws Exception {
    int s = token.lock();
    token.ext = null; // as when a run begins, a moment before the state says so
    CancellationToken ofTwo =
        createLinkedTokenSource(token, new CancellationTokenSource().token()).token();

    var polling = TestThreads.start(ofTwo::isCancellationRequested).awaitBlocked();
    token.state = s & ~LINKED | REQUESTED | RAISED;

    assertThat(polling.join()).isTrue();
  }

  @Test
  void aPollDoesNotWaitForWhatElseIsDoneToAParent() throws Exception {
    CancellationToken ofTwo =
        createLinkedTokenSource(parent.token(), new CancellationTokenSource().token()).token();
    int s = parent.token().lock();

    assertThat(TestThreads.start(ofTwo::isCancellationRequested).join()).isFalse();
    parent.token().state = s;
  }

  @Test
  void whoWaitsOnAChildWakesBeforeTheParentsCallbacksHaveRun() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    var waiting =
        TestThreads.start(
            () -> {
              token.awaitCancellation();
              woken.countDown();
              return null;
            });
    waiting.awaitBlocked();
    parent.token().register(() -> assertThat(catchThrowable(woken::await)).isNull());

    parent.cancel();

    waiting.join();
  }

  @Test
  void aChildTakesItsPlaceWhenItFirstHasSomethingToRun() {
    parent.token().register(() -> log.add("parent 1"));
    token.register(() -> log.add("child 1"));
    parent.token().register(() -> log.add("parent 2"));
    token.register(() -> log.add("child 2"));

    parent.cancel();

    assertThat(log).containsExactly("parent 2", "child 2", "child 1", "parent 1");
  }

  @Test
  void exceptionsNestOnceForEachLevel() {
    createLinkedTokenSource(token)
        .token()
        .register(
            () -> {
              throw new IllegalStateException("deep");
            });

    AggregateException failure = catchThrowableOfType(AggregateException.class, parent::cancel);

    assertThat(failure.innerExceptions()).singleElement().isInstanceOf(AggregateException.class);
    assertThat(failure.getBaseException()).hasMessage("deep");
  }

  @Test
  void aChildsOwnCancelRunsItsCallbacksBeforeItsTurnAndKeepsTheParentsReason() {
    token.register(() -> log.add("child"));
    parent
        .token()
        .register(
            () -> {
              child.cancelBecause(new IllegalStateException("child's"));
              log.add("after");
            });

    parent.cancelBecause(new IllegalStateException("parent's"));

    assertThat(log).containsExactly("child", "after");
    assertThat(token.reason()).hasMessage("parent's");
  }

  @Test
  void closeAfterTheRequestTakesNothingAway() {
    token.register(() -> log.add("child"));
    parent.token().register(child::close);

    parent.cancel();

    assertThat(log).containsExactly("child");
    assertThat(token.isCancellationRequested()).isTrue();
  }

  @Test
  void closeBeforeTheRequestDetaches() {
    token.register(() -> log.add("child"));
    child.close();
    assertThat(parent.registrationCount()).isZero();

    parent.cancel();

    assertThat(log).isEmpty();
    assertThat(token.isCancellationRequested()).isFalse();
  }

  @Test
  void closingOrResettingAParentCutsItsLinksAlsoThoseNotYetRegistered() {
    CancellationTokenSource root = new CancellationTokenSource();
    CancellationTokenSource middle = createLinkedTokenSource(root.token());
    CancellationTokenSource lazy = createLinkedTokenSource(middle.token());
    CancellationTokenSource eager = createLinkedTokenSource(middle.token());
    eager.token().register(() -> log.add("eager"));

    assertThat(middle.tryReset()).isTrue();
    CancellationTokenSource later = createLinkedTokenSource(middle.token());
    assertThat(root.registrationCount()).isZero();
    root.cancel();

    assertThat(middle.isCancellationRequested()).isTrue();
    assertThat(later.isCancellationRequested()).isTrue();
    assertThat(lazy.isCancellationRequested()).isFalse();
    assertThat(eager.isCancellationRequested()).isFalse();
    lazy.token().register(() -> log.add("lazy"));
    lazy.cancel();
    assertThat(log).containsExactly("lazy");
  }

  @Test
  void aParentKnowsOnlyChildrenThatHaveSomethingToRun() {
    CancellationTokenSource grandchild = createLinkedTokenSource(token, parent.token());
    assertThat(parent.registrationCount()).isZero();
    CancellationTokenRegistration first = grandchild.token().register(() -> log.add("first"));
    CancellationTokenRegistration second = grandchild.token().register(() -> log.add("second"));
    assertThat(parent.registrationCount()).isEqualTo(2);

    first.unregister();
    assertThat(parent.registrationCount()).isEqualTo(2);
    second.unregister();

    assertThat(parent.registrationCount()).isZero();
    assertThat(child.registrationCount()).isZero();
    grandchild.token().register(() -> log.add("third"));
    parent.cancel();
    assertThat(log).containsExactly("third");
  }

  @Test
  void ofTwoParentsTheFirstThatIsNoticedGivesTheReason() {
    CancellationTokenSource other = new CancellationTokenSource();
    CancellationToken both = createLinkedTokenSource(parent.token(), other.token()).token();

    other.cancelBecause(new IllegalStateException("other"));
    assertThat(both.reason()).hasMessage("other");
    parent.cancelBecause(new IllegalStateException("parent"));

    assertThat(both.reason()).hasMessage("other");
  }

  @Test
  void aChainOfAnyLengthIsCanceledInBoundedStack() {
    AtomicInteger runs = new AtomicInteger();
    CancellationToken last = parent.token();
    for (int i = 0; i < 100_000; i++) {
      last = createLinkedTokenSource(last).token();
      last.register(runs::incrementAndGet);
    }
    last.register(
        () -> {
          throw new IllegalStateException("deepest");
        });

    AggregateException failure = catchThrowableOfType(AggregateException.class, parent::cancel);

    assertThat(runs).hasValue(100_000);
    assertThat(failure.flatten().innerExceptions())
        .singleElement()
        .hasToString("java.lang.IllegalStateException: deepest");
  }

  @Test
  void aChainWithoutCallbacksIsFollowedTooFromItsEnd() {
    CancellationToken last = parent.token();
    for (int i = 0; i < 100_000; i++) {
      last = createLinkedTokenSource(last, parent.token()).token();
    }
    assertThat(last.isCancellationRequested()).isFalse();
    CancellationTokenRegistration registration = last.register(() -> log.add("last"));
    assertThat(parent.registrationCount()).isPositive();
    registration.unregister();
    assertThat(parent.registrationCount()).isZero();

    parent.cancelBecause(new IllegalStateException("from the top"));

    assertThat(last.reason()).hasMessage("from the top");
  }

  @Test
  void stackedDiamondsDoNotMultiply() {
    CancellationToken last = parent.token();
    for (int i = 0; i < 30; i++) {
      CancellationTokenSource left = createLinkedTokenSource(last);
      CancellationTokenSource right = createLinkedTokenSource(last);
      last = createLinkedTokenSource(left.token(), right.token()).token();
    }
    assertThat(last.isCancellationRequested()).isFalse();
    last.register(() -> log.add("once"));

    parent.cancel();

    assertThat(log).containsExactly("once");
  }

  @Test
  void ancestorsThatWereKeptAreForgottenOnceTheyAreCutOff() {
    List<CancellationTokenSource> line = new ArrayList<>(List.of(parent, child));
    while (line.size() < 6) {
      line.add(createLinkedTokenSource(line.get(line.size() - 1).token()));
    }
    CancellationToken last = line.get(5).token();
    CancellationToken keeper = line.get(4).token();
    assertThat(last.isCancellationRequested()).isFalse();
    assertThat(keeper.links()).isInstanceOf(Links.class);
    CancellationToken root = parent.token();
    assertThat(Links.ancestors(keeper)).contains(root);

    child.close();

    assertThat(last.isCancellationRequested()).isFalse();
    assertThat(Links.ancestors(keeper)).doesNotContain(root, token).hasSize(2);
    parent.cancel();
    assertThat(last.isCancellationRequested()).isFalse();
    line.get(2).cancel();
    assertThat(last.isCancellationRequested()).isTrue();
  }

  @Test
  void remainingIsTheNearestDeadlineOfAll() {
    CancellationTokenSource hour = new CancellationTokenSource(Duration.ofHours(1));
    CancellationTokenSource day =
        createLinkedTokenSource(Duration.ofDays(1), hour.token(), parent.token());

    assertThat(parent.token().remaining()).isEmpty();
    assertThat(day.token().remaining())
        .hasValueSatisfying(
            left -> assertThat(left).isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
    parent.cancel();
    assertThat(day.token().remaining()).contains(Duration.ZERO);
  }

  @Test
  void aParentsCancelStopsTheChildsDelay() {
    CancellationTokenSource delayed = createLinkedTokenSource(Duration.ofDays(1), token);

    parent.cancel();

    assertThat(delayed.isCancellationRequested()).isTrue();
    assertThat(((Extras) delayed.token().ext).delay).isNull();
  }

  @Test
  void closingOneOfTwoParentsOfASourceWithADelayReturnsAndLeavesTheOther() throws Exception {
    CancellationTokenSource other = new CancellationTokenSource();
    CancellationTokenSource delayed =
        createLinkedTokenSource(Duration.ofDays(1), parent.token(), other.token());

    TestThreads.run(parent::close).join();
    other.cancel();

    assertThat(delayed.isCancellationRequested()).isTrue();
  }

  @Test
  void emptyListsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> createLinkedTokenSource(new CancellationToken[0]))
        .withMessageContaining("tokens");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> createLinkedTokenSource(List.of()))
        .withMessageContaining("tokens");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> createLinkedTokenSource(Duration.ZERO))
        .withMessageContaining("tokens");
  }

  @Test
  void closeWaitsForCallbacksRunOnBehalfOfAParent() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    token.register(
        () -> {
          running.countDown();
          assertThat(catchThrowable(release::await)).isNull();
          child.close();
          log.add("ended");
        });
    var canceling = TestThreads.run(parent::cancel);
    running.await();

    var closing = TestThreads.run(child::close).awaitBlocked();
    release.countDown();

    closing.join();
    assertThat(log).containsExactly("ended");
    canceling.join();
  }
}
