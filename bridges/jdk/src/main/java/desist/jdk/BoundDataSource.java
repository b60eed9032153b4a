// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose connections obey a token, as does the wait for one. */
final class BoundDataSource extends BoundObject<DataSource> {
  private BoundDataSource(DataSource target, Binding binding) {
    super(target, binding);
  }

  /** Makes the view of a data source. */
  static DataSource of(DataSource target, Binding binding) {
    return new BoundDataSource(target, binding).as(DataSource.class);
  }

  @Override
  @Nullable Object answer(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    return switch (method.getName()) {
      case "getConnection" ->
          ConnectionRequest.connect(() -> (Connection) requireNonNull(pass(method, args)), binding);
      case "createConnectionBuilder" ->
          new BoundConnectionBuilder(
              (ConnectionBuilder) requireNonNull(pass(method, args)), binding);
      default -> pass(method, args);
    };
  }
}
