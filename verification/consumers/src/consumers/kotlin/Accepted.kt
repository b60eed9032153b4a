// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

import desist.CancellationToken
import desist.CancellationTokenRegistration
import desist.CancellationTokenSource
import desist.OperationCanceledException
import java.time.Duration

/** What may be null is, and what may not is not: so Kotlin wants no "!!" and gives no warning. */
fun main() {
  CancellationTokenSource(Duration.ofDays(1)).use { source ->
    val token: CancellationToken = source.token()
    var calls = 0
    val registration: CancellationTokenRegistration = token.register { calls++ }
    token.register({ calls++ }, null)
    token.registerWith("state") { state -> calls += state.length }
    val before: Throwable? = token.reason()
    source.cancelBecause(Exception("enough"))
    val reason: String? = token.reason()?.message
    registration.close()
    try {
      token.throwIfCancellationRequested()
    } catch (e: OperationCanceledException) {
      println("$before $reason $calls")
    }
  }
}
