// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.cause;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.suppressed;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.CancellationTokenSource;
import desist.TimeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs small test classes with the extension, and looks at what became of them. */
final class CancellationExtensionTest {
  private static final List<Object> seen = new ArrayList<>();

  @BeforeEach
  void forget() {
    seen.clear();
  }

  @Test
  void testIsGivenAClockASourceAndItsToken() {
    assertSucceeds(run(AsksForAll.class), 1);

    assertThat(seen.get(0)).isInstanceOf(FakeTimeProvider.class);
    assertThat(seen.get(1)).isInstanceOf(CancellationTokenSource.class);
    assertThat(seen.get(2)).isInstanceOf(CancellationToken.class);
  }

  @ExtendWith(CancellationExtension.class)
  static final class AsksForAll {
    @Test
    void test(FakeTimeProvider clock, CancellationTokenSource source, CancellationToken token) {
      assertThat(source.token()).isSameAs(token);
      assertThat(token.isCancellationRequested()).isFalse();
      seen.addAll(List.of(clock, source, token));
    }
  }

  @Test
  void timeProviderIsTheTestsClock() {
    assertSucceeds(run(AsksForATimeProvider.class), 1);

    assertThat(seen.get(0)).isInstanceOf(FakeTimeProvider.class).isSameAs(seen.get(1));
  }

  @ExtendWith(CancellationExtension.class)
  static final class AsksForATimeProvider {
    @Test
    void test(TimeProvider given, FakeTimeProvider clock) {
      seen.addAll(List.of(given, clock));
    }
  }

  @Test
  void constructorBeforeTestAndAfterShareThem() {
    assertSucceeds(run(AsksEverywhere.class), 1);

    assertThat(seen).hasSize(8);
    assertThat(seen).filteredOn(FakeTimeProvider.class::isInstance).containsOnly(seen.get(0));
    assertThat(seen).filteredOn(CancellationToken.class::isInstance).containsOnly(seen.get(1));
  }

  @ExtendWith(CancellationExtension.class)
  static final class AsksEverywhere {
    AsksEverywhere(FakeTimeProvider clock, CancellationToken token) {
      seen.addAll(List.of(clock, token));
    }

    @BeforeEach
    void before(FakeTimeProvider clock, CancellationToken token) {
      seen.addAll(List.of(clock, token));
    }

    @Test
    void test(FakeTimeProvider clock, CancellationToken token) {
      seen.addAll(List.of(clock, token));
    }

    @AfterEach
    void after(FakeTimeProvider clock, CancellationToken token) {
      seen.addAll(List.of(clock, token));
    }
  }

  @Test
  void eachTestGetsItsOwn() {
    assertSucceeds(run(AsksInEachTest.class), 3);

    assertThat(seen).hasSize(6).doesNotHaveDuplicates();
  }

  @ExtendWith(CancellationExtension.class)
  static final class AsksInEachTest {
    AsksInEachTest(FakeTimeProvider clock) {
      seen.add(clock);
    }

    @RepeatedTest(2)
    void test(CancellationTokenSource source) {
      seen.add(source);
    }

    @Nested
    final class Inner {
      @Test
      void test(CancellationTokenSource source) {
        seen.add(source);
      }
    }
  }

  @Test
  void sourceIsCanceledWhenTheTestHasEnded() {
    assertSucceeds(run(KeepsItsToken.class), 1);

    assertThat(seen).containsExactly("running in the test", "running in @AfterEach");
    assertThat(KeepsItsToken.token.isCancellationRequested()).isTrue();
  }

  @ExtendWith(CancellationExtension.class)
  static final class KeepsItsToken {
    static CancellationToken token = CancellationToken.none();

    @Test
    void test(CancellationTokenSource source) {
      token = source.token();
      seen.add(state() + " in the test");
    }

    @AfterEach
    void after() {
      seen.add(state() + " in @AfterEach");
    }

    private static String state() {
      return token.isCancellationRequested() ? "canceled" : "running";
    }
  }

  @Test
  void testThatLeavesRegistrationsBehindFails() {
    Events tests = run(LeavesBehind.class);

    tests
        .assertThatEvents()
        .haveExactly(1, failed("one", "left 1 registration behind"))
        .haveExactly(1, failed("three", "left 3 registrations behind"))
        .haveExactly(1, failed("child", "left 1 registration behind"));
    assertThat(tests.failed().count()).isEqualTo(3);
    assertThat(seen).hasSize(5); // and what was left behind was told
  }

  @ExtendWith(CancellationExtension.class)
  static final class LeavesBehind {
    @Test
    void one(CancellationToken token) {
      token.register(() -> seen.add("one"));
    }

    @Test
    void three(CancellationToken token) {
      for (int i = 0; i < 3; i++) {
        token.register(() -> seen.add("three"));
      }
    }

    @Test
    void child(CancellationToken token) {
      CancellationTokenSource child = CancellationTokenSource.createLinkedTokenSource(token);
      child.token().register(() -> seen.add("child"));
    }
  }

  @Test
  void testThatClosesWhatItRegistersPasses() {
    assertSucceeds(run(CleansUp.class), 4);
  }

