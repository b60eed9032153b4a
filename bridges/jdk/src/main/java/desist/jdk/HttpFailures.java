// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Failures of {@code HttpClient.sendAsync} as {@code HttpClient.send} throws them. */
final class HttpFailures {
  private HttpFailures() {}

  /**
   * Returns the failure with the caller's stack trace, of the types that callers of {@code send}
   * catch.
   *
   * @throws IllegalArgumentException if that is the failure
   * @throws SecurityException if that is the failure
   */
  static IOException asOfSend(Throwable failure) {
    String message = failure.getMessage();
    if (failure instanceof IllegalArgumentException) {
      throw new IllegalArgumentException(message, failure);
    } else if (failure instanceof SecurityException) {
      throw new SecurityException(message, failure);
    } else if (failure instanceof HttpConnectTimeoutException) {
      return caused(new HttpConnectTimeoutException(message), failure);
    } else if (failure instanceof HttpTimeoutException) {
      return caused(new HttpTimeoutException(message), failure);
    } else if (failure instanceof ConnectException) {
      return caused(new ConnectException(message), failure);
    } else if (failure instanceof SSLHandshakeException) {
      return caused(new SSLHandshakeException(message), failure);
    } else if (failure instanceof SSLException) {
      return new SSLException(message, failure);
    } else if (failure instanceof ProtocolException) {
      return caused(new ProtocolException(message), failure);
    }
    return new IOException(message, failure);
  }

  private static IOException caused(IOException exception, Throwable failure) {
    exception.initCause(failure);
    return exception;
  }
}
