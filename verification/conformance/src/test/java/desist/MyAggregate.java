// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/** An aggregate of a type of the user's. */
final class MyAggregate extends AggregateException {
  private static final long serialVersionUID = 1L;

  MyAggregate(Throwable... innerExceptions) {
    super(innerExceptions);
  }
}
