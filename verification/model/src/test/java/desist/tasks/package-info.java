// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/** One class for each state machine of tasks. */
@NullMarked
package desist.tasks;

import org.jspecify.annotations.NullMarked;
