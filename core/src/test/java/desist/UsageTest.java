// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What users write compiles as they write it: lambdas, method references, blocks, nulls. */
class UsageTest {
  private final List<String> log = new ArrayList<>();

  @Test
  void everyMethodThatTakesAFunctionTakesLambdasReferencesAndBlocks() {
    CancellationTokenSource source = new CancellationTokenSource();
    CancellationToken token = source.token();
    Executor executor = Runnable::run;
    SynchronizationContext context = new SynchronizationContext();

    token.register(() -> log.add("lambda"));
    token.register(this::note);
    token.register(
        () -> {
          log.add("block");
        });
    token.register(this::note, context);
    token.register(() -> log.add("context"), context);
    token.register(this::note, SynchronizationContext.current());
    token.register(this::note, executor);
    token.register(() -> log.add("executor"), executor);
    token.register(() -> log.add("executor"), command -> command.run());
    token.registerWith("state", log::add);
    token.registerWith("state", state -> log.add(state));
    token.registerWith(null, state -> log.add("null"));
    token.registerWith(
        log,
        list -> {
          list.add("block");
        });
    token.registerWithToken("state", this::noteWith);
    token.registerWithToken(log, (list, canceled) -> list.add(canceled.toString()));

    source.cancel();

    assertThat(log).hasSize(15);
  }

  @Test
  void aSourceIsPassedAroundAsTheRightToCancel() {
    CancellationTokenSource source = new CancellationTokenSource();
    Runnable stopButton = source::cancel;
    Consumer<Throwable> onError = source::cancelBecause;

    onError.accept(new IllegalStateException("broken"));
    stopButton.run();

    assertThat(source.token().reason()).hasMessage("broken");
  }

  @Test
  void oneSourceCancelsAnother() {
    CancellationTokenSource first = new CancellationTokenSource();
    CancellationTokenSource second = new CancellationTokenSource();
    first.token().register(second::cancel);
    first.token().registerWith(first, CancellationTokenSource::close);

    first.cancel();

    assertThat(second.isCancellationRequested()).isTrue();
  }

  @Test
  void aCancellationSignalsAHandle() throws Exception {
    Semaphore semaphore = new Semaphore(0, 2);
    ManualResetEvent event = new ManualResetEvent(false);
    CancellationTokenSource source = new CancellationTokenSource();
    source.token().register(semaphore::release);
    source.token().registerWith(event, EventWaitHandle::set);
    source.token().register(() -> semaphore.releaseMany(1));

    source.cancel();

    assertThat(WaitHandle.waitAll(semaphore, event) && semaphore.waitOne()).isTrue();
  }

  @Test
  void aTimeOutAndAnExternalTokenAreLinkedInOneLine() throws Exception {
    CancellationTokenSource external = new CancellationTokenSource();
    try (var source =
        CancellationTokenSource.createLinkedTokenSource(
            Duration.ofMillis(1), external.token(), CancellationToken.none())) {
      source.token().awaitCancellation();

      assertThat(source.token().reason()).isInstanceOf(TimeoutException.class);
      assertThat(external.isCancellationRequested()).isFalse();
    }
  }

  @Test
  void linkedSourcesTakeOneTwoManyAndCollections() {
    CancellationToken token = CancellationToken.canceled();
    List<CancellationTokenSource> sources =
        List.of(
            CancellationTokenSource.createLinkedTokenSource(token),
            CancellationTokenSource.createLinkedTokenSource(token, token),
            CancellationTokenSource.createLinkedTokenSource(token, token, token),
            CancellationTokenSource.createLinkedTokenSource(List.of(token)),
            CancellationTokenSource.createLinkedTokenSource(Duration.ofDays(1), token),
            CancellationTokenSource.createLinkedTokenSource(
                Duration.ofDays(1), TimeProvider.system(), token));

    assertThat(sources).allMatch(CancellationTokenSource::isCancellationRequested);
  }

  @Test
  void nullsAreRefusedByName() {
    CancellationToken token = new CancellationTokenSource().token();
    assertThatNullPointerException()
        .isThrownBy(() -> token.register((Runnable) null))
        .withMessage("callback");
    assertThatNullPointerException()
        .isThrownBy(() -> token.register(this::note, (Executor) null))
        .withMessage("executor");
    assertThatNullPointerException()
        .isThrownBy(() -> CancellationTokenSource.createLinkedTokenSource(token, null, token))
        .withMessage("tokens[1]");
    assertThatNullPointerException()
        .isThrownBy(() -> CancellationTokenSource.createLinkedTokenSource(token, null))
        .withMessage("token2");
    assertThatNullPointerException()
        .isThrownBy(() -> new CancellationTokenSource(null))
        .withMessage("delay");
    assertThatNullPointerException()
        .isThrownBy(() -> new CancellationTokenSource().cancelBecause(null))
        .withMessage("reason");
    assertThatNullPointerException()
        .isThrownBy(() -> token.awaitCancellation(null))
        .withMessage("timeout");
  }

  private void note() {
    log.add("reference");
  }

  private void noteWith(String state, CancellationToken token) {
    log.add(state + token);
  }
}
