// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A connection that is asked for meets the cancellation of its token, and an interrupt. */
public class ConnectionStressTest {
  private ConnectionStressTest() {}

  /** The connection comes while the token is canceled. */
  @JCStressTest
  @Outcome(id = "connected, open", expect = ACCEPTABLE, desc = "it came first")
  @Outcome(id = "canceled, closed", expect = ACCEPTABLE, desc = "it came to nobody")
  @Outcome(id = "canceled, not asked for", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN, desc = "it is lost, or closed while it is used")
  @State
  public static class ComeVersusCancel extends Asked {
    @Actor
    public void connect() {
      connect(Runnable::run);
    }

    @Actor
    public void cancel() {
      source.cancel();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = told();
    }
  }

  /** Whoever waits is interrupted while the asker is about to end. */
  @JCStressTest
  @Outcome(
      id = "connected, open; waiter set, asker clear",
      expect = ACCEPTABLE,
      desc = "each has its own back")
  @Outcome(expect = FORBIDDEN, desc = "an interrupt is lost, or meets what the asker does next")
  @State
  public static class InterruptVersusAsker extends Asked {
    private volatile @Nullable Runnable request;
    private String waiter = "";
    private String asker = "";

    @Actor
    public void connect() {
      Thread.currentThread().interrupt();
      connect(asked -> request = asked);
      waiter = flag();
    }

    @Actor
    public void ask() {
      Runnable asked;
      while ((asked = request) == null) {
        Thread.onSpinWait();
      }
      asked.run();
      asker = flag();
    }

    @Arbiter
    public void judge(L_Result r) {
      r.r1 = told() + "; waiter " + waiter + ", asker " + asker;
    }

    private static String flag() {
      return Thread.interrupted() ? "set" : "clear";
    }
  }

  /** A connection, which tells what became of it. */
  abstract static class Asked {
    final CancellationTokenSource source = new CancellationTokenSource();
    private final Connection connection =
        (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, args) -> {
                  if (method.getName().equals("close")) {
                    fate = "closed";
                  }
                  return null;
                });
    private volatile String fate = "not asked for";
    private volatile String outcome = "";

    void connect(Executor executor) {
      try {
        JdbcOptions options = new JdbcOptions().withExecutor(executor);
        ConnectionRequest.connect(this::open, new Binding(options, source.token()));
        outcome = "connected";
      } catch (OperationCanceledException e) {
        outcome = "canceled";
      }
    }

    private Connection open() {
      fate = "open";
      return connection;
    }

    String told() {
      return outcome + ", " + fate;
    }
  }
}
