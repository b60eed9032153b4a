// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import static java.util.Objects.requireNonNull;

import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about what work does to the token that it is given.
 *
 * @dotnet none
 * @since 1.0
 */
public final class CancellationAssertions {
  private CancellationAssertions() {}

  /**
   * Runs a body with the token of a new source, and fails if it leaves something registered.
   *
   * <p>That is, as {@link CancellationTokenSource#registrationCount()} counts: a callback that was
   * not taken off, on the token or on a source linked to it, or a wait or task with the token that
   * has not ended. So the body waits for what it starts. The source is not canceled.
   *
   * {@snippet lang = java:
   * assertNothingLeftRegistered(token -> assertEquals(3, reader.countLines(file, token)));
   * }
   *
   * <p>What the body throws is thrown as it is if nothing is left, and is otherwise the cause of
   * the failure: an exception that a test expects does not hide what was left on the way to it.
   *
   * @param <X> what the body may throw
   * @param body what to run, on this thread
   * @throws X if the body fails
   * @throws AssertionError if the body leaves registrations behind
   * @throws NullPointerException if {@code body} is null
   * @dotnet none
   * @since 1.0
   */
  public static <X extends Exception> void assertNothingLeftRegistered(CancelableBody<X> body)
      throws X {
    try (CancellationTokenSource source = new CancellationTokenSource()) {
      assertNothingLeftRegistered(source, body);
    }
  }

  /**
   * Runs a body with the token of a source that others use too, and fails if more is registered
   * afterwards than was before.
   *
   * <p>Meant for a source that nothing else registers with meanwhile. On one that is canceled
   * nothing is left, whatever the body does: its callbacks have run.
   *
   * @param <X> what the body may throw
   * @param source the source whose registrations are counted
   * @param body what to run, on this thread
   * @throws X if the body fails
   * @throws AssertionError if the body leaves registrations behind
   * @throws ObjectDisposedException if {@code source} is closed
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static <X extends Exception> void assertNothingLeftRegistered(
      CancellationTokenSource source, CancelableBody<X> body) throws X {
    requireNonNull(body, "body");
    int before = requireNonNull(source, "source").registrationCount();
    try {
      body.run(source.token());
    } catch (Throwable failure) {
      requireNoMore(source, before, failure);
      throw failure;
    }
    requireNoMore(source, before, null);
  }

  private static void requireNoMore(
      CancellationTokenSource source, int before, @Nullable Throwable failure) {
    int left = source.registrationCount() - before;
    if (left > 0) {
      throw new AssertionError(LeftBehind.by("The body", left), failure);
    }
  }
}
