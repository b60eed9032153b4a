// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationPageTest {
  @Test
  void theCommittedPageSaysWhatTheTagsSay() throws IOException {
    try (PublicApi core = new PublicApi(PublishedModule.CORE.sources());
        PublicApi threading = new PublicApi(PublishedModule.THREADING.sources());
        PublicApi tasks = new PublicApi(PublishedModule.TASKS.sources());
        PublicApi linq = new PublicApi(PublishedModule.LINQ.sources());
        PublicApi testing = new PublicApi(PublishedModule.TESTING.sources());
        PublicApi jdk = new PublicApi(PublishedModule.JDK.sources())) {
      Generated.check(
          PublishedModule.ROOT.resolve("docs/migrating-from-dotnet.md"),
          MigrationPage.of(List.of(core, threading, tasks, linq, testing, jdk)));
    }
  }

  @Test
  void everyTagBecomesALine(@TempDir Path sources) throws IOException {
    Files.writeString(
        sources.resolve("Bell.java"),
        """
        package desist;

        /**
         * Rings.
         *
         * @dotnet System.Bell
         */
        public final class Bell {
          /**
           * Makes one.
           *
           * @dotnet new Bell()
           */
          public Bell() {}

          /**
           * Rings for each.
           *
           * @dotnet {@code Bell.Ring}(Func&lt;bool&gt;,
           *     string[])
           */
          public void ring(Runnable rung, String... names) {}

          /**
           * Falls silent.
           *
           * @dotnet none
           */
          public static void hush() {}
        }
        """);

    try (PublicApi api = new PublicApi(sources)) {
      assertThat(MigrationPage.of(List.of(api)))
          .endsWith(
              """

              ## Bell

              Is `System.Bell`.

              | .NET | Desist |
              |---|---|
              | `new Bell()` | `new Bell()` |
              | `Bell.Ring(Func<bool>, string[])` | `Bell.ring(Runnable, String...)` |

              New here:

              - `Bell.hush()`
              """);
    }
  }
}
