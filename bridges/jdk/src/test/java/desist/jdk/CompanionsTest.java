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

  @Test
  void aKeyHasOneCompanionWhichIsAttachedOnce() {
    List<Object> key = new ArrayList<>();

    Object companion = companions.of(key);

    assertThat(companions.of(key)).isSameAs(companion);
    assertThat(key).containsExactly(companion);
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
