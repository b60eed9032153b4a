// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.api;

import java.util.Comparator;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/** Writes the public surface of a module as text, one declaration a line, for review. */
final class ApiText {
  private ApiText() {}

  static String of(PublishedModule module, PublicApi api) {
    Signatures signatures = new Signatures();
    StringBuilder body = new StringBuilder();
    for (TypeElement type : api.types()) {
      body.append('\n').append(signatures.type(type)).append('\n');
      api.members(type).stream()
          .sorted(Comparator.comparing(ApiText::order))
          .forEach(member -> body.append("  ").append(signatures.member(member)).append('\n'));
    }

    StringBuilder text = new StringBuilder("module " + module.packageName() + "\n\n");
    for (String name : signatures.named()) {
      if (!name.matches("java\\.lang\\.[A-Z].*|" + module.packageName() + "\\.[A-Z].*")) {
        text.append("import ").append(name).append('\n');
      }
    }
    return text.append(body).toString();
  }

  /** Fields, constructors, methods; by name, and where the name is the same as in the sources. */
  private static String order(Element member) {
    int kind =
        switch (member.getKind()) {
          case CONSTRUCTOR -> 1;
          case METHOD -> 2;
          default -> 0;
        };
    boolean placed = member.getKind() == ElementKind.ENUM_CONSTANT;
    return placed ? "" : kind + member.getSimpleName().toString();
  }
}
