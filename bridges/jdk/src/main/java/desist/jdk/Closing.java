// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import desist.OperationCanceledException;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.util.List;

/** An operation that is stopped by closing what it waits for. */
final class Closing extends LadderOperation {
  private final Closeable resource;

  Closing(Closeable resource) {
    this.resource = resource;
  }

  /** One step, on a thread of ours: a socket may linger, and one of TLS says good-bye. */
  @Override
  List<Step> steps() {
    return List.of(Step.of(resource::close));
  }

  /** Whether a failure comes of the token. Asked after the end. */
  boolean isCauseOf(Throwable failure) {
    return isStopped() && tellsOfClosing(failure);
  }

  private static boolean tellsOfClosing(Throwable failure) {
    for (Throwable next = failure; next != null; next = next.getCause()) {
      if (next instanceof ClosedByInterruptException
          || next instanceof OperationCanceledException) { // whose cause is a reason
        return false;
      }
      Class<?> type = next.getClass(); // a subclass of these two tells of something else
      if (type == SocketException.class
          || type == IOException.class
          || next instanceof ClosedChannelException
          || next instanceof ClosedSelectorException) {
        return true;
      }
    }
    return false;
  }
}
