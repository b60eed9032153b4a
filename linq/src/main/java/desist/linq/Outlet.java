// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.linq;

/** Where a worker's results wait for an iterator. */
interface Outlet {
  /** For results that wait for nobody. */
  Outlet NONE = () -> false;

  /** Whether the worker should rest until there is room. */
  boolean isFull();
}
