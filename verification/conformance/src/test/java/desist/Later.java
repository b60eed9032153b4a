// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lists lines of a {@link Probe} that are about what comes after the core; the others are ported.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Later {
  /** What .NET prints: lines that follow each other. */
  String[] dotnet();

  /** With what they come. */
  String with();
}
