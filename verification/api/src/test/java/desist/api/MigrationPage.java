// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.api;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Writes the page that leads from a name of .NET to ours, out of the {@code @dotnet} tags. */
final class MigrationPage {
  private static final String INTRODUCTION =
      """
      # Migrating from .NET

      <!-- Generated from the @dotnet tags of the public Javadoc. Do not edit. -->

      What .NET calls a thing, Desist calls it too. A type keeps its name; a member keeps it with a
      lower-case first letter, and a property becomes a method of that name:

      - `Dispose` is `close()` of `AutoCloseable`, so `using` is try-with-resources.
      - `Wait` is `await`, but that of a task is `join`; `WaitOne`, `WaitAny` and `WaitAll` keep their
        names. What may block throws `InterruptedException`.
      - A time span is a `java.time.Duration`; there is no overload in milliseconds. A negative one has
        already passed, `Timeout.INFINITE` never does.
      - `Action` is `Runnable`, `Action<T>` is `Consumer<T>`; in tasks they may throw checked
        exceptions and are `ThrowingRunnable`, `ThrowingConsumer`. What .NET's core returns as a
        `Task` is a `CompletionStage`.
      - `ArgumentNullException` is `NullPointerException`, `ArgumentException` and its kin are
        `IllegalArgumentException`, `InvalidOperationException` is `IllegalStateException`.

      Where the behavior differs on purpose, a [decision](decisions/) says why.
      """;

  private final Signatures signatures = new Signatures();
  private final StringBuilder page = new StringBuilder(INTRODUCTION);

  private MigrationPage() {}

  static String of(List<PublicApi> apis) {
    MigrationPage page = new MigrationPage();
    for (PublicApi api : apis) {
      for (TypeElement type : api.types()) {
        page.addType(api, type);
      }
    }
    return page.page.toString();
  }

  private void addType(PublicApi api, TypeElement type) {
    List<String> counterparts = new ArrayList<>();
    List<String> additions = new ArrayList<>();
    for (Element member : api.members(type)) {
      api.dotnet(member)
          .ifPresent(
              dotnet -> {
                String here = code(signatures.use(member));
                if (isNone(dotnet)) {
                  additions.add("- " + here);
                } else {
                  counterparts.add("| " + code(dotnet) + " | " + here + " |");
                }
              });
    }

    String name = Signatures.simpleName(type);
    page.append("\n## ").append(name).append("\n\n");
    String dotnet = api.dotnet(type).orElse("none");
    page.append(isNone(dotnet) ? "Has no counterpart in .NET.\n" : "Is " + code(dotnet) + ".\n");
    if (!counterparts.isEmpty()) {
      page.append("\n| .NET | Desist |\n|---|---|\n");
      counterparts.forEach(row -> page.append(row).append('\n'));
    }
    if (!counterparts.isEmpty() && !additions.isEmpty()) {
      page.append("\nNew here:\n");
    }
    if (!additions.isEmpty()) {
      page.append('\n');
      additions.forEach(row -> page.append(row).append('\n'));
    }
  }

  private static boolean isNone(String dotnet) {
    return dotnet.equals("none");
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }
}
