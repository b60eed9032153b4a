// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import org.openjdk.jmh.annotations.Threads;

/** And what does it cost where two threads have to wait for each other, with one token for both? */
@Threads(2)
public class BridgedWaitTwoThreadsBenchmark extends BridgedWaitBenchmark {}
