// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

import org.jspecify.annotations.Nullable;

/** An element and its index. */
record Indexed<T extends @Nullable Object>(T element, long index) {}
