// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every public type and member says what it is in .NET ("none" is an answer) and since when it is.
 */
class JavadocTest {
  @ParameterizedTest
  @EnumSource
  void nothingPublicLacksATag(PublishedModule module) throws IOException {
    try (PublicApi api = new PublicApi(module.sources())) {
      assertThat(lacking(api)).isEmpty();
    }
  }

  @Test
  void aLackingTagIsFound(@TempDir Path sources) throws IOException {
    Files.writeString(
        sources.resolve("Bell.java"),
        """
        package desist;

        /**
         * Rings.
         *
         * @dotnet none
         * @since 1.0
         */
        public class Bell {
          /**
           * Rings.
           *
           * @dotnet Bell.Ring()
           */
          public void ring() {}

          /**
           * Falls silent.
           *
           * @since 1.0
           */
          public void hush() {}

          @Override
          public String toString() {
            return "bell";
          }
        }
        """);

    try (PublicApi api = new PublicApi(sources)) {
      assertThat(lacking(api))
          .containsExactly(
              "@dotnet: new Bell()",
              "@since: new Bell()",
              "@since: Bell.ring()",
              "@dotnet: Bell.hush()");
    }
  }

  private static List<String> lacking(PublicApi api) {
    Signatures signatures = new Signatures();
    List<String> lacking = new ArrayList<>();
    for (TypeElement type : api.types()) {
      check(api, type, Signatures.simpleName(type), lacking);
      for (Element member : api.members(type)) {
        if (!api.inheritsDocumentation(member)) {
          check(api, member, signatures.use(member), lacking);
        }
      }
    }
    return lacking;
  }

  private static void check(PublicApi api, Element element, String name, List<String> lacking) {
    if (api.dotnet(element).filter(text -> !text.isEmpty()).isEmpty()) {
      lacking.add("@dotnet: " + name);
    }
    if (api.since(element).filter(text -> !text.isEmpty()).isEmpty()) {
      lacking.add("@since: " + name);
    }
  }
}
