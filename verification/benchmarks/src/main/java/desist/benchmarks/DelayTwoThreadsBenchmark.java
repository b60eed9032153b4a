// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import org.openjdk.jmh.annotations.Threads;

/** What does it cost when two threads start delays and stop them at the same time? */
@Threads(2)
public class DelayTwoThreadsBenchmark extends DelayBenchmark {}
