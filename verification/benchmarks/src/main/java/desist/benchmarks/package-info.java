// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/**
 * How fast the library is: each benchmark asks one question, beside peers that do the same work and
 * beside a floor, the least code that could do it. All are users of the public API.
 */
@NullMarked
package desist.benchmarks;

import org.jspecify.annotations.NullMarked;
