// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import org.jspecify.annotations.Nullable;

/**
 * The rarer parts of a token, made when one of them is first needed, so that other tokens stay
 * small. Everything here is guarded by the token's lock.
 */
final class Extras {
  /** The links to the parents: null, a {@link Link} or a {@link Links}. */
  @Nullable Object links;

  /** Why cancellation was requested: null, a Throwable, or the Duration of a delay that passed. */
  @Nullable Object reason;

  /** The delay that is running, if any; with a provider of the user's, also one that is not. */
  @Nullable Delay delay;

  /** The newest of those to wake as soon as cancellation is requested. */
  TokenWatch.@Nullable Entry watchers;

  @Nullable WaitHandle handle;

  /** How often the token was reset; links made before a reset are cut by it. */
  int resets;

  /** The thread that runs the callbacks, while they run. */
  @Nullable Thread runner;

  /** The callback or link that the runner has taken off the list and not finished, if any. */
  @Nullable Node running;

  /** Those who wait for {@link #running} to end. */
  @Nullable RunWaiter waiters;

  private Extras(@Nullable Object ext) {
    if (ext instanceof CancellationTokenRegistration plain) {
      running = plain;
    } else {
      links = ext;
    }
  }

  /**
   * Returns the rarer parts that a token has or, made from what it has instead, new ones. These
   * count once somebody has put them there, under the lock and if it is still there what was seen.
   */
  static Extras of(@Nullable Object ext) {
    return ext instanceof Extras extras ? extras : new Extras(ext);
  }
}
