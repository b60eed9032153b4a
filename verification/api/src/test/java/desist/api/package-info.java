// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/** What is public, written down and checked. */
@NullMarked
package desist.api;

import org.jspecify.annotations.NullMarked;
