// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.sql.SQLException;
import javax.sql.DataSource;

/** A database that is a process of its own, so that something may come between. */
interface DatabaseServer extends Database {
  int port();

  /** Returns where connections come from that go through a proxy. */
  DataSource dataSource(TcpProxy proxy);

  /** Returns a query that takes two seconds, during which it is running. */
  String slow();

  /** Ends what still runs because its client has gone without a word. */
  void terminate() throws SQLException;
}
