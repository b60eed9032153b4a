// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * States lines of a {@link Probe} that differ from .NET's on purpose, beside .NET's own.
 *
 * <p>Several of them stand in the order of the lines. All other lines are .NET's.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Differs.All.class)
@interface Differs {
  /** The decision record: a file of {@code docs/decisions}. */
  String record();

  /** The operators that differ, if the steps are those of a probe for each; all of them if none. */
  Operator[] of() default {};

  /** What .NET prints: one line or several that follow each other. */
  String[] dotnet();

  /** What is printed here in their place; nothing if the step has no counterpart. */
  String[] ours();

  /** All differences of one probe. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface All {
    Differs[] value();
  }
}
