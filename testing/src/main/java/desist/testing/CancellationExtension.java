// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.TimeProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit extension that hands each test a clock and a cancellation of its own, and fails the test
 * that leaves something registered.
 *
 * {@snippet lang = java:
 * @ExtendWith(CancellationExtension.class)
 * final class LeaseTest {
 *   @Test
 *   void leaseEndsAfterAMinute(FakeTimeProvider clock, CancellationToken token) {
 *     try (Lease lease = Lease.take(Duration.ofMinutes(1), clock, token)) {
 *       clock.advance(Duration.ofMinutes(1));
 *       assertTrue(lease.isOver());
 * }}}}
 *
 * <p>A test method, its {@code @BeforeEach} and {@code @AfterEach} methods and the constructor of
 * its class may ask for a parameter of type {@link FakeTimeProvider}, {@link TimeProvider} (which
 * is the same clock), {@link CancellationTokenSource} or {@link CancellationToken}. All of them get
 * the same clock, the same source and that source's token; the next test gets new ones. What
 * belongs to a whole class, such as a {@code @BeforeAll} method, cannot have them.
 *
 * <p>When the test and its {@code @AfterEach} methods have ended, a source that anyone asked for is
 * canceled, so that what still works for the test stops, and closed. Callbacks which are then still
 * registered, on it or on a source linked to it, {@linkplain
 * CancellationTokenSource#registrationCount() count} as left behind: they fail the test, with a
 * message that says how many. Those of waits and of tasks that have not ended count too, so a test
 * that starts a loop cancels the source and waits for the loop itself. A test that has failed
 * already is not blamed for them. What a callback throws on being canceled at the end is reported
 * too.
 *
 * <p>Needs JUnit 5.12 or later.
 *
 * @dotnet none
 * @since 1.0
 */
public final class CancellationExtension implements ParameterResolver, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(CancellationExtension.class);
  private static final Set<Class<?>> CLOCKS = Set.of(FakeTimeProvider.class, TimeProvider.class);
  private static final Set<Class<?>> CANCELLATION =
      Set.of(CancellationTokenSource.class, CancellationToken.class);

  /**
   * Makes the extension; JUnit calls this.
   *
   * @dotnet none
   * @since 1.0
   */
  public CancellationExtension() {}

  /**
   * Lets constructors have what belongs to the test for which they are called.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  /**
   * Returns whether the parameter is of one of the four types.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return CLOCKS.contains(type) || CANCELLATION.contains(type);
  }

  /**
   * Returns the test's clock, source or token.
   *
   * @throws ParameterResolutionException if the parameter belongs to no single test
   * @dotnet none
   * @since 1.0
   */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "A "
              + type.getSimpleName()
              + " belongs to one test: it can be had by a test, @BeforeEach or @AfterEach method,"
              + " or by a constructor that runs for each test");
    }
    ExtensionContext.Store store = context.getStore(NAMESPACE);
    if (CLOCKS.contains(type)) {
      return store.getOrComputeIfAbsent(FakeTimeProvider.class);
    }
    CancellationTokenSource source = store.getOrComputeIfAbsent(CancellationTokenSource.class);
    return type == CancellationToken.class ? source.token() : source;
  }

  /**
   * Cancels the test's source, and fails the test if something was still registered.
   *
   * @throws AssertionError if the test left registrations behind
   * @dotnet none
   * @since 1.0
   */
  @Override
  public void afterEach(ExtensionContext context) {
    CancellationTokenSource source =
        context
            .getStore(NAMESPACE)
            .get(CancellationTokenSource.class, CancellationTokenSource.class);
    if (source == null) {
      return;
    }
    int leftBehind = source.registrationCount();
    Throwable failure = cancelAndClose(source);
    if (leftBehind > 0 && context.getExecutionException().isEmpty()) {
      throw new AssertionError(LeftBehind.by("The test", leftBehind), failure);
    }
    if (failure != null) {
      throw new AssertionError("A callback failed when the test's source was canceled", failure);
    }
  }

  private static @Nullable Throwable cancelAndClose(CancellationTokenSource source) {
    try (source) {
      source.tryCancel();
      return null;
    } catch (RuntimeException | Error failure) {
      return failure;
    }
  }
}
