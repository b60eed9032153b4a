// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The listings of docs/guide/linked-sources.md. */
class LinkedSourcesGuideTest {
  private final List<String> log = new ArrayList<>();

  @Test
  void eitherParentCancels() {
    try (var shutdown = new CancellationTokenSource();
        var request = new CancellationTokenSource()) {
      // snippet: link
      try (var linked =
          CancellationTokenSource.createLinkedTokenSource(shutdown.token(), request.token())) {
        serve(linked.token());
      }
      // end
      var linked =
          CancellationTokenSource.createLinkedTokenSource(shutdown.token(), request.token());
      request.cancel();
      assertThat(linked.isCancellationRequested()).isTrue();
      assertThat(shutdown.isCancellationRequested()).isFalse();
      assertThat(log).containsExactly("served");
    }
  }

  // snippet: race
  String firstAnswer(List<Replica> replicas, CancellationToken token) {
    try (var rest = CancellationTokenSource.createLinkedTokenSource(token)) {
      String answer = ask(replicas, rest.token());
      rest.cancel(); // the other replicas may stop; the caller's token is not touched
      return answer;
    }
  }

  // end

  @Test
  void aChildNeverCancelsItsParent() {
    try (var caller = new CancellationTokenSource()) {
      assertThat(firstAnswer(List.of(new Replica()), caller.token())).isEqualTo("answer");
      assertThat(caller.isCancellationRequested()).isFalse();
    }
  }

  // snippet: which
  void fetch(Duration limit, CancellationToken token) {
    try (var linked = CancellationTokenSource.createLinkedTokenSource(limit, token)) {
      download(linked.token());
    } catch (OperationCanceledException e) {
      if (token.isCancellationRequested()) {
        log.add("no longer wanted"); // also if it was a time-out of the caller's
      } else if (e.getCause() instanceof TimeoutException) {
        log.add("too slow");
      } else {
        throw e; // somebody else's
      }
    }
  }

  // end

  @Test
  void theCallersTimeOutIsNotTakenForOurs() {
    try (var caller = new CancellationTokenSource(Duration.ZERO)) {
      assertThat(caller.token().reason()).isInstanceOf(TimeoutException.class);
      fetch(Duration.ofDays(1), caller.token());
      assertThat(log).containsExactly("no longer wanted");
    }
  }

  @Test
  void ourTimeOutIsNotTakenForTheCallers() {
    try (var caller = new CancellationTokenSource(Duration.ofDays(1))) {
      fetch(Duration.ZERO, caller.token());
      assertThat(log).containsExactly("too slow");
    }
  }

  @Test
  void theReasonIsPassedOn() {
    var shutdown = new CancellationTokenSource();
    var job = CancellationTokenSource.createLinkedTokenSource(shutdown.token());
    var step = CancellationTokenSource.createLinkedTokenSource(job.token());
    // snippet: reason
    var maintenance = new IllegalStateException("maintenance at six");
    shutdown.cancelBecause(maintenance);
    assertThat(step.token().isCancellationRequested()).isTrue(); // at once, at any depth
    assertThat(step.token().reason()).isSameAs(maintenance);
    // end
    assertThatThrownBy(step.token()::throwIfCancellationRequested)
        .isInstanceOf(OperationCanceledException.class)
        .hasCause(maintenance);
  }

  record Replica() {}

  private String ask(List<Replica> replicas, CancellationToken token) {
    token.throwIfCancellationRequested();
    return replicas.isEmpty() ? "nobody asked" : "answer";
  }

  private void serve(CancellationToken token) {
    token.throwIfCancellationRequested();
    log.add("served");
  }

  private static void download(CancellationToken token) {
    token.throwIfCancellationRequested();
  }
}
