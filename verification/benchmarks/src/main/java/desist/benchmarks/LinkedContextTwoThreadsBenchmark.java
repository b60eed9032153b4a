// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import org.openjdk.jmh.annotations.Threads;

/** {@link LinkedTwoThreadsBenchmark} for gRPC's Context. */
@Threads(2)
public class LinkedContextTwoThreadsBenchmark extends LinkedContextBenchmark {}
