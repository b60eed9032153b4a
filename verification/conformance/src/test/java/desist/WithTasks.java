// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lists a .NET probe that needs a Task and comes with them. It stands on the group's class.
 *
 * <p>Public, since JUnit reads annotations that are repeated on a class through a proxy.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(WithTasks.All.class)
public @interface WithTasks {
  /** The id. */
  String id();

  /** What it needs. */
  String because();

  /** All that a class lists. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    WithTasks[] value();
  }
}
