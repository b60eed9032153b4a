// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the counterpart of a .NET probe: a method that takes an {@link Out}, does the steps of the
 * probe of this id and prints its lines.
 *
 * <p>A method that takes an {@link Operator} as well is the counterpart of one probe for each.
 *
 * <p>The lines must be those that .NET printed, but for what {@link Differs} states.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Probe {
  /** The id, such as {@code core/callback/lifo}; an asterisk stands for the operator. */
  String value();
}
