// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static org.assertj.core.api.Assertions.assertThat;

import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.threading.TestThreads.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Many phases whose participants are canceled, timed out and interrupted at random, while another
 * one comes and goes: each takes part in each phase, once.
 */
final class BarrierSoakTest {
  private static final int PARTICIPANTS = 3;
  private static final long PHASES =
      "long".equals(System.getProperty("desist.budget")) ? 10_000_000 : 5_000;

  private final List<Participant> participants = new ArrayList<>();
  private final AtomicLong actions = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final Barrier barrier = new Barrier(PARTICIPANTS, this::check);
  private final CancellationTokenSource end = new CancellationTokenSource();

  @Test
  void eachParticipantTakesPartInEachPhaseOnce() throws Exception {
    List<Running<Void>> running = new ArrayList<>();
    for (int i = 0; i < PARTICIPANTS; i++) {
      Participant participant = new Participant(new SplittableRandom(i));
      participants.add(participant);
    }
    for (Participant participant : participants) {
      running.add(TestThreads.run(participant));
    }
    Running<Void> disturbing = TestThreads.run(() -> disturb(running));
    Running<Long> guest = TestThreads.start(this::comeAndGo);

    for (Running<Void> participant : running) {
      participant.thread().join();
    }
    end.cancel();
    disturbing.join();
    long visits = guest.join();
    for (Running<Void> participant : running) {
      participant.join();
    }

    System.out.printf(
        "%d phases of %d participants, of whom %d gave up meanwhile; %d visits%n",
        PHASES, PARTICIPANTS, participants.stream().mapToLong(p -> p.gaveUp).sum(), visits);
    assertThat(wrong).as("phases that lacked a participant").hasValue(0);
    assertThat(actions).hasValue(PHASES);
    assertThat(barrier.currentPhaseNumber()).isEqualTo(PHASES);
    assertThat(barrier.participantCount()).isEqualTo(PARTICIPANTS);
    assertThat(barrier.participantsRemaining()).isEqualTo(PARTICIPANTS);
    assertThat(participants).extracting(p -> p.source.registrationCount()).containsOnly(0);
  }

  /** The action: nobody is a phase ahead or behind. */
  private void check(Barrier barrier) {
    long phase = actions.getAndIncrement();
    if (barrier.currentPhaseNumber() != phase
        || participants.stream().anyMatch(participant -> participant.phases != phase)) {
      wrong.incrementAndGet();
    }
  }

  private void disturb(List<Running<Void>> running) {
    SplittableRandom random = new SplittableRandom(-1);
    while (!end.isCancellationRequested()) {
      int i = random.nextInt(PARTICIPANTS);
      if (random.nextBoolean()) {
        participants.get(i).source.cancel();
      } else {
        running.get(i).thread().interrupt();
      }
      for (int spins = random.nextInt(2_000); spins > 0; spins--) {
        Thread.onSpinWait();
      }
    }
  }

  /** One more participant: joins, takes part in a phase or gives up, and leaves. */
  private long comeAndGo() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(-2);
    long visits = 0;
    for (; !end.isCancellationRequested(); visits++) {
      long first = barrier.addParticipant();
      long before = barrier.currentPhaseNumber();
      boolean ended = barrier.signalAndWait(Duration.ofNanos(random.nextInt(100_000)));
      if (first > before || (ended && barrier.currentPhaseNumber() == before)) {
        wrong.incrementAndGet();
      }
      barrier.removeParticipant();
    }
    return visits;
  }

  private final class Participant implements Runnable {
    private final SplittableRandom random;
    private volatile CancellationTokenSource source = new CancellationTokenSource();

    /** Written by this participant before it signals, and read in the action. */
    private long phases;

    private long gaveUp;

    Participant(SplittableRandom random) {
      this.random = random;
    }

    @Override
    public void run() {
      while (phases < PHASES) {
        if (signalAndWait()) {
          phases++;
        } else {
          gaveUp++;
        }
      }
    }

    private boolean signalAndWait() {
      try {
        return switch (random.nextInt(3)) {
          case 0 -> barrier.signalAndWait(Duration.ofNanos(random.nextInt(100_000)));
          case 1 -> barrier.signalAndWait(Duration.ofDays(1), source.token());
          default -> {
            barrier.signalAndWait(source.token());
            yield true;
          }
        };
      } catch (OperationCanceledException e) {
        source = new CancellationTokenSource();
        return false;
      } catch (InterruptedException e) {
        return false;
      }
    }
  }
}
