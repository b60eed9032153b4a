// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.CancellationTokenSource;
import desist.TimeProvider;
import desist.Timeout;
import java.time.Duration;

/**
 * A token for clean-up work, which outlives the token of the work itself by a grace at most.
 *
 * <p>When the work's token is canceled, its clean-up still has things to do that take a token: give
 * a lease back, say goodbye, hand a job back to its queue. A shield's token is canceled when the
 * grace has passed since the other was; meanwhile it {@linkplain CancellationToken#remaining()
 * tells} how much of the grace is left. Its reason is the {@link
 * java.util.concurrent.TimeoutException} of that delay.
 *
 * {@snippet lang = java:
 * try (var shield = Shield.of(Duration.ofSeconds(5), token)) {
 *   try {
 *     copy(job, token);
 *   } finally {
 *     queue.release(job, shield.token());
 * }}}
 *
 * <p>A shield is made before the work, so that the grace counts from the moment of the
 * cancellation. If it is made when the token is canceled already, the grace counts from then. It is
 * closed when the clean-up is done; until then it is a registration on the token.
 *
 * @dotnet none
 * @since 1.0
 */
public final class Shield implements AutoCloseable {
  private final CancellationTokenSource source;
  private final CancellationTokenRegistration registration;

  private Shield(Duration grace, TimeProvider timeProvider, CancellationToken token) {
    source = new CancellationTokenSource(Timeout.INFINITE, timeProvider);
    registration = token.register(() -> source.cancelAfter(grace));
  }

  /**
   * Makes a shield whose grace counts on the system's clock.
   *
   * @param grace how long the clean-up may take; zero or less gives a token that is canceled right
   *     after the other
   * @param token the token of the work
   * @return the shield
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static Shield of(Duration grace, CancellationToken token) {
    return of(grace, TimeProvider.system(), token);
  }

  /**
   * Makes a shield whose grace counts on a clock of the caller's choice.
   *
   * @param grace how long the clean-up may take; zero or less gives a token that is canceled right
   *     after the other
   * @param timeProvider the clock
   * @param token the token of the work
   * @return the shield
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static Shield of(Duration grace, TimeProvider timeProvider, CancellationToken token) {
    return new Shield(
        requireNonNull(grace, "grace"),
        requireNonNull(timeProvider, "timeProvider"),
        requireNonNull(token, "token"));
  }

  /**
   * Returns the token for the clean-up.
   *
   * @return always the same token
   * @throws desist.ObjectDisposedException if this shield is closed
   * @dotnet none
   * @since 1.0
   */
  public CancellationToken token() {
    return source.token();
  }

  /**
   * Takes this shield off the work's token. Its own is not canceled any more. May be called again.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public void close() {
    registration.close(); // so that no delay is set on a closed source
    source.close();
  }

  /**
   * Returns the type with what the token says of itself.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return "Shield[" + source + "]";
  }
}
