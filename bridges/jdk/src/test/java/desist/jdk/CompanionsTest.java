// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompanionsTest {
  private final Companions<List<Object>, Object> companions =
      new Companions<>(Object::new, List::add);
  private final Companions<List<Object>, Object> overtaken =
      new Companions<>(this::makeAfterAnother, List::add);
  private final List<Object> contended = new ArrayList<>();
  private boolean isOvertaken;

  @Test
  void aKeyHasOneCompanionWhichIsAttachedOnce() {
    List<Object> key = new ArrayList<>();

    Object companion = companions.of(key);

    assertThat(companions.of(key)).isSameAs(companion);
    assertThat(key).containsExactly(companion);
  }

  @Test
  void whoIsOvertakenHasTheCompanionOfTheOther() {
    Object companion = overtaken.of(contended);

    assertThat(contended).containsExactly(companion);
    assertThat(overtaken.of(contended)).isSameAs(companion);
  }

  /** Makes a companion; meanwhile another thread, so to speak, has put in one of its own. */
  private Object makeAfterAnother() {
    if (!isOvertaken) {
      isOvertaken = true;
      overtaken.of(contended);
    }
    return new Object();
  }

  @Test
  void keysAreToldApartByTheirIdentity() {
    List<Object> one = new ArrayList<>();
    List<Object> equal = new ArrayList<>();

    assertThat(companions.of(one)).isNotSameAs(companions.of(equal));
    assertThat(companions.size()).isEqualTo(2);
  }

  @Test
  void aKeyIsNotKeptAlive() {
    for (int i = 0; i < 100; i++) {
      companions.of(new ArrayList<>());
    }

    TestThreads.await(
        "are collected",
        () -> {
          System.gc();
          return companions.size() == 0;
        });
  }

  @Test
  void aCompanionThatItsKeyLetGoIsReplaced() {
    List<Object> key = new ArrayList<>();
    int first = System.identityHashCode(companions.of(key));
    key.clear();

    TestThreads.await(
        "is replaced",
        () -> {
          System.gc();
          return System.identityHashCode(companions.of(key)) != first;
        });
    assertThat(companions.size()).isOne();
  }

  @Test
  void whatAttachingThrowsComesOut() {
    Companions<Object, Object> failing =
        new Companions<>(
            Object::new,
            (key, companion) -> {
              throw new IllegalStateException();
            });

    assertThatThrownBy(() -> failing.of("key")).isInstanceOf(IllegalStateException.class);
  }
}
