// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import org.openjdk.jmh.annotations.Threads;

/** The same with two threads on one token, each of which takes off its own oldest. */
@Threads(2)
public class RegisterOldestFirstTwoThreadsBenchmark extends RegisterOldestFirstBenchmark {}
