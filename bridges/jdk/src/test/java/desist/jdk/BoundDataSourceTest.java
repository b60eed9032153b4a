// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.TestThreads.Running;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.ShardingKey;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wait for a connection. */
class BoundDataSourceTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();
  private final ScriptedDriver driver = new ScriptedDriver();
  private final DataSource bound = Jdbc.withCancellation(driver.dataSource, token);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);

  @AfterEach
  void nothingIsLeftRegistered() {
    free.countDown();
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aConnectionObeysTheTokenOfItsDataSource() throws SQLException {
    Connection connection = bound.getConnection();
    source.cancel();

    assertThat((Object) connection.unwrap(driver.connection.getClass()))
        .isSameAs(driver.connection);
    assertThatThrownBy(() -> connection.prepareStatement("select 1"))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void nothingIsAskedWhenTheTokenIsCanceledAlready() {
    source.cancel();

    assertThatThrownBy(bound::getConnection).isInstanceOf(OperationCanceledException.class);
    assertThat(driver.calls()).isEmpty();
  }

  @Test
  void theWaitForAConnectionIsGivenUpAndTheConnectionClosedWhenItComes() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    driver
        .on("getConnection", args -> waitThenConnect())
        .on(
            "close",
            args -> {
              closed.countDown();
              return null;
            });
    Running<Connection> call = TestThreads.start(bound::getConnection);
    asked.await();

    source.cancel();

    assertThatThrownBy(call::join)
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token));
    assertThat(closed.getCount()).isEqualTo(1);
    free.countDown();
    closed.await();
  }

  @Test
  void whoGivesUpHasTheExceptionWithHisOwnStackTrace() throws Exception {
    driver.on("getConnection", args -> waitThenConnect());
    Running<Connection> call = TestThreads.start(bound::getConnection);
    asked.await();

    source.cancel();

    var thrown = catchThrowableOfType(OperationCanceledException.class, call::join);
    assertThat(thrown.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("getConnection"));
  }

  @Test
  void aFailureThatComesWhenNobodyWaitsIsDropped() throws Exception {
    driver.on(
        "getConnection",
        args -> {
          waitThenConnect();
          throw new SQLException("no more connections");
        });
    Running<Connection> call = TestThreads.start(bound::getConnection);
    asked.await();

    source.cancel();
    free.countDown();

    assertThatThrownBy(call::join).isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void aFailureIsThrownAsItIs() {
    SQLException own = new SQLException("no more connections");
    driver.on(
        "getConnection",
        args -> {
          throw own;
        });

    assertThatThrownBy(bound::getConnection).isSameAs(own);
    assertThatThrownBy(() -> bound.getConnection("user", "password")).isSameAs(own);
  }

  @Test
  void anInterruptOfTheCallerReachesTheDataSourceAndStays() throws Exception {
    driver.on(
        "getConnection",
        args -> {
          try {
            return waitThenConnect();
          } catch (InterruptedException e) {
            throw new SQLException("interrupted", e);
          }
        });
    Running<Boolean> call =
        TestThreads.start(
            () -> {
              assertThatThrownBy(bound::getConnection).hasMessage("interrupted");
              return Thread.interrupted();
            });
    asked.await();

    call.thread().interrupt();

    assertThat(call.join()).isTrue();
  }

  @Test
  void anInterruptReachesNothingElseOnTheAskersThread() throws Exception {
    AtomicReference<Runnable> request = new AtomicReference<>();
    DataSource queued = asking(request::set);
    Running<Connection> call = TestThreads.start(queued::getConnection);
    call.awaitBlocked();
    call.thread().interrupt();
    TestThreads.await("has noticed", () -> !call.thread().isInterrupted());
    call.awaitBlocked();

    request.get().run();

    assertThat(Thread.interrupted()).isFalse();
    assertThat(call.join()).isNotNull();
  }

  @Test
  void nothingIsAskedThatWasGivenUpInTheQueue() throws Exception {
    AtomicReference<Runnable> request = new AtomicReference<>();
    DataSource queued = asking(request::set);
    Running<Connection> call = TestThreads.start(queued::getConnection);
    call.awaitBlocked();
    source.cancel();
    assertThatThrownBy(call::join).isInstanceOf(OperationCanceledException.class);

    request.get().run();

    assertThat(driver.calls()).isEmpty();
  }

  @Test
  void theExecutorTellsWhereTheDataSourceIsAsked() throws SQLException {
    AtomicReference<Thread> asker = new AtomicReference<>();
    driver.on(
        "getConnection",
        args -> {
          asker.set(Thread.currentThread());
          return driver.connection;
        });

    bound.getConnection();
    assertThat(asker.get().getName()).startsWith("desist-");
    assertThat(asker.get().isDaemon()).isTrue();

    asking(Runnable::run).getConnection();
    assertThat(asker).hasValue(Thread.currentThread());
  }

  @Test
  void aConnectionThatComesToACanceledCallerIsClosed() {
    driver.on(
        "getConnection",
        args -> {
          source.cancel();
          return driver.connection;
        });
    DataSource inline = asking(Runnable::run);

    assertThatThrownBy(inline::getConnection).isInstanceOf(OperationCanceledException.class);

    assertThat(driver.calls()).containsExactly("getConnection", "close");
  }

  @Test
  void anExecutorThatRefusesIsTold() {
    RejectedExecutionException refused = new RejectedExecutionException();
    DataSource full =
        asking(
            work -> {
              throw refused;
            });

    assertThatThrownBy(full::getConnection).isSameAs(refused);
  }

  @Test
  void theAskerHasTheCallersContextClassLoader() throws Exception {
    AtomicReference<ClassLoader> loader = new AtomicReference<>();
    driver.on(
        "getConnection",
        args -> {
          loader.set(Thread.currentThread().getContextClassLoader());
          return driver.connection;
        });
    ClassLoader own = new ClassLoader() {};
    TestThreads.start(
            () -> {
              Thread.currentThread().setContextClassLoader(own);
              return bound.getConnection();
            })
        .join();

    assertThat(loader).hasValue(own);
  }

  @Test
  void anAskerMayKeepItsOwnContextClassLoader() throws Exception {
    Executor pool =
        work ->
            new Thread(work) {
              @Override
              public void setContextClassLoader(ClassLoader loader) {
                throw new SecurityException("as in the common pool under a security manager");
              }
            }.start();
    DataSource asked = asking(pool);

    assertThat(TestThreads.start(asked::getConnection).join()).isNotNull();
  }

  @Test
  void whatABuilderBuildsObeysTheToken() throws SQLException {
    StringBuilder settings = new StringBuilder();
    driver.on("createConnectionBuilder", args -> new Builder(settings, driver.connection));

    Connection connection = bound.createConnectionBuilder().user("u").password("p").build();

    assertThat(settings).hasToString("up");
    source.cancel();
    assertThatThrownBy(connection::commit).isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(bound.createConnectionBuilder()::build)
        .isInstanceOf(OperationCanceledException.class);
  }

  private DataSource asking(Executor executor) {
    JdbcOptions options = new JdbcOptions().withExecutor(executor);
    return Jdbc.withCancellation(driver.dataSource, options, token);
  }

  private Object waitThenConnect() throws InterruptedException {
    asked.countDown();
    free.await();
    return driver.connection;
  }

  private record Builder(StringBuilder settings, Connection connection)
      implements ConnectionBuilder {
    @Override
    public ConnectionBuilder user(String name) {
      settings.append(name);
      return this;
    }

    @Override
    public ConnectionBuilder password(String password) {
      settings.append(password);
      return this;
    }

    @Override
    public ConnectionBuilder shardingKey(ShardingKey key) {
      return this;
    }

    @Override
    public ConnectionBuilder superShardingKey(ShardingKey key) {
      return this;
    }

    @Override
    public Connection build() {
      return connection;
    }
  }
}
