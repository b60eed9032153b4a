// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/** What the probes need to see of the inside of tasks. */
@NullMarked
package desist.tasks;

import org.jspecify.annotations.NullMarked;
