// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A download that blocks is stopped by a key press. It cannot poll; a callback on the token closes
 * the connection under it.
 */
@SuppressWarnings("try") // a registration is only there to be closed
public final class Download {
  private Download() {}

  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    try (var source = new CancellationTokenSource();
        var server = new SlowServer(100, () -> showPiece(source.token()))) {
      Keys.onPress(key -> source.tryCancel());
      try {
        byte[] file = download(client, server.file(), source.token());
        System.out.println("\nclient: " + file.length + " bytes");
      } catch (OperationCanceledException e) {
        System.out.println("\nclient: canceled");
        if (server.awaitHangUp(Duration.ofSeconds(2))) {
          System.out.println("server: the client has hung up");
        }
      }
    }
  }

  private static void showPiece(CancellationToken token) {
    if (!token.isCancellationRequested()) {
      System.out.print(".");
      System.out.flush();
    }
  }

  /**
   * Returns the file, and blocks until it has come.
   *
   * @throws OperationCanceledException if cancellation is requested first
   */
  static byte[] download(HttpClient client, URI file, CancellationToken token)
      throws IOException, InterruptedException {
    token.throwIfCancellationRequested();
    HttpRequest request = HttpRequest.newBuilder(file).build();
    // snippet: download
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request, BodyHandlers.ofByteArray());
    try (var registration = token.register(() -> response.cancel(true))) {
      return response.get().body();
    } catch (CancellationException | ExecutionException e) {
      token.throwIfCancellationRequested(); // says whose token it was, and why
      throw new IOException(e);
    } finally {
      response.cancel(true); // does nothing unless this thread was interrupted
    }
    // end
  }
}
