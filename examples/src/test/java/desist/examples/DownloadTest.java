// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.testing.CancellationExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CancellationExtension.class)
final class DownloadTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void wholeFileComes(CancellationToken token) throws Exception {
    try (var server = new SlowServer(2, () -> {})) {
      assertThat(Download.download(client, server.file(), token)).hasSize(2 * SlowServer.PIECE);
    }
  }

  @Test
  void cancellationClosesTheConnection(CancellationTokenSource source) throws Exception {
    try (var server = new SlowServer(Integer.MAX_VALUE, () -> {})) {
      FutureTask<Void> key =
          new FutureTask<>(
              () -> {
                server.awaitFirstPiece();
                source.cancelBecause(new IllegalStateException("a key was pressed"));
                return null;
              });
      new Thread(key, "key").start();

      OperationCanceledException thrown =
          catchThrowableOfType(
              OperationCanceledException.class,
              () -> Download.download(client, server.file(), source.token()));

      key.get();
      assertThat(thrown.token()).isSameAs(source.token());
      assertThat(thrown).hasRootCauseMessage("a key was pressed");
      assertThat(server.awaitHangUp(Duration.ofSeconds(30))).isTrue();
    }
  }

  @Test
  void interruptClosesTheConnectionToo(CancellationToken token) throws Exception {
    try (var server = new SlowServer(Integer.MAX_VALUE, () -> {})) {
      FutureTask<byte[]> download =
          new FutureTask<>(() -> Download.download(client, server.file(), token));
      Thread thread = new Thread(download, "download");
      thread.start();
      server.awaitFirstPiece();

      thread.interrupt();

      assertThatThrownBy(download::get).hasCauseInstanceOf(InterruptedException.class);
      assertThat(server.awaitHangUp(Duration.ofSeconds(30))).isTrue();
      assertThat(token.isCancellationRequested()).isFalse();
    }
  }

  @Test
  void nothingIsAskedForWhenCanceledBefore() {
    URI nowhere = URI.create("http://127.0.0.1:1/file");

    assertThatThrownBy(() -> Download.download(client, nowhere, CancellationToken.canceled()))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void failureIsNotCancellation(CancellationToken token) throws Exception {
    URI gone;
    try (var server = new SlowServer(1, () -> {})) {
      gone = server.file();
    }

    assertThatThrownBy(() -> Download.download(client, gone, token))
        .isInstanceOf(IOException.class);
  }

  @Test
  void programStopsAtAKey() throws Exception {
    assertThat(Program.output(Download::main, "c")).contains("client: canceled");
  }
}
