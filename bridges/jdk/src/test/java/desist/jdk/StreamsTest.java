// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StreamsTest {
  private static final int LENGTH = 3 * TokenInputStream.PIECE + 1;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final InputStream bytes = new ByteArrayInputStream(new byte[LENGTH]);
  private final Reader chars = new StringReader("x".repeat(LENGTH));

  @Test
  void aTokenThatCannotBeCanceledNeedsNoView() {
    assertThat(Streams.withCancellation(bytes, CancellationToken.none())).isSameAs(bytes);
    assertThat(Streams.withCancellation(chars, CancellationToken.none())).isSameAs(chars);
  }

  @Test
  void allIsReadIfNothingIsCanceled() throws IOException {
    assertThat(Streams.withCancellation(bytes, source.token()).readAllBytes()).hasSize(LENGTH);
    StringWriter copy = new StringWriter();
    assertThat(Streams.withCancellation(chars, source.token()).transferTo(copy)).isEqualTo(LENGTH);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aReadThrowsOnceCancellationIsRequested() throws IOException {
    InputStream in = Streams.withCancellation(bytes, source.token());
    Reader reader = Streams.withCancellation(chars, source.token());
    assertThat(in.read()).isZero();
    assertThat(reader.read()).isEqualTo('x');

    source.cancel();

    assertThatThrownBy(in::read).isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(in::readAllBytes).isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(() -> in.skip(1)).isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(reader::read).isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(() -> reader.read(new char[1]))
        .isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(() -> reader.skip(1)).isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void theTokenIsLookedAtBetweenPieces() {
    InputStream in = Streams.withCancellation(bytes, source.token());
    ByteArrayOutputStream cancels =
        new ByteArrayOutputStream() {
          @Override
          public void write(byte[] piece, int offset, int length) {
            super.write(piece, offset, length);
            source.cancel();
          }
        };

    assertThatThrownBy(() -> in.transferTo(cancels)).isInstanceOf(OperationCanceledException.class);
    assertThat(cancels.size()).isEqualTo(TokenInputStream.PIECE);
  }

  @Test
  void whatIsReadFromStaysOpen() throws IOException {
    Streams.withCancellation(chars, source.token());
    source.cancel();

    assertThat(chars.read()).isEqualTo('x');
  }

  @Test
  void closingTheViewClosesWhatItReadsFrom() throws IOException {
    Streams.withCancellation(chars, source.token()).close();

    assertThatThrownBy(chars::read).isInstanceOf(IOException.class);
  }

  @Test
  void aReaderSkipsAllThatItIsAskedTo() throws IOException {
    Reader reader = Streams.withCancellation(chars, source.token());

    assertThat(reader.skip(LENGTH - 1)).isEqualTo(LENGTH - 1);
    assertThat(reader.read()).isEqualTo('x');
    assertThat(reader.skip(1)).isZero();
  }
}
