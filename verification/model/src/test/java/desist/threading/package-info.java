// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/** One class for each state machine of what waits with a token. */
@NullMarked
package desist.threading;

import org.jspecify.annotations.NullMarked;
