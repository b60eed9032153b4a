// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.api;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/** Writes declarations in one line each, with simple names, and keeps which types it named. */
final class Signatures {
  private final SortedSet<String> named = new TreeSet<>();

  /** The full names of the types that were named so far, nested ones by their outermost. */
  SortedSet<String> named() {
    return named;
  }

  String type(TypeElement type) {
    StringBuilder line = new StringBuilder();
    boolean always = type.getKind() == ElementKind.ENUM || type.getKind() == ElementKind.RECORD;
    line.append(
        modifiers(
            type, always ? Set.of(Modifier.STATIC, Modifier.FINAL) : Set.of(Modifier.STATIC)));
    if (type.getModifiers().contains(Modifier.SEALED)) {
      line.append("sealed ");
    }
    line.append(
        switch (type.getKind()) {
          case ENUM -> "enum ";
          case INTERFACE -> "interface ";
          case RECORD -> "record ";
          case ANNOTATION_TYPE -> "@interface ";
          default -> "class ";
        });
    line.append(simpleName(type)).append(typeParameters(type.getTypeParameters()));
    TypeMirror superclass = PublicApi.visibleSuperclass(type);
    if (superclass.getKind() != TypeKind.NONE && type.getKind() == ElementKind.CLASS) {
      String name = name(superclass);
      line.append(name.equals("Object") ? "" : " extends " + name);
    }
    if (!type.getInterfaces().isEmpty()) {
      line.append(type.getKind().isInterface() ? " extends " : " implements ");
      line.append(names(type.getInterfaces()));
    }
    return line.toString();
  }

  String member(Element member) {
    return member instanceof ExecutableElement method
        ? method(method)
        : field((VariableElement) member);
  }

  private String field(VariableElement field) {
    if (field.getKind() == ElementKind.ENUM_CONSTANT) {
      return field.getSimpleName().toString();
    }
    Object constant = field.getConstantValue();
    return modifiers(field, Set.of(Modifier.PUBLIC))
        + name(field.asType())
        + " "
        + field.getSimpleName()
        + (constant == null ? "" : " = " + constant);
  }

  private String method(ExecutableElement method) {
    boolean constructor = method.getKind() == ElementKind.CONSTRUCTOR;
    List<String> parameters = new ArrayList<>();
    for (VariableElement parameter : method.getParameters()) {
      parameters.add(name(parameter.asType()) + " " + parameter.getSimpleName());
    }
    if (method.isVarArgs()) {
      int last = parameters.size() - 1;
      parameters.set(last, parameters.get(last).replaceFirst("\\[] (\\w+)$", "... $1"));
    }
    String typeParameters = typeParameters(method.getTypeParameters());
    return modifiers(method, Set.of(Modifier.PUBLIC, Modifier.SYNCHRONIZED))
        + (typeParameters.isEmpty() ? "" : typeParameters + " ")
        + (constructor
            ? simpleName((TypeElement) method.getEnclosingElement())
            : name(method.getReturnType()) + " " + method.getSimpleName())
        + "("
        + String.join(", ", parameters)
        + ")"
        + (method.getThrownTypes().isEmpty() ? "" : " throws " + names(method.getThrownTypes()));
  }

  /** How a user writes the member: with the name of its type, and the types of its parameters. */
  String use(Element member) {
    TypeElement type = (TypeElement) member.getEnclosingElement();
    String name =
        member.getKind() == ElementKind.CONSTRUCTOR
            ? "new " + simpleName(type)
            : simpleName(type) + "." + member.getSimpleName();
    return member instanceof ExecutableElement method ? name + parameterTypes(method) : name;
  }

  private String parameterTypes(ExecutableElement method) {
    String types =
        method.getParameters().stream()
            .map(parameter -> name(parameter.asType()).replace("@Nullable ", ""))
            .collect(joining(", "));
    return "(" + (method.isVarArgs() ? types.replaceFirst("\\[]$", "...") : types) + ")";
  }

  /** A nested type as {@code Outer.Inner}. */
  static String simpleName(TypeElement type) {
    return type.getEnclosingElement() instanceof TypeElement outer
        ? simpleName(outer) + "." + type.getSimpleName()
        : type.getSimpleName().toString();
  }

  private static String modifiers(Element element, Set<Modifier> leftOut) {
    Set<Modifier> implied =
        element.getEnclosingElement() instanceof TypeElement outer && outer.getKind().isInterface()
            ? Set.of(Modifier.ABSTRACT)
            : element.getKind().isInterface() ? Set.of(Modifier.ABSTRACT) : Set.of();
    return element.getModifiers().stream()
        .filter(modifier -> !leftOut.contains(modifier) && !implied.contains(modifier))
        .filter(modifier -> modifier != Modifier.SEALED)
        .map(modifier -> modifier + " ")
        .collect(joining());
  }

  private String typeParameters(List<? extends TypeParameterElement> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.stream().map(this::typeParameter).collect(joining(", ", "<", ">"));
  }

  private String typeParameter(TypeParameterElement parameter) {
    List<String> bounds = new ArrayList<>();
    for (TypeMirror bound : parameter.getBounds()) {
      bounds.add(name(bound));
    }
    bounds.remove("Object");
    return parameter.getSimpleName()
        + (bounds.isEmpty() ? "" : " extends " + String.join(" & ", bounds));
  }

  private String names(List<? extends TypeMirror> types) {
    return types.stream().map(this::name).collect(joining(", "));
  }

  private String name(TypeMirror type) {
    String nullable =
        type.getAnnotationMirrors().stream()
                .anyMatch(
                    annotation ->
                        annotation
                            .getAnnotationType()
                            .asElement()
                            .getSimpleName()
                            .contentEquals("Nullable"))
            ? "@Nullable "
            : "";
    return switch (type.getKind()) {
      case ARRAY -> {
        String component = name(((ArrayType) type).getComponentType());
        yield component + (nullable.isEmpty() ? "" : " " + nullable) + "[]";
      }
      case DECLARED -> nullable + declared((DeclaredType) type);
      case TYPEVAR -> nullable + ((TypeVariable) type).asElement().getSimpleName();
      case WILDCARD -> wildcard((WildcardType) type);
      default -> type.getKind().toString().toLowerCase(Locale.ROOT);
    };
  }

  private String declared(DeclaredType type) {
    TypeElement element = (TypeElement) type.asElement();
    named.add(element.getQualifiedName().toString());
    return simpleName(element)
        + (type.getTypeArguments().isEmpty() ? "" : "<" + names(type.getTypeArguments()) + ">");
  }

  private String wildcard(WildcardType type) {
    if (type.getExtendsBound() != null) {
      return "? extends " + name(type.getExtendsBound());
    }
    return type.getSuperBound() == null ? "?" : "? super " + name(type.getSuperBound());
  }
}
