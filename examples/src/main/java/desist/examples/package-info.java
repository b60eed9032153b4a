// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/** Small programs that show the library at work. */
@NullMarked
package desist.examples;

import org.jspecify.annotations.NullMarked;
