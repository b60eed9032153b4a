// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.ShardingKey;

/** A builder of connections that obey a token. */
final class BoundConnectionBuilder implements ConnectionBuilder {
  private final ConnectionBuilder target;
  private final Binding binding;

  BoundConnectionBuilder(ConnectionBuilder target, Binding binding) {
    this.target = target;
    this.binding = binding;
  }

  @Override
  public ConnectionBuilder user(String name) {
    target.user(name);
    return this;
  }

  @Override
  public ConnectionBuilder password(String password) {
    target.password(password);
    return this;
  }

  @Override
  public ConnectionBuilder shardingKey(ShardingKey key) {
    target.shardingKey(key);
    return this;
  }

  @Override
  public ConnectionBuilder superShardingKey(ShardingKey key) {
    target.superShardingKey(key);
    return this;
  }

  @Override
  public Connection build() throws SQLException {
    return ConnectionRequest.connect(target::build, binding);
  }
}
