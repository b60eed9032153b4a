// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.testing.FakeTimeProvider;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A call to a database meets the cancellation of its token, and others who end it as well. */
public class StatementStressTest {
  private StatementStressTest() {}

  /** The statement ends by itself. */
  @JCStressTest
  @Outcome(id = "result, next result", expect = ACCEPTABLE, desc = "finished first")
  @Outcome(id = "canceled by the token, next result", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN, desc = "the cancel comes after the call, or is taken for a failure")
  @State
  public static class EndVersusCancel extends Session {
    @Override
    @Actor
    public void call() {
      super.call();
    }

    @Actor
    public void cancel() {
      awaitBegun();
      source.cancel();
    }

    @Override
    @Arbiter
    public void judge(L_Result r) {
      super.judge(r);
    }
  }

  /** Another thread closes the statement while the cancel is on its way. */
  @JCStressTest
  @Outcome(id = "result, next result", expect = ACCEPTABLE, desc = "finished first")
  @Outcome(id = "canceled by the token, next result", expect = ACCEPTABLE)
  @Outcome(id = "failed: closed, next result", expect = ACCEPTABLE, desc = "thrown as it is")
  @Outcome(expect = FORBIDDEN, desc = "the one who ends it is taken for the other")
  @State
  public static class CloseVersusCancel extends Session {
    @Override
    @Actor
    public void call() {
      super.call();
    }

    @Actor
    public void cancelAndClose() {
      awaitBegun();
      source.cancel();
      end("closed");
    }

    @Override
    @Arbiter
    public void judge(L_Result r) {
      super.judge(r);
    }
  }

  /** An administrator cancels the statement, and then the token is canceled. */
  @JCStressTest
  @Outcome(id = "result, next result", expect = ACCEPTABLE, desc = "finished first")
  @Outcome(
      id = "failed: canceled by another, next result",
      expect = ACCEPTABLE,
      desc = "thrown as it is")
  @Outcome(
      id = "canceled by both, next result",
      expect = ACCEPTABLE,
      desc = "the token's came as well, and nobody can tell which it was")
  @Outcome(expect = FORBIDDEN, desc = "the token's is blamed, and has not come")
  @State
  public static class OthersCancelVersusCancel extends Session {
    @Override
    @Actor
    public void call() {
      super.call();
    }

    @Actor
    public void cancelTwice() {
      awaitBegun();
      end("canceled by another");
      source.cancel();
    }

    @Override
    @Arbiter
    public void judge(L_Result r) {
      super.judge(r);
    }
  }

  /**
   * A session of a database that executes one statement under the token and the next without, each
   * for a moment or until somebody ends it. A cancel ends whatever is being executed.
   */
  abstract static class Session {
    private static final Connection CONNECTION =
        proxy(Connection.class, (self, method, args) -> null);
    private static final String IDLE = "idle";
    private static final int MOST_SPINS = 2_000;

    final CancellationTokenSource source = new CancellationTokenSource();
    private final AtomicReference<String> state = new AtomicReference<>(IDLE);
    private final JdbcOptions options = new JdbcOptions().withTimeProvider(new FakeTimeProvider());
    private final StatementCalls calls =
        StatementCalls.of(new Binding(options, source.token()), CONNECTION)
            .with(proxy(Statement.class, (self, method, args) -> answer(method.getName())));
    private volatile boolean isBegun;
    private volatile boolean isCanceled;
    private String told = "";

    void call() {
      told = first() + ", next " + next();
    }

    /** Waits until the first statement is being executed. */
    void awaitBegun() {
      while (!isBegun) {
        Thread.onSpinWait();
      }
    }

    /** Ends the first statement, if it is being executed. */
    void end(String how) {
      state.compareAndSet("first", how);
    }

    void judge(L_Result r) {
      r.r1 = source.registrationCount() == 0 ? told : told + ", and a registration is left";
    }

    private String first() {
      try {
        return calls.execute(() -> execute("first"));
      } catch (OperationCanceledException e) {
        String how = String.valueOf(e.getSuppressed()[0].getMessage());
        return isCanceled && how.equals("canceled by another") ? "canceled by both" : how;
      } catch (SQLException e) {
        return "failed: " + e.getMessage();
      }
    }

    private String next() {
      try {
        return execute("next");
      } catch (SQLException e) {
        return String.valueOf(e.getMessage());
      }
    }

    private String execute(String statement) throws SQLException {
      state.set(statement);
      isBegun = true;
      int spins = ThreadLocalRandom.current().nextInt(MOST_SPINS);
      while (spins > 0 && statement.equals(state.get())) {
        spins--;
        Thread.onSpinWait();
      }
      String end = state.getAndSet(IDLE);
      if (statement.equals(end)) {
        return "result";
      }
      throw new SQLException(end, "closed".equals(end) ? "08003" : "57014");
    }

    private @Nullable Object answer(String method) {
      if (method.equals("getQueryTimeout")) {
        return 0;
      }
      isCanceled = true; // what else is called is cancel()
      for (String statement : new String[] {"first", "next"}) {
        state.compareAndSet(statement, "canceled by the token");
      }
      return null;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
      return type.cast(
          Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
  }
}
