// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Tasks: work that starts, continues, fails and is canceled by .NET's rules.
 *
 * <p>A {@link desist.tasks.Task} is read by everybody and ended by nobody but its own body, or the
 * {@link desist.tasks.TaskCompletionSource} it belongs to. Its cancellation is requested by the
 * source of the token it was given, before its body begins; a body that runs ends by its own will.
 *
 * <p>These rules hold for every task here:
 *
 * <ul>
 *   <li>A body that returns makes its task {@link desist.tasks.TaskStatus#RAN_TO_COMPLETION}. One
 *       that throws an {@link desist.OperationCanceledException} with the token its task was given,
 *       on which cancellation is requested, makes it {@link desist.tasks.TaskStatus#CANCELED}.
 *       Anything else that it throws, an Error too, makes it {@link
 *       desist.tasks.TaskStatus#FAULTED}.
 *   <li>A wait on a task that has ended returns at once, interrupted or not. On one that has not,
 *       an interrupt that is pending on entry is thrown first. A wait that ends early leaves the
 *       task as it is, and nothing behind on it.
 *   <li>A wait in a worker of a {@link java.util.concurrent.ForkJoinPool}, such as those of the
 *       {@linkplain desist.tasks.TaskScheduler#defaultScheduler() default scheduler}, is made up
 *       for by another thread; a virtual thread gives up its carrier.
 *   <li>Actions in a thread before it starts a task, or ends it by its source, <i>happen-before</i>
 *       the task's body, and those in its body before what another thread does once it has seen
 *       that the task has ended.
 * </ul>
 */
@NullMarked
package desist.tasks;

import org.jspecify.annotations.NullMarked;
