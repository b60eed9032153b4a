// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Combinators of combinators, a hundred thousand deep: no recursion, and no quadratic time. */
class CombinatorDepthTest {
  private static final int LEVELS = 100_000;

  private final TaskCompletionSource<Integer> bottom = new TaskCompletionSource<>();
  private final CancellationTokenSource source = new CancellationTokenSource();

  @Test
  void nestedWhenAllEndsInsideTheCall() {
    Task<?> whole = bottom.task();
    for (int i = 0; i < LEVELS; i++) {
      whole = Task.whenAll(whole, Task.completedTask());
    }

    bottom.setResult(1);

    assertThat(whole.isCompletedSuccessfully()).isTrue();
  }

  @Test
  void aFaultGoesUpThroughAllLevels() {
    Task<?> whole = bottom.task();
    for (int i = 0; i < LEVELS; i++) {
      whole = Task.whenAll(whole);
    }
    IllegalStateException fault = new IllegalStateException();

    bottom.setException(fault);

    assertThat(whole.exception().innerExceptions()).containsExactly(fault);
  }

  @Test
  void nestedWhenAnyEndsInsideTheCall() {
    Task<?> whole = bottom.task();
    for (int i = 0; i < LEVELS; i++) {
      whole = Task.whenAny(whole, new TaskCompletionSource<>().task());
    }

    bottom.setResult(1);

    assertThat(whole.isCompletedSuccessfully()).isTrue();
  }

  @Test
  void aChainOfWaitAsyncEndsInsideTheCall() {
    Task<Integer> last = bottom.task();
    for (int i = 0; i < LEVELS; i++) {
      last = last.waitAsync(source.token());
    }

    bottom.setResult(1);

    assertThat(last.resultNow()).isEqualTo(1);
    assertThat(source.registrationCount()).isZero();
  }

  @Test
  void aChainOfWaitAsyncIsCanceledAtOnce() {
    Task<Integer> last = bottom.task();
    for (int i = 0; i < LEVELS; i++) {
      last = last.waitAsync(source.token());
    }

    source.cancel();

    assertThat(last.isCanceled()).isTrue();
    assertThat(bottom.task().hookCount()).isZero();
  }

  @Test
  void aChainOfWaitAsyncAboveOneTokenIsCanceledFromBelow() {
    Task<Integer> last = bottom.task().waitAsync(source.token());
    CancellationTokenSource live = new CancellationTokenSource();
    for (int i = 0; i < LEVELS; i++) {
      last = last.waitAsync(live.token());
    }

    source.cancel();

    assertThat(last.isCanceled()).isTrue();
    assertThat(live.registrationCount()).isZero();
  }

  @Test
  void aChainOfUnwrappedTasksEndsInsideTheCall() {
    Task<Integer> last = bottom.task();
    for (int i = 0; i < LEVELS; i++) {
      TaskCompletionSource<Task<Integer>> outer = new TaskCompletionSource<>();
      Task<Integer> unwrapped = Task.unwrap(outer.task());
      outer.setResult(last);
      last = unwrapped;
    }

    bottom.setResult(1);

    assertThat(last.resultNow()).isEqualTo(1);
  }

  @Test
  void aChainOfContinueWhenRunsToItsEnd() throws Exception {
    Task<Integer> last = bottom.task();
    for (int i = 0; i < LEVELS; i++) {
      last =
          Task.factory()
              .continueWhenAll(
                  List.of(last),
                  all -> all.get(0).resultNow() + 1,
                  TaskContinuationOptions.EXECUTE_SYNCHRONOUSLY);
    }

    bottom.setResult(0);

    assertThat(last.result()).isEqualTo(LEVELS);
  }

  @Test
  void aHundredThousandWaitsForOneTaskEndInAnyOrder() {
    Task<?>[] waits = new Task<?>[LEVELS];
    CancellationTokenSource[] sources = new CancellationTokenSource[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      sources[i] = new CancellationTokenSource();
      waits[i] = bottom.task().waitAsync(sources[i].token());
    }

    for (int i = 0; i < LEVELS; i += 2) {
      sources[i].cancel();
    }
    assertThat(bottom.task().hookCount()).isEqualTo(LEVELS / 2);
    bottom.setResult(1);

    for (int i = 0; i < LEVELS; i++) {
      assertThat(waits[i].isCanceled()).isEqualTo(i % 2 == 0);
    }
  }
}
