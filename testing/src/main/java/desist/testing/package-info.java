// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What tests of cancellation need: a clock that is turned by hand, a runner that cancels at every
 * moment, assertions, and a JUnit extension.
 *
 * <p>Every method refuses null with a {@link NullPointerException} that names the parameter.
 */
@NullMarked
package desist.testing;

import org.jspecify.annotations.NullMarked;
