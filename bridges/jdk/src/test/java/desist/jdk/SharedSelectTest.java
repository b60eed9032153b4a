// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.jdk.TestThreads.Kind;
import desist.jdk.TestThreads.Running;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Selections with a token, on a selector that goes on being used. */
class SharedSelectTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int ROUNDS = 2_000;

  private final CancellationTokenSource source = new CancellationTokenSource();
  private final CancellationToken token = source.token();

  private Selector selector;
  private Pipe pipe;

  @BeforeEach
  void open() throws IOException {
    selector = Selector.open();
    pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    pipe.source().register(selector, SelectionKey.OP_READ);
  }

  @AfterEach
  void close() throws IOException {
    assertThat(source.registrationCount()).isZero();
    selector.close();
    pipe.sink().close();
    pipe.source().close();
  }

  /** One of the forms of select. */
  record Form(String name, Select select) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Select {
    int by(Selector selector, CancellationToken token) throws IOException;
  }

  static List<Form> forms() {
    return List.of(
        new Form("plain", Shared::select),
        new Form("with a time-out", (s, t) -> Shared.select(s, HOUR, t)),
        new Form("with an action", (s, t) -> Shared.select(s, key -> {}, t)),
        new Form("with both", (s, t) -> Shared.select(s, key -> {}, HOUR, t)));
  }

  static Stream<Arguments> formsAndThreads() {
    return forms().stream()
        .flatMap(form -> TestThreads.kinds().stream().map(kind -> Arguments.of(form, kind)));
  }

  @ParameterizedTest
  @MethodSource("formsAndThreads")
  void theTokenEndsItAndTheSelectorStaysOfUse(Form form, Kind threads) throws Exception {
    IOException reason = new IOException();
    Running<Integer> running = start(threads, form);

    source.cancelBecause(reason);

    assertThatThrownBy(running::join)
        .isInstanceOfSatisfying(
            OperationCanceledException.class, e -> assertThat(e.token()).isSameAs(token))
        .hasCause(reason);
    assertThat(selector.isOpen()).isTrue();
    assertNobodyWakesTheNextSelection(threads);
  }

  @ParameterizedTest
  @MethodSource("formsAndThreads")
  void aKeyThatIsReadyIsToldOf(Form form, Kind threads) throws Exception {
    Running<Integer> running = start(threads, form);

    makeReady();

    assertThat(running.join()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void nothingIsSelectedWithATokenThatIsCanceled(Form form) throws IOException {
    makeReady();
    source.cancel();

    assertThatThrownBy(() -> form.select.by(selector, token))
        .isInstanceOf(OperationCanceledException.class);
    assertThat(selector.selectedKeys()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aTokenThatCannotBeCanceledMakesThePlainCall(Form form) throws IOException {
    selector.wakeup();
    assertThat(form.select.by(selector, CancellationToken.none())).isZero();
    makeReady();

    assertThat(form.select.by(selector, CancellationToken.none())).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("formsAndThreads")
  void anInterruptEndsItAndStaysSet(Form form, Kind threads) throws Exception {
    Running<Boolean> running =
        threads.start(
            () -> {
              assertThat(form.select.by(selector, token)).isZero();
              return Thread.currentThread().isInterrupted();
            });
    TestThreads.await("is registered", () -> source.registrationCount() == 1);

    running.thread().interrupt();

    assertThat(running.join()).isTrue();
    assertThat(selector.isOpen()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void anothersWakeupEndsItWithoutAnException(Form form) throws Exception {
    Running<Integer> running = start(TestThreads.kinds().get(0), form);

    selector.wakeup();

    assertThat(running.join()).isZero();
  }

  @ParameterizedTest
  @MethodSource("formsAndThreads")
  void aSelectorThatIsClosedBySomebodyEndsItAsWithoutAToken(Form form, Kind threads)
      throws Exception {
    Running<Integer> running = start(threads, form);
    TestThreads.await("selects", () -> selects(running));

    selector.close();

    assertThat(running.join()).isZero();
    assertThatThrownBy(() -> form.select.by(selector, token))
        .isInstanceOf(ClosedSelectorException.class);
  }

  @ParameterizedTest
  @MethodSource("threads")
  void aWakeupThatComesTooLateIsTakenBack(Kind threads) throws Exception {
    makeReady();
    int count =
        Shared.select(
            selector,
            key -> {
              source.cancel(); // when nothing waits any more
              drain();
            },
            token);

    assertThat(count).isEqualTo(1);
    assertNobodyWakesTheNextSelection(threads);
  }

  @Test
  void whatTheActionThrowsIsThrownAndTheWakeupTakenBack() throws Exception {
    makeReady();
    IllegalStateException failure = new IllegalStateException();

    assertThatThrownBy(
            () ->
                Shared.select(
                    selector,
                    key -> {
                      source.cancel();
                      drain();
                      throw failure;
                    },
                    token))
        .isSameAs(failure);
    assertNobodyWakesTheNextSelection(TestThreads.kinds().get(0));
  }

  @Test
  void whoeverSelectsNextIsToldOfWhatIsReady() throws Exception {
    makeReady();
    assertThat(Shared.select(selector, key -> source.cancel(), token)).isEqualTo(1);
    assertThat(selector.selectedKeys()).isEmpty();

    assertThat(selector.select()).isEqualTo(1);
    assertThat(selector.selectedKeys()).hasSize(1);
  }

  @Test
  void aWakeupThatAnothersSelectionTakesIsSentAgain() throws Exception {
    Running<Integer> running =
        TestThreads.start(
            () ->
                new Selection(selector)
                    .run(
                        () -> {
                          source.cancel();
                          selector.selectNow(); // as another thread might
                          return selector.select();
                        },
                        token));

    assertThatThrownBy(running::join).isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void aTimeThatIsOverEndsIt() throws IOException {
    assertThat(Shared.select(selector, Duration.ofNanos(1), token)).isZero();
    assertThat(Shared.select(selector, Duration.ZERO, token)).isZero();
    assertThat(Shared.select(selector, Duration.ofSeconds(-1), token)).isZero();
    List<SelectionKey> keys = new ArrayList<>();
    assertThat(Shared.select(selector, keys::add, Duration.ofNanos(1), token)).isZero();
    makeReady();
    assertThat(Shared.select(selector, keys::add, Duration.ZERO, token)).isEqualTo(1);
    assertThat(keys).hasSize(1);
    source.cancel();
    assertThatThrownBy(() -> Shared.select(selector, Duration.ZERO, token))
        .isInstanceOf(OperationCanceledException.class);
    assertThatThrownBy(() -> Shared.select(selector, keys::add, Duration.ZERO, token))
        .isInstanceOf(OperationCanceledException.class);
  }

  @Test
  void nullsAreRefused() {
    assertThatThrownBy(() -> Shared.select(null, token)).hasMessage("selector");
    assertThatThrownBy(() -> Shared.select(selector, null)).hasMessage("token");
    assertThatThrownBy(() -> Shared.select(selector, (Duration) null, token)).hasMessage("timeout");
    assertThatThrownBy(() -> Shared.select(selector, key -> {}, null, token)).hasMessage("timeout");
    assertThatThrownBy(() -> Shared.select(selector, null, HOUR, token)).hasMessage("action");
    assertThatThrownBy(() -> Shared.select(selector, HOUR, null)).hasMessage("token");
  }

  /**
   * Cancels at every moment of a selection; what is selected next always finds what it waits for.
   */
  @ParameterizedTest
  @MethodSource("threads")
  void noWakeupIsLeftWheneverItIsCanceled(Kind threads) throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    for (int i = 0; i < ROUNDS; i++) {
      CancellationTokenSource round = new CancellationTokenSource();
      long offset = i % 50 * 1000L;
      Running<Integer> selecting =
          threads.start(
              () -> {
                try {
                  Shared.select(selector, round.token());
                } catch (OperationCanceledException e) {
                  // as it should
                }
                isOver.set(true);
                return selector.select();
              });
      LockSupport.parkNanos(offset);
      round.cancel();
      TestThreads.await("is over", isOver::get);
      LockSupport.parkNanos(offset); // the next selection waits by now, or will soon
      makeReady();
      assertThat(selecting.join()).as("round %s", i).isEqualTo(1);
      selector.selectedKeys().clear();
      drain();
      isOver.set(false);
      assertThat(round.registrationCount()).isZero();
    }
  }

  static List<Kind> threads() {
    return TestThreads.kinds();
  }

  private Running<Integer> start(Kind threads, Form form) {
    Running<Integer> running = threads.start(() -> form.select.by(selector, token));
    TestThreads.await("is registered", () -> source.registrationCount() == 1);
    return running;
  }

  /** Selects without a token; a wakeup that was left behind would end that with no key. */
  private void assertNobodyWakesTheNextSelection(Kind threads) throws Exception {
    Running<Integer> next = threads.start(() -> selector.select());
    TestThreads.await("selects", () -> selects(next));

    makeReady();

    assertThat(next.join()).isEqualTo(1);
  }

  private static boolean selects(Running<Integer> running) {
    assertThat(running.task().isDone()).as("was waked").isFalse();
    for (StackTraceElement frame : running.thread().getStackTrace()) {
      if (frame.getMethodName().equals("doSelect")) {
        return true;
      }
    }
    return false;
  }

  private void makeReady() throws IOException {
    pipe.sink().write(ByteBuffer.allocate(1));
  }

  private void drain() {
    try {
      pipe.source().read(ByteBuffer.allocate(16));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
