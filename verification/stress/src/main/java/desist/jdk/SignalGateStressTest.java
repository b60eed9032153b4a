// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The signals of a sender meet the last word of somebody else. */
public class SignalGateStressTest {
  private SignalGateStressTest() {}

  /** Two signals are sent while the gate is closed. */
  @JCStressTest
  @Outcome(id = "last", expect = ACCEPTABLE, desc = "closed before the first")
  @Outcome(id = "one, last", expect = ACCEPTABLE, desc = "closed during the first, or after it")
  @Outcome(id = "one, two, last", expect = ACCEPTABLE, desc = "closed during the second, or after")
  @Outcome(expect = FORBIDDEN, desc = "the last word is lost, or is not the last")
  @State
  public static class SignalsVersusClose {
    private final Words words = new Words();

    @Actor
    public void send() {
      words.send("one");
      words.send("two");
    }

    @Actor
    public void close() {
      words.close();
    }

    @Arbiter
    public void look(L_Result r) {
      r.r1 = words.toString();
    }
  }

  /** A sender ends by itself while the gate is closed. */
  @JCStressTest
  @Outcome(id = "one, end", expect = ACCEPTABLE, desc = "the sender was first")
  @Outcome(
      id = {"last", "one, last"},
      expect = ACCEPTABLE,
      desc = "the other was first")
  @Outcome(expect = FORBIDDEN, desc = "both have the last word, or nobody")
  @State
  public static class EndVersusClose {
    private final Words words = new Words();

    @Actor
    public void send() {
      words.send("one");
      words.end();
    }

    @Actor
    public void close() {
      words.close();
    }

    @Arbiter
    public void look(L_Result r) {
      r.r1 = words.toString();
    }
  }

  /** What is received. Plain fields: signals do not overlap. */
  private static final class Words extends SignalGate {
    private String words = "";

    void send(String word) {
      if (enter()) {
        try {
          words += word + ", ";
        } finally {
          leave();
        }
      }
    }

    void end() {
      if (enter()) {
        try {
          if (tryEnd()) {
            words += "end";
          }
        } finally {
          leave();
        }
      }
    }

    @Override
    void last() {
      words += "last";
    }

    @Override
    public String toString() {
      return words;
    }
  }
}
