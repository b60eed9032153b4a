// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/** Builds and runs programs against the jars, as a user does. */
@NullMarked
package desist.consumers;

import org.jspecify.annotations.NullMarked;
