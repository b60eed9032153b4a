// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import java.lang.invoke.MethodHandles;
import java.util.List;

/** Tells whether enough of the stack is left for what must not be cut short. */
final class StackRoom {
  /*
   * Overview
   *
   * A StackOverflowError may come out of any call. If it came between the flag that takes the right
   * to end a task and the end, or between the end and its hooks, somebody would wait for ever. So
   * whoever calls in from outside looks for room first, before anything is done:
   *
   *   1. what a user calls throws the error, and has done nothing ("ensure");
   *   2. what a token, a timer or a stage calls back goes to a thread of its own ("call"): there is
   *      nobody who would try again;
   *   3. code of the user's is run in place only where there is room (Current.mayNest).
   *
   * What follows until it calls the user's code is a dozen calls, of which none recurs: a hook that
   * ends another task leaves that one's hooks to the loop under way (Current.run). It needs a part of
   * the room, also where nothing is compiled yet, and looks no more: it is not to be cut short.
   *
   * The room is that of the variables of one method. The interpreter lays them out when it calls it.
   * Compiled code needs none of them, but touches that much of the stack where it is entered, as it
   * may have to go back to the interpreter; so there the look costs no more than a call. A machine
   * that does otherwise finds less room than there should be, no more.
   *
   * It must be a call. Inlined, the stack would be touched where the caller is entered, or its caller,
   * and the error would come outside of the try that waits for it (isLow). So the method is longer
   * than any that a compiler inlines.
   *
   * Not done: to catch the error where it comes and go on elsewhere, as the core does. There is a
   * step too many to be taken up from.
   */

  /** Not final, or no compiler would keep the method. */
  private static boolean isNever;

  static {
    // A class that is loaded on a full stack may be ruined for good.
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    for (Class<?> used :
        List.of(
            Continuation.class,
            Current.class,
            Current.Rest.class,
            DefaultScheduler.class,
            DefaultScheduler.Work.class,
            Extras.class,
            Fault.class,
            Hook.Turn.class,
            HookList.class,
            Job.class,
            Starting.class,
            Starting.Queueing.class,
            StaticInitializers.class,
            TaskCanceledException.class,
            TaskSchedulerException.class,
            ThreadPool.class,
            Threads.class,
            UnobservedFaults.class,
            Waits.class)) {
      try {
        lookup.ensureInitialized(used);
      } catch (IllegalAccessException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  private StackRoom() {}

  /** Has this class, and those that are used where the stack may be full, initialized. */
  static void load() {}

  /** Runs the work here, or on a thread of its own if there is no room. */
  static void call(Runnable work) {
    if (isLow()) {
      callElsewhere(work);
    } else {
      work.run();
    }
  }

  /** Runs the work on a thread of its own. */
  static void callElsewhere(Runnable work) {
    Threads.daemon(work, "desist-room").start();
  }

  static boolean isLow() {
    try {
      ensure();
      return false;
    } catch (StackOverflowError e) {
      return true;
    }
  }

  /** Throws a StackOverflowError if there is no room. */
  @SuppressWarnings({"unused", "UnusedVariable"}) // six kilobytes that nobody looks at
  static void ensure() {
    long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;
    long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;
    long c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15;
    long d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11, d12, d13, d14, d15;
    long e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, e12, e13, e14, e15;
    long f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15;
    long g0, g1, g2, g3, g4, g5, g6, g7, g8, g9, g10, g11, g12, g13, g14, g15;
    long h0, h1, h2, h3, h4, h5, h6, h7, h8, h9, h10, h11, h12, h13, h14, h15;
    long i0, i1, i2, i3, i4, i5, i6, i7, i8, i9, i10, i11, i12, i13, i14, i15;
    long j0, j1, j2, j3, j4, j5, j6, j7, j8, j9, j10, j11, j12, j13, j14, j15;
    long k0, k1, k2, k3, k4, k5, k6, k7, k8, k9, k10, k11, k12, k13, k14, k15;
    long l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12, l13, l14, l15;
    long m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15;
    long n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12, n13, n14, n15;
    long o0, o1, o2, o3, o4, o5, o6, o7, o8, o9, o10, o11, o12, o13, o14, o15;
    long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
    long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13, q14, q15;
    long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;
    long s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15;
    long t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13, t14, t15;
    long u0, u1, u2, u3, u4, u5, u6, u7, u8, u9, u10, u11, u12, u13, u14, u15;
    long v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15;
    long w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, w14, w15;
    long x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15;
    long y0, y1, y2, y3, y4, y5, y6, y7, y8, y9, y10, y11, y12, y13, y14, y15;
    long z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, z10, z11, z12, z13, z14, z15;
    if (isNever) { // some 400 bytes, for length alone
      v0 = v1 = v2 = v3 = v4 = v5 = v6 = v7 = v8 = v9 = v10 = v11 = v12 = v13 = v14 = v15 = 0;
      w0 = w1 = w2 = w3 = w4 = w5 = w6 = w7 = w8 = w9 = w10 = w11 = w12 = w13 = w14 = w15 = 0;
      x0 = x1 = x2 = x3 = x4 = x5 = x6 = x7 = x8 = x9 = x10 = x11 = x12 = x13 = x14 = x15 = 0;
      y0 = y1 = y2 = y3 = y4 = y5 = y6 = y7 = y8 = y9 = y10 = y11 = y12 = y13 = y14 = y15 = 0;
      z0 = z1 = z2 = z3 = z4 = z5 = z6 = z7 = z8 = z9 = z10 = z11 = z12 = z13 = z14 = z15 = 0;
      throw new StackOverflowError();
    }
  }
}
