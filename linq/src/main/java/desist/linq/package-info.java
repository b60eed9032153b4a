// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Parallel queries: operators that run on several threads, and that a token ends.
 *
 * {@snippet lang = java:
 * int[] primes = ParallelEnumerable.range(0, 10_000_000)
 *     .withCancellation(token)
 *     .where(n -> isPrime(n))
 *     .order()
 *     .toArray(); // throws OperationCanceledException once the token is canceled
 * }
 *
 * <p>{@link desist.linq.ParallelEnumerable} makes a {@link desist.linq.ParallelQuery} of a source;
 * {@link desist.linq.IntParallelQuery} and its kin keep numbers unboxed. These rules hold for every
 * query here:
 *
 * <ul>
 *   <li>Without {@link desist.linq.ParallelQuery#asOrdered()} or a sort no order of results is
 *       promised.
 *   <li>A query whose token is canceled before its result is there throws an {@link
 *       desist.OperationCanceledException} with that token and its reason. It looks at the token at
 *       least every 64 elements, and every 100 microseconds where delegates return by then.
 *       Delegates are never interrupted: the query throws when those that run have returned.
 *   <li>What delegates, comparers and the source throw comes out together in one {@link
 *       desist.AggregateException}, at most one from each worker, flattened; an Error too. The
 *       other workers stop soon. If all that was thrown are {@link
 *       desist.OperationCanceledException}s with the token of the query, on which cancellation is
 *       requested, one such exception is thrown instead. A failure goes before a cancellation.
 *   <li>What a query says itself, of no elements or of two where one is wanted, is thrown as it is.
 *   <li>The thread that asks for a result is one of the workers; of an iterator it is none, unless
 *       there is one worker only. A query is not interruptible, and leaves a pending interrupt as
 *       it is.
 *   <li>Actions in a thread before it asks for a result <i>happen-before</i> what the delegates do,
 *       and that before what the thread does with the result.
 * </ul>
 */
@NullMarked
package desist.linq;

import org.jspecify.annotations.NullMarked;
