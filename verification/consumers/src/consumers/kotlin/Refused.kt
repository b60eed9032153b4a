// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

import desist.CancellationToken
import desist.CancellationTokenSource

/** Null where none may be given, and no look where null may come: three errors. */
fun refused(source: CancellationTokenSource, token: CancellationToken): String? {
  token.register(null)
  source.cancelAfter(null)
  return token.reason().message
}
