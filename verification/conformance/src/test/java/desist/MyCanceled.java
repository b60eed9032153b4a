// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

/** A cancellation of a type of the probe's own. */
final class MyCanceled extends OperationCanceledException {
  private static final long serialVersionUID = 1L;

  MyCanceled(CancellationToken token) {
    super("mine", token);
  }
}
