// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Cooperative cancellation, as in .NET: tokens, sources, registrations, clocks and wait handles.
 */
@NullMarked
package desist;

import org.jspecify.annotations.NullMarked;
