// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/** Would see what is package-private, if it could be in the package. */
public final class Thief {}
