// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lists a .NET probe of the primitives that wait with a token, which come after the core. It stands
 * on the group's class.
 *
 * <p>Public, since JUnit reads annotations that are repeated on a class through a proxy.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(WithPrimitives.All.class)
public @interface WithPrimitives {
  /** The id. */
  String id();

  /** What it is about. */
  String because();

  /** All that a class lists. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    WithPrimitives[] value();
  }
}