  @ExtendWith(CancellationExtension.class)
  static final class CleansUp {
    private CancellationTokenRegistration registration = CancellationTokenRegistration.none();

    @Test
    void closesItself(CancellationToken token) {
      try (CancellationTokenRegistration scoped = token.register(() -> seen.add("never"))) {
        assertThat(scoped.token()).isSameAs(token);
      }
    }

    @Test
    void isClosedByAfterEach(CancellationToken token) {
      registration = token.register(() -> seen.add("never"));
    }

    @Test
    void cancels(CancellationTokenSource source) {
      source.token().register(() -> seen.add("canceled"));
      source.cancel();
    }

    @Test
    void closesTheSource(CancellationTokenSource source) {
      source.token().register(() -> seen.add("never"));
      source.close();
    }

    @AfterEach
    void after() {
      registration.close();
      assertThat(seen).doesNotContain("never");
    }
  }

  @Test
  void linkedSourceWithoutCallbacksIsNotLeftBehind() {
    assertSucceeds(run(ForgetsALinkedSource.class), 1);
  }

  @ExtendWith(CancellationExtension.class)
  static final class ForgetsALinkedSource {
    @Test
    void test(FakeTimeProvider clock, CancellationToken token) {
      Duration minute = Duration.ofMinutes(1);
      var lease = CancellationTokenSource.createLinkedTokenSource(minute, clock, token);
      assertThat(lease.isCancellationRequested()).isFalse();
    }
  }

  @Test
  void failedTestIsNotBlamedForWhatItLeavesBehind() {
    Events tests = run(FailsFirst.class);

    tests
        .assertThatEvents()
        .haveExactly(
            1, event(test(), finishedWithFailure(message("the test's own"), nothingSuppressed())));
    assertThat(seen).containsExactly("told");
  }

  @ExtendWith(CancellationExtension.class)
  static final class FailsFirst {
    @Test
    void test(CancellationToken token) {
      token.register(() -> seen.add("told"));
      fail("the test's own");
    }
  }

  @Test
  void failureOfACallbackAtTheEndIsReported() {
    Events tests = run(LeavesAFailingCallback.class);

    tests
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test("leaves"),
                finishedWithFailure(
                    instanceOf(AssertionError.class),
                    message(text -> text.contains("left 1 registration")),
                    cause(instanceOf(AggregateException.class)))))
        .haveExactly(
            1,
            event(
                test("fails"),
                finishedWithFailure(
                    message("the test's own"), suppressed(0, instanceOf(AssertionError.class)))));
  }

  @ExtendWith(CancellationExtension.class)
  static final class LeavesAFailingCallback {
    @Test
    void leaves(CancellationToken token) {
      token.register(LeavesAFailingCallback::refuse);
    }

    @Test
    void fails(CancellationToken token) {
      token.register(LeavesAFailingCallback::refuse);
      fail("the test's own");
    }

    private static void refuse() {
      throw new IllegalStateException("from a callback");
    }
  }

  @Test
  void whatBelongsToAClassIsRefusedWithAReason() {
    Events containers =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(AsksForAClass.class))
            .execute()
            .containerEvents();

    containers
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                finishedWithFailure(
                    instanceOf(ParameterResolutionException.class),
                    message(text -> text.contains("belongs to one test")))));
  }

  @ExtendWith(CancellationExtension.class)
  static final class AsksForAClass {
    @BeforeAll
    static void before(CancellationTokenSource source) {
      seen.add(source);
    }

    @Test
    void test() {}
  }

  @Test
  void otherParametersAreLeftToOthers() {
    assertSucceeds(run(AsksForNothing.class), 1);
  }

  @ExtendWith(CancellationExtension.class)
  static final class AsksForNothing {
    @Test
    void test(TestInfo info) {
      assertThat(info.getDisplayName()).isNotEmpty();
    }
  }

  @Test
  void clockDrivesTheDelaysOfTheTest() {
    assertSucceeds(run(WaitsForAMinute.class), 1);
  }

  @ExtendWith(CancellationExtension.class)
  static final class WaitsForAMinute {
    @Test
    void test(FakeTimeProvider clock, CancellationToken token) {
      Duration minute = Duration.ofMinutes(1);
      try (CancellationTokenSource timeout =
          CancellationTokenSource.createLinkedTokenSource(minute, clock, token)) {
        clock.advance(minute.minusNanos(1));
        assertThat(timeout.isCancellationRequested()).isFalse();
        clock.advance(Duration.ofNanos(1));
        assertThat(timeout.isCancellationRequested()).isTrue();
        assertThat(token.isCancellationRequested()).isFalse();
      }
    }
  }

  private static Events run(Class<?> testClass) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(testClass))
        .execute()
        .testEvents();
  }

  private static void assertSucceeds(Events tests, int count) {
    tests.assertStatistics(statistics -> statistics.started(count).succeeded(count));
  }

  private static Condition<Throwable> nothingSuppressed() {
    return new Condition<>(failure -> failure.getSuppressed().length == 0, "nothing suppressed");
  }

  private static Condition<Event> failed(String test, String message) {
    return event(
        test(test),
        finishedWithFailure(
            instanceOf(AssertionError.class), message(text -> text.contains(message))));
  }
}
