// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.testing;

import static desist.testing.CancellationAssertions.assertNothingLeftRegistered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenRegistration;
import desist.CancellationTokenSource;
import desist.ObjectDisposedException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class CancellationAssertionsTest {
  private static final Runnable NOTHING = () -> {};

  @Test
  void bodyThatTakesItsCallbackOffPasses() {
    assertNothingLeftRegistered(token -> token.register(NOTHING).close());
  }

  @Test
  void bodyMayBeAMethodReferenceOrABlock() {
    assertNothingLeftRegistered(CancellationToken::throwIfCancellationRequested);
    assertNothingLeftRegistered(
        token -> {
          try (CancellationTokenRegistration scoped = token.register(NOTHING)) {
            assertThat(scoped.token()).isSameAs(token);
          }
        });
  }

  @Test
  void bodyThatLeavesACallbackFails() {
    assertThatThrownBy(() -> assertNothingLeftRegistered(token -> token.register(NOTHING)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("The body left 1 registration behind")
        .hasNoCause();
  }

  @Test
  void callbackOfALinkedSourceCounts() {
    assertThatThrownBy(
            () ->
                assertNothingLeftRegistered(
                    token -> {
                      var child = CancellationTokenSource.createLinkedTokenSource(token);
                      child.token().register(NOTHING);
                    }))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void exceptionOfTheBodyIsThrownAsItIs() {
    assertThatThrownBy(
            () ->
                assertNothingLeftRegistered(
                    token -> {
                      throw new IOException("its own");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("its own");
  }

  @Test
  void exceptionDoesNotHideWhatIsLeft() {
    assertThatThrownBy(
            () ->
                assertNothingLeftRegistered(
                    token -> {
                      token.register(NOTHING);
                      throw new IOException("its own");
                    }))
        .isInstanceOf(AssertionError.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void onlyWhatIsAddedToAGivenSourceCounts() {
    try (CancellationTokenSource source = new CancellationTokenSource()) {
      source.token().register(NOTHING);
      assertNothingLeftRegistered(source, token -> token.register(NOTHING).close());
      assertThatThrownBy(() -> assertNothingLeftRegistered(source, t -> t.register(NOTHING)))
          .hasMessageContaining("1 registration");
    }
  }

  @Test
  void closedSourceIsRefused() {
    CancellationTokenSource source = new CancellationTokenSource();
    source.close();
    assertThatThrownBy(() -> assertNothingLeftRegistered(source, token -> {}))
        .isInstanceOf(ObjectDisposedException.class);
  }
}
