// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.TestThreads.Running;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's JDBC, which knows nothing of tokens. */
class SpringJdbcTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private H2Database database;

  @BeforeEach
  void open() throws Exception {
    database = new H2Database();
  }

  @AfterEach
  void close() throws Exception {
    database.close();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aTemplateIsStopped() throws Exception {
    JdbcTemplate template =
        new JdbcTemplate(Jdbc.withCancellation(database.dataSource(), source.token()));
    assertThat(template.update("insert into t values (?)", 1)).isEqualTo(1);
    Running<Integer> query =
        TestThreads.start(() -> template.queryForObject(database.runaway(), Integer.class));
    TestThreads.await("runs", database::isRunning);

    source.cancel();

    assertThatThrownBy(query::join).isInstanceOf(OperationCanceledException.class);
  }

  /** Since an OperationCanceledException is an IllegalStateException, too. */
  @Test
  void aTemplateWrapsWhatItIsThrownForAConnection() {
    JdbcTemplate template =
        new JdbcTemplate(Jdbc.withCancellation(database.dataSource(), source.token()));

    source.cancel();

    assertThatThrownBy(() -> template.update("insert into t values (?)", 1))
        .isInstanceOf(CannotGetJdbcConnectionException.class)
        .hasCauseInstanceOf(OperationCanceledException.class);
  }

  @Test
  void aTransactionIsRolledBackWhenATemplateInItIsStopped() throws Exception {
    DataSource plain = database.dataSource();
    var transaction = new TransactionTemplate(new DataSourceTransactionManager(plain));
    JdbcTemplate template =
        new JdbcTemplate(
            Jdbc.withCancellation(
                new TransactionAwareDataSourceProxy(plain),
                new JdbcOptions().withExecutor(Runnable::run),
                source.token()));
    Running<Integer> work =
        TestThreads.start(
            () ->
                transaction.execute(
                    status -> {
                      new JdbcTemplate(plain).update("insert into t values (1)");
                      assertThat(template.queryForObject("select count(*) from t", Integer.class))
                          .isEqualTo(1);
                      return template.queryForObject(database.runaway(), Integer.class);
                    }));
    TestThreads.await("runs", database::isRunning);

    source.cancel();

    assertThatThrownBy(work::join).isInstanceOf(OperationCanceledException.class);
    assertThat(new JdbcTemplate(plain).queryForObject("select count(*) from t", Integer.class))
        .isZero();
  }
}
