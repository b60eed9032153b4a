// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when something is used that has been closed.
 *
 * @dotnet ObjectDisposedException
 * @since 1.0
 */
public class ObjectDisposedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private static final String MESSAGE = "Cannot access a disposed object.";

  /** What was closed; may be empty. */
  private final String objectName;

  /**
   * Makes an exception with the default message.
   *
   * @param objectName what was closed; null or empty if it has no name
   * @dotnet new ObjectDisposedException(string)
   * @since 1.0
   */
  public ObjectDisposedException(@Nullable String objectName) {
    this(objectName, MESSAGE);
  }

  /**
   * Makes an exception; its message tells the object's name in a second line, if it has one.
   *
   * @param objectName what was closed; null or empty if it has no name
   * @param message the message; null means the default one
   * @dotnet new ObjectDisposedException(string, string)
   * @since 1.0
   */
  public ObjectDisposedException(@Nullable String objectName, @Nullable String message) {
    super(withName(message, objectName));
    this.objectName = objectName == null ? "" : objectName;
  }

  /**
   * Makes an exception with a cause and without a name.
   *
   * @param message the message; null means the default one
   * @param cause why, if known
   * @dotnet new ObjectDisposedException(string, Exception)
   * @since 1.0
   */
  public ObjectDisposedException(@Nullable String message, @Nullable Throwable cause) {
    super(withName(message, null), cause);
    this.objectName = "";
  }

  /**
   * Returns the name of what was closed.
   *
   * @return the name; empty if there is none
   * @dotnet ObjectDisposedException.ObjectName
   * @since 1.0
   */
  public String objectName() {
    return objectName;
  }

  private static String withName(@Nullable String message, @Nullable String objectName) {
    String text = message == null ? MESSAGE : message;
    return objectName == null || objectName.isEmpty()
        ? text
        : text + "\nObject name: '" + objectName + "'.";
  }
}
