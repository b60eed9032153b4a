// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiTextTest {
  @ParameterizedTest
  @EnumSource
  void theCommittedTextIsThePublicApi(PublishedModule module) throws IOException {
    try (PublicApi api = new PublicApi(module.sources())) {
      Generated.check(module.apiFile(), ApiText.of(module, api));
    }
  }

  @Test
  void everythingThatUsersCanNameIsWritten(@TempDir Path sources) throws IOException {
    Files.writeString(
        sources.resolve("Shape.java"),
        """
        package desist;

        import java.io.IOException;
        import java.util.List;
        import java.util.Map.Entry;
        import java.util.function.Consumer;
        import org.jspecify.annotations.Nullable;

        public abstract sealed class Shape<T extends Comparable<? super T>> extends Hidden
            implements AutoCloseable permits Shape.Round {
          public static final int SIDES = 4;
          protected @Nullable T spare;
          int secret;

          protected Shape(@Nullable String name) {}

          public static <S extends @Nullable Object> @Nullable S pick(
              S first, Consumer<? super S>... others) throws IOException, InterruptedException {
            return null;
          }

          public final List<@Nullable T> all(long @Nullable [] at, Entry<?, T[]> entry) {
            return null;
          }

          public void close() {}

          public static final class Round extends Shape<String> {
            public Round() {
              super(null);
            }

            protected void unseen() {}
          }

          public enum Color { RED, BLUE }

          public interface Watcher extends Runnable {
            int watch(Shape<?> shape);
          }
        }

        abstract class Hidden {
          public void inherited() {}
        }
        """);

    try (PublicApi api = new PublicApi(sources)) {
      assertThat(ApiText.of(PublishedModule.CORE, api))
          .isEqualTo(
              """
              module desist

              import java.io.IOException
              import java.util.List
              import java.util.Map.Entry
              import java.util.function.Consumer

              public abstract sealed class Shape<T extends Comparable<? super T>> implements AutoCloseable
                static final int SIDES = 4
                protected @Nullable T spare
                protected Shape(@Nullable String name)
                final List<@Nullable T> all(long @Nullable [] at, Map.Entry<?, T[]> entry)
                void close()
                void inherited()
                static <S extends @Nullable Object> @Nullable S pick(S first, Consumer<? super S>... others) throws IOException, InterruptedException

              public enum Shape.Color
                RED
                BLUE

              public final class Shape.Round extends Shape<String>
                Shape.Round()

              public interface Shape.Watcher extends Runnable
                int watch(Shape<?> shape)
              """);
    }
  }
}
