// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;

import desist.tasks.CompletionStressTest;
import desist.tasks.ContinuationStressTest;
import desist.threading.AnyCollectionStressTest;
import desist.threading.BarrierStressTest;
import desist.threading.BlockingCollectionStressTest;
import desist.threading.CountdownEventStressTest;
import desist.threading.SemaphoreSlimAsyncStressTest;
import desist.threading.SemaphoreSlimStressTest;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The races of three threads, which jcstress leaves out where there are two processors. */
class ThreePartyRacesTest {
  private static final int SECONDS = "long".equals(System.getProperty("desist.budget")) ? 600 : 2;

  @ParameterizedTest
  @ValueSource(
      classes = {
        LinkStressTest.LastAndNextCallbackAtDepthOne.class,
        LinkStressTest.LastAndNextCallbackAtDepthThree.class,
        BarrierStressTest.SignalSignalCancel.class,
        BarrierStressTest.SignalSignalClose.class,
        CountdownEventStressTest.SignalSignalReset.class,
        BlockingCollectionStressTest.AddThenCancelAndTakeAndTake.class,
        AnyCollectionStressTest.AddAndTakeAndTakeFromAny.class,
        SemaphoreSlimStressTest.ReleaseAndCancelAndWait.class,
        SemaphoreSlimStressTest.ReleaseAndCloseAndWait.class,
        SemaphoreSlimAsyncStressTest.ReleaseAndCancelAndBegin.class,
        SemaphoreStressTest.ReleaseOfTwoVersusTwoWaits.class,
        SemaphoreStressTest.ReleaseVersusCancelVersusTimeout.class,
        CompletionStressTest.SetVersusTwoContinuations.class,
        ContinuationStressTest.MadeVersusCancelVersusEnd.class
      })
  void noRaceEndsInAForbiddenOutcome(Class<?> race) throws Exception {
    SortedMap<String, Integer> outcomes = Rounds.play(race, SECONDS);

    System.out.println(race.getSimpleName() + ": " + outcomes);
    assertThat(outcomes).isNotEmpty();
    assertThat(Rounds.forbidden(race, outcomes.keySet())).isEmpty();
  }
}
