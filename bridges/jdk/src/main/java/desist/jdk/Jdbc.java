// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.OperationCanceledException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Calls to a database that a token stops.
 *
 * <p>There are two ways. A single call takes the token as its last argument: {@link
 * #executeQuery(PreparedStatement, CancellationToken)} and its kin. Or a connection, or a data
 * source, is <i>bound</i> to a token: {@link #withCancellation(Connection, CancellationToken)}.
 * Whatever is made through it obeys the token, so that code which knows nothing of tokens can be
 * stopped.
 *
 * <p>When the token is canceled while the database is at work the statement is canceled, on a
 * thread of this library, by {@link Statement#cancel()} or what the driver has for its connection
 * (PostgreSQL, MariaDB, an embedded H2). That is repeated as long as the call lasts, since a cancel
 * that comes before its statement is lost. If the call lasts for five seconds all the same, or as
 * long as {@link JdbcOptions} say, the connection is {@linkplain Connection#abort aborted}. No
 * thread is ever interrupted, which would stop no statement and may destroy the connection. Where
 * there is nothing to cancel, as while a statement is prepared or metadata is read, the connection
 * is aborted after that time.
 *
 * <p>A call that ends by an exception throws an {@link OperationCanceledException} instead if
 * something was done to stop it, and the exception, or one chained to it, says so. That is SQLSTATE
 * 57014 (PostgreSQL, H2), 70100 (MariaDB, MySQL), HY008 (SQL Server), ORA-01013, SQLite's {@code
 * SQLITE_INTERRUPT} and MySQL's error 1317; after an abort also any exception if the connection is
 * gone. Anything else is thrown as the driver has thrown it.
 *
 * <p>If the token has a {@linkplain CancellationToken#remaining() deadline}, what is executed has
 * the time left as its {@linkplain Statement#setQueryTimeout query time-out}, rounded up to seconds
 * and unless the statement has a shorter one; afterwards it has its own again. If that time-out
 * comes first, at the token's deadline, the call is canceled likewise.
 *
 * <p>Once a call has returned no cancel of its own reaches the connection. If one hangs for two
 * seconds while the call has ended by itself, the result is returned and the connection aborted,
 * since nobody can tell what that cancel would hit. Rows obey the token until they are read: each
 * step in a result set is such a call. An interrupt of the caller has the effect it has without a
 * token.
 *
 * <p>The views are as safe for use by several threads as what they show, and pass on all that is
 * not mentioned here. {@link java.sql.Wrapper#unwrap} gives the driver's objects. Two views are
 * equal if what they show is equal and the token the same. With a token that cannot be canceled
 * there is no view: the argument itself is returned, or called.
 *
 * {@snippet lang = java:
 * try (ResultSet rows = Jdbc.executeQuery(statement, token)) {
 *   while (rows.next()) {
 *     process(rows.getString(1));
 *   }
 * }
 * }
 *
 * @dotnet System.Data.Common.DbCommand
 * @since 1.0
 */
public final class Jdbc {
  private Jdbc() {}

  /**
   * Executes a prepared query, as {@link PreparedStatement#executeQuery()} does.
   *
   * @param statement what to execute
   * @param token what stops it, and the reading of its rows
   * @return the rows
   * @throws SQLException if the statement fails
   * @throws OperationCanceledException if the token was canceled before, or stopped the statement
   * @throws NullPointerException if an argument is null
   * @dotnet DbCommand.ExecuteReaderAsync(CancellationToken)
   * @since 1.0
   */
  public static ResultSet executeQuery(PreparedStatement statement, CancellationToken token)
      throws SQLException {
    return isPlain(statement, "statement", token)
        ? statement.executeQuery()
        : query(statement, statement::executeQuery, token);
  }

  /**
   * Executes a query, as {@link Statement#executeQuery(String)} does.
   *
   * @param statement what to execute it by
   * @param sql the query
   * @param token what stops it, and the reading of its rows
   * @return the rows
   * @throws SQLException if the statement fails
   * @throws OperationCanceledException if the token was canceled before, or stopped the statement
   * @throws NullPointerException if an argument is null
   * @dotnet DbCommand.ExecuteReaderAsync(CancellationToken)
   * @since 1.0
   */
  public static ResultSet executeQuery(Statement statement, String sql, CancellationToken token)
      throws SQLException {
    requireNonNull(sql, "sql");
    return isPlain(statement, "statement", token)
        ? statement.executeQuery(sql)
        : query(statement, () -> statement.executeQuery(sql), token);
  }

  /**
   * Executes a prepared change, as {@link PreparedStatement#executeUpdate()} does.
   *
   * @param statement what to execute
   * @param token what stops it
   * @return the number of rows
   * @throws SQLException if the statement fails
   * @throws OperationCanceledException if the token was canceled before, or stopped the statement
   * @throws NullPointerException if an argument is null
   * @dotnet DbCommand.ExecuteNonQueryAsync(CancellationToken)
   * @since 1.0
   */
  public static int executeUpdate(PreparedStatement statement, CancellationToken token)
      throws SQLException {
    return isPlain(statement, "statement", token)
        ? statement.executeUpdate()
        : calls(statement, token).<Integer, SQLException>execute(statement::executeUpdate);
  }

  /**
   * Executes a change, as {@link Statement#executeUpdate(String)} does.
   *
   * @param statement what to execute it by
   * @param sql the change
   * @param token what stops it
   * @return the number of rows
   * @throws SQLException if the statement fails
   * @throws OperationCanceledException if the token was canceled before, or stopped the statement
   * @throws NullPointerException if an argument is null
   * @dotnet DbCommand.ExecuteNonQueryAsync(CancellationToken)
   * @since 1.0
   */
  public static int executeUpdate(Statement statement, String sql, CancellationToken token)
      throws SQLException {
    requireNonNull(sql, "sql");
    return isPlain(statement, "statement", token)
        ? statement.executeUpdate(sql)
        : calls(statement, token).execute(() -> statement.executeUpdate(sql));
  }

  /**
   * Executes what is prepared, a call too, as {@link PreparedStatement#execute()} does.
   *
   * @param statement what to execute
   * @param token what stops it, but not the reading of its rows: see {@link
   *     #withCancellation(ResultSet, CancellationToken)}
   * @return whether there are rows
   * @throws SQLException if the statement fails
   * @throws OperationCanceledException if the token was canceled before, or stopped the statement
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static boolean execute(PreparedStatement statement, CancellationToken token)
      throws SQLException {
    return isPlain(statement, "statement", token)
        ? statement.execute()
        : calls(statement, token).<Boolean, SQLException>execute(statement::execute);
  }

  /**
   * Executes a statement, as {@link Statement#execute(String)} does.
   *
   * @param statement what to execute it by
   * @param sql the statement
   * @param token what stops it, but not the reading of its rows: see {@link
   *     #withCancellation(ResultSet, CancellationToken)}
   * @return whether there are rows
   * @throws SQLException if the statement fails
   * @throws OperationCanceledException if the token was canceled before, or stopped the statement
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static boolean execute(Statement statement, String sql, CancellationToken token)
      throws SQLException {
    requireNonNull(sql, "sql");
    return isPlain(statement, "statement", token)
        ? statement.execute(sql)
        : calls(statement, token).execute(() -> statement.execute(sql));
  }

  /**
   * Executes a batch, as {@link Statement#executeBatch()} does.
   *
   * <p>What of it had been done when it was stopped tells the suppressed {@link
   * java.sql.BatchUpdateException}, as far as the driver knows.
   *
   * @param statement what to execute
   * @param token what stops it
   * @return the numbers of rows
   * @throws SQLException if the batch fails
   * @throws OperationCanceledException if the token was canceled before, or stopped the batch
   * @throws NullPointerException if an argument is null
   * @dotnet DbBatch.ExecuteNonQueryAsync(CancellationToken)
   * @since 1.0
   */
  public static int[] executeBatch(Statement statement, CancellationToken token)
      throws SQLException {
    return isPlain(statement, "statement", token)
        ? statement.executeBatch()
        : calls(statement, token).execute(statement::executeBatch);
  }

  /**
   * Binds a data source: the connections it gives obey the token, and so does the wait for one.
   *
   * <p>The data source is asked on a thread of this library, as nothing can stop it. When the token
   * is canceled the caller waits no longer, and a connection that comes later is closed. A data
   * source whose answer depends on the thread, such as on a tenant or a transaction that is bound
   * to it, needs {@linkplain JdbcOptions#withExecutor another place}.
   *
   * @param dataSource what gives the connections
   * @param token what stops what is done with them
   * @return a view of the data source
   * @throws NullPointerException if an argument is null
   * @dotnet DbDataSource.OpenConnectionAsync(CancellationToken)
   * @since 1.0
   */
  public static DataSource withCancellation(DataSource dataSource, CancellationToken token) {
    return withCancellation(dataSource, JdbcOptions.DEFAULT, token);
  }

  /**
   * Binds a data source, with options.
   *
   * <p>Otherwise as {@link #withCancellation(DataSource, CancellationToken)}.
   *
   * @param dataSource what gives the connections
   * @param options how what is done with them is stopped, and where they are asked for
   * @param token what stops it
   * @return a view of the data source
   * @throws NullPointerException if an argument is null
   * @dotnet DbDataSource.OpenConnectionAsync(CancellationToken)
   * @since 1.0
   */
  public static DataSource withCancellation(
      DataSource dataSource, JdbcOptions options, CancellationToken token) {
    requireNonNull(options, "options");
    return isPlain(dataSource, "dataSource", token)
        ? dataSource
        : BoundDataSource.of(dataSource, new Binding(options, token));
  }

  /**
   * Binds a connection: all statements that are made through it obey the token, with their rows and
   * with the queries of its metadata.
   *
   * <p>What is needed to clean up is not stopped: rolling back, closing, settings. A commit that
   * has not begun when the token is canceled throws; one that has begun is left alone.
   *
   * @param connection what makes the statements
   * @param token what stops them
   * @return a view of the connection
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static Connection withCancellation(Connection connection, CancellationToken token) {
    return withCancellation(connection, JdbcOptions.DEFAULT, token);
  }

  /**
   * Binds a connection, with options.
   *
   * <p>Otherwise as {@link #withCancellation(Connection, CancellationToken)}.
   *
   * @param connection what makes the statements
   * @param options how they are stopped
   * @param token what stops them
   * @return a view of the connection
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static Connection withCancellation(
      Connection connection, JdbcOptions options, CancellationToken token) {
    requireNonNull(options, "options");
    return isPlain(connection, "connection", token)
        ? connection
        : BoundConnection.of(StatementCalls.of(new Binding(options, token), connection));
  }

  /**
   * Binds a statement: whatever is executed by it obeys the token, with its rows.
   *
   * @param statement what executes
   * @param token what stops it
   * @return a view of the statement
   * @throws SQLException if the statement cannot tell its connection
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static Statement withCancellation(Statement statement, CancellationToken token)
      throws SQLException {
    return isPlain(statement, "statement", token)
        ? statement
        : bind(statement, calls(statement, token));
  }

  /**
   * Binds a prepared statement: whenever it is executed it obeys the token, with its rows.
   *
   * @param statement what executes
   * @param token what stops it
   * @return a view of the statement
   * @throws SQLException if the statement cannot tell its connection
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static PreparedStatement withCancellation(
      PreparedStatement statement, CancellationToken token) throws SQLException {
    return isPlain(statement, "statement", token)
        ? statement
        : (PreparedStatement) bind(statement, calls(statement, token));
  }

  /**
   * Binds a call: whenever it is executed it obeys the token, with its rows.
   *
   * @param statement what executes
   * @param token what stops it
   * @return a view of the statement
   * @throws SQLException if the statement cannot tell its connection
   * @throws NullPointerException if an argument is null
   * @dotnet none
   * @since 1.0
   */
  public static CallableStatement withCancellation(
      CallableStatement statement, CancellationToken token) throws SQLException {
    return isPlain(statement, "statement", token)
        ? statement
        : (CallableStatement) bind(statement, calls(statement, token));
  }

  /**
   * Binds rows: their reading obeys the token, as the database may still be at work on them.
   *
   * @param rows what is read
   * @param token what stops the reading
   * @return a view of the rows
   * @throws SQLException if the rows cannot tell their statement
   * @throws NullPointerException if an argument is null
   * @dotnet DbDataReader.ReadAsync(CancellationToken)
   * @since 1.0
   */
  public static ResultSet withCancellation(ResultSet rows, CancellationToken token)
      throws SQLException {
    if (isPlain(rows, "rows", token)) {
      return rows;
    }
    Statement statement = rows.getStatement();
    if (statement == null) {
      throw new SQLException("The rows cannot tell their statement: " + rows);
    }
    StatementCalls calls = calls(statement, token);
    return BoundResultSet.of(rows, bind(statement, calls), calls);
  }

  private static ResultSet query(
      Statement statement,
      StatementCalls.Call<ResultSet, SQLException> body,
      CancellationToken token)
      throws SQLException {
    StatementCalls calls = calls(statement, token);
    return BoundResultSet.of(calls.execute(body), statement, calls);
  }

  private static Statement bind(Statement statement, StatementCalls calls) {
    return BoundStatement.of(statement, calls, BoundConnection.of(calls.with(null)));
  }

  /** Returns the calls of a statement. */
  private static StatementCalls calls(Statement statement, CancellationToken token)
      throws SQLException {
    return StatementCalls.of(new Binding(token), statement);
  }

  /** Whether there is nothing that could stop what is called. */
  private static boolean isPlain(Object resource, String name, CancellationToken token) {
    requireNonNull(resource, name);
    return !requireNonNull(token, "token").canBeCanceled();
  }
}
