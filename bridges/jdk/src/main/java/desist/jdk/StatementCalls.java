// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The calls to a database for one statement, or for none in particular, under a token. */
final class StatementCalls {
  private final Binding binding;
  private final Connection connection;
  private final @Nullable DriverCancel driver;
  private final @Nullable Statement statement;

  private StatementCalls(
      Binding binding,
      Connection connection,
      @Nullable DriverCancel driver,
      @Nullable Statement statement) {
    this.binding = binding;
    this.connection = connection;
    this.driver = driver;
    this.statement = statement;
  }

  /**
   * Makes the calls of a connection for no statement in particular.
   *
   * @param connection what is aborted if nothing else helps
   */
  static StatementCalls of(Binding binding, Connection connection) {
    return new StatementCalls(binding, connection, DriverCancel.of(connection), null);
  }

  /** Makes the calls of a statement, which is canceled first. */
  static StatementCalls of(Binding binding, Statement statement) throws SQLException {
    Connection connection = statement.getConnection();
    return new StatementCalls(binding, connection, DriverCancel.of(connection), statement);
  }

  /** Returns those of the same connection for a statement, which is canceled. */
  StatementCalls with(@Nullable Statement other) {
    return new StatementCalls(binding, connection, driver, other);
  }

  /** Returns what stops these calls. */
  Binding binding() {
    return binding;
  }

  /** Returns what is called. */
  Connection connection() {
    return connection;
  }

  /** Returns what cancels in place of the statement; null if there is nothing. */
  @Nullable DriverCancel driver() {
    return driver;
  }

  /** Returns the statement that is canceled; null if there is none in particular. */
  @Nullable Statement statement() {
    return statement;
  }

  /** Has the database execute the statement, in the time that the token has left. */
  <T extends @Nullable Object, X extends Throwable> T execute(Call<T, X> body) throws X {
    return stoppable(body, statement);
  }

  /** Calls the database for something else. */
  <T extends @Nullable Object, X extends Throwable> T call(Call<T, X> body) throws X {
    return stoppable(body, null);
  }

  /**
   * Closes the statement or its rows, which the token does not prevent. Some drivers read all that
   * is left before, so the statement is canceled if that lasts. That it was canceled, now or
   * before, is nothing to tell of then.
   */
  <X extends Throwable> void close(Call<?, X> body) throws X {
    StatementOperation operation = new StatementOperation(this, StatementOperation.CANCEL_INTERVAL);
    operation.beginAnyway(binding.token());
    try {
      body.call();
    } catch (Throwable e) {
      operation.settle();
      if (!operation.isCauseOf(e)
          && !(binding.token().isCancellationRequested() && SqlCancellation.isToldBy(e))) {
        throw e;
      }
      return;
    }
    operation.settle();
  }

  private <T extends @Nullable Object, X extends Throwable> T stoppable(
      Call<T, X> body, @Nullable Statement timed) throws X {
    StatementOperation operation = new StatementOperation(this, Duration.ZERO);
    QueryTimeout timeout = null;
    T result;
    try {
      operation.begin(binding.token());
      timeout = timed == null ? null : QueryTimeout.lend(timed, binding.token());
      result = body.call();
    } catch (Throwable e) {
      settle(operation, timeout);
      if (operation.isCauseOf(e) || (timeout != null && timeout.isCauseOf(e))) {
        throw operation.canceled(e);
      }
      throw e;
    }
    settle(operation, timeout);
    return result;
  }

  /** Ends the operation before the time-out is set, which may be a statement of the driver's. */
  private static void settle(StatementOperation operation, @Nullable QueryTimeout timeout) {
    operation.settle();
    if (timeout != null) {
      timeout.giveBack();
    }
  }

  /** A call. */
  @FunctionalInterface
  interface Call<T extends @Nullable Object, X extends Throwable> {
    T call() throws X;
  }
}
