// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lists a .NET probe that has no meaning in Java, and says why. It stands on the group's class.
 *
 * <p>Public, since JUnit reads annotations that are repeated on a class through a proxy.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Meaningless.All.class)
public @interface Meaningless {
  /** The id. */
  String id();

  /** What the probe is about. */
  About about();

  /** What the probe shows in .NET, and why there is nothing here to show. */
  String because();

  /** The only things about which a probe may be meaningless. */
  enum About {
    /** AsyncLocal and ExecutionContext. */
    AMBIENT_CONTEXT,
    /** Overloads in milliseconds and the limits of time spans. */
    MILLISECONDS,
    /** Async methods, await as a part of the language, Yield. */
    ASYNC_METHODS,
    /** Derived sources and the protected Dispose. */
    DERIVED_SOURCES,
    /** Serialization and reflection of .NET. */
    DOTNET_REFLECTION,
    /** TimestampFrequency. */
    TIMESTAMP_FREQUENCY,
    /** Spin counts. */
    SPIN_COUNTS,
    /** What has no counterpart at all: handles named across processes and the like. */
    OUT
  }

  /** All that a class lists. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    Meaningless[] value();
  }
}
