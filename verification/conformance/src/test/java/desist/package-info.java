// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

/** What .NET does, case by case. In the package of the library, so that it may look inside. */
@NullMarked
package desist;

import org.jspecify.annotations.NullMarked;
