// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineReaderTest {
  private final CancellationTokenSource source = new CancellationTokenSource();
  private final Keyboard keyboard = new Keyboard();
  private final LineReader lines = new LineReader(new BufferedReader(keyboard));

  @Test
  void linesAreReadOneAfterAnother() throws Exception {
    keyboard.type("one\ntwo\n");

    assertThat(lines.readLine(source.token())).isEqualTo("one");
    assertThat(lines.readLine(CancellationToken.none())).isEqualTo("two");
  }

  @Test
  void theEndIsNull() throws Exception {
    keyboard.type("");

    assertThat(lines.readLine(source.token())).isNull();
  }

  static List<TestThreads.Kind> threads() {
    return TestThreads.kinds();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void aWaitForALineIsStopped(TestThreads.Kind threads) throws Exception {
    TestThreads.Running<String> asker = threads.start(() -> lines.readLine(source.token()));
    asker.awaitBlocked();

    source.cancel();

    assertThatThrownBy(asker::join).isInstanceOf(OperationCanceledException.class);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aLineThatComesTooLateIsForWhoAsksNext() throws Exception {
    TestThreads.Running<String> asker = TestThreads.start(() -> lines.readLine(source.token()));
    asker.awaitBlocked();
    source.cancel();
    assertThatThrownBy(asker::join).isInstanceOf(OperationCanceledException.class);

    keyboard.type("late\nnext\n");

    assertThat(lines.readLine(CancellationToken.none())).isEqualTo("late");
    assertThat(lines.readLine(CancellationToken.none())).isEqualTo("next");
  }

  @Test
  void whoWaitsForHisTurnIsStoppedToo() throws Exception {
    TestThreads.Running<String> first =
        TestThreads.start(() -> lines.readLine(CancellationToken.none()));
    first.awaitBlocked();
    TestThreads.Running<String> second = TestThreads.start(() -> lines.readLine(source.token()));
    second.awaitBlocked();

    source.cancel();

    assertThatThrownBy(second::join).isInstanceOf(OperationCanceledException.class);
    keyboard.type("line\n");
    assertThat(first.join()).isEqualTo("line");
  }

  @Test
  void theLineThatIsBeingReadWhenTheTokenIsCanceledIsLostToNobody() throws Exception {
    TestThreads.Running<String> asker = TestThreads.start(() -> lines.readLine(source.token()));
    keyboard.type("first half, ");
    asker.awaitBlocked();
    source.cancel();
    assertThatThrownBy(asker::join).isInstanceOf(OperationCanceledException.class);

    keyboard.type("second half\n");

    assertThat(lines.readLine(CancellationToken.none())).isEqualTo("first half, second half");
  }

  @Test
  void anInterruptStaysAnInterrupt() throws Exception {
    TestThreads.Running<String> asker = TestThreads.start(() -> lines.readLine(source.token()));
    asker.awaitBlocked().thread().interrupt();

    assertThatThrownBy(asker::join).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aFailureIsThrownAndTheNextCallReadsAgain() throws Exception {
    keyboard.fail();

    assertThatThrownBy(() -> lines.readLine(source.token()))
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("no keyboard");
    keyboard.type("line\n");
    assertThat(lines.readLine(source.token())).isEqualTo("line");
  }

  /** A reader that waits until something is typed. */
  private static final class Keyboard extends Reader {
    private static final String FAILURE = new String("failure");

    private final BlockingQueue<String> typed = new LinkedBlockingQueue<>();

    /** Types a text; an empty one is the end. */
    void type(String text) {
      typed.add(text);
    }

    void fail() {
      typed.add(FAILURE);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the failure is a text that nobody types
    public int read(char[] chars, int offset, int length) throws IOException {
      try {
        String text = typed.take();
        if (text == FAILURE) {
          throw new IOException("no keyboard");
        }
        text.getChars(0, text.length(), chars, offset);
        return text.isEmpty() ? -1 : text.length();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {}
  }
}
