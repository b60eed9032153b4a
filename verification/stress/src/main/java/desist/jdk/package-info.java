// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/** One class for each race. In the package of the library, so that it may look inside. */
@NullMarked
package desist.jdk;

import org.jspecify.annotations.NullMarked;
