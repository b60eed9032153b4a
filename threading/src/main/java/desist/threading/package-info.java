// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Events, semaphores, barriers and queues whose waits a token can end.
 *
 * <p>These rules hold for every wait here:
 *
 * <ul>
 *   <li>A wait whose token is canceled, whose time is over or whose thread is interrupted takes
 *       nothing: no permit, no signal, no item. Of several ends that coincide one wins, whole.
 *   <li>What is wrong is told in this order: bad arguments, an interrupt that is pending on entry,
 *       a closed object, a token on which cancellation is requested; only then the state is looked
 *       at. So a wait with a canceled token throws also where it could have gone on at once. Only
 *       {@code addToAny}, {@code takeFromAny} and a consuming loop that is at its end look at the
 *       state before the token.
 *   <li>The exception is an {@link desist.OperationCanceledException} with the token that was given
 *       to the wait, and with that token's reason as its cause.
 *   <li>A wait registers with its token only if it has to block, and leaves nothing behind on it.
 *       It is woken in its turn among the token's callbacks, the newest of which runs first; one
 *       that blocks holds it up.
 *   <li>Closing an object wakes those who wait on it with an {@link
 *       desist.ObjectDisposedException}.
 *   <li>Waits park their thread; a virtual thread gives up its carrier, and a worker of a
 *       ForkJoinPool is compensated for. Nothing of the user's runs on a thread that sets,
 *       releases, signals or cancels, but for what a {@link desist.threading.Barrier} is given to
 *       run at the end of a phase.
 *   <li>A time-out of zero or less means not to wait at all, {@link desist.Timeout#INFINITE} for
 *       ever. No wait ends early.
 * </ul>
 */
@NullMarked
package desist.threading;

import org.jspecify.annotations.NullMarked;
