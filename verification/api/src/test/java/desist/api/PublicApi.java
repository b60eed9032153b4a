// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.SinceTree;
import com.sun.source.doctree.UnknownBlockTagTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What a module shows to its users, as the compiler reads it from the sources. */
final class PublicApi implements AutoCloseable {
  private final StandardJavaFileManager files;
  private final DocTrees docTrees;
  private final List<TypeElement> types;

  /**
   * Reads all sources below a folder.
   *
   * @throws AssertionError if they do not compile
   */
  PublicApi(Path sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    files = compiler.getStandardFileManager(null, null, UTF_8);
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null,
                files,
                PublicApi::refuseErrors,
                List.of(
                    "-proc:none", "--release", "17", "-cp", System.getProperty("java.class.path")),
                null,
                files.getJavaFileObjectsFromPaths(javaFiles(sources)));
    List<TypeElement> found = new ArrayList<>();
    for (Element element : task.analyze()) {
      if (element instanceof TypeElement type && type.getNestingKind() == NestingKind.TOP_LEVEL) {
        addIfPublic(type, found);
      }
    }
    found.sort(Comparator.comparing(type -> type.getQualifiedName().toString()));
    docTrees = DocTrees.instance(task);
    types = List.copyOf(found);
  }

  private static List<Path> javaFiles(Path sources) throws IOException {
    try (Stream<Path> tree = Files.walk(sources)) {
      return tree.filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("module-info.java"))
          .sorted()
          .toList();
    }
  }

  private static void refuseErrors(Diagnostic<? extends JavaFileObject> diagnostic) {
    if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
      throw new AssertionError(diagnostic.toString());
    }
  }

  private static void addIfPublic(TypeElement type, List<TypeElement> found) {
    if (isVisible(type)) {
      found.add(type);
      for (TypeElement nested : ElementFilter.typesIn(type.getEnclosedElements())) {
        addIfPublic(nested, found);
      }
    }
  }

  /** Whether a user's class may name the element, if it may name what encloses it. */
  private static boolean isVisible(Element element) {
    Set<Modifier> modifiers = element.getModifiers();
    return modifiers.contains(Modifier.PUBLIC)
        || (modifiers.contains(Modifier.PROTECTED)
            && !element.getEnclosingElement().getModifiers().contains(Modifier.FINAL));
  }

  /** The public types, nested ones too, by name. */
  List<TypeElement> types() {
    return types;
  }

  /**
   * The public fields, constructors and methods of a type, in the order of the sources. Those that
   * it has from a superclass which is not public itself count as its own.
   */
  List<Element> members(TypeElement type) {
    List<Element> members = new ArrayList<>();
    for (Element member : type.getEnclosedElements()) {
      ElementKind kind = member.getKind();
      boolean isMember =
          kind.isField() || kind == ElementKind.METHOD || kind == ElementKind.CONSTRUCTOR;
      if (isMember && isVisible(member) && !isMadeUp(member)) {
        members.add(member);
      }
    }
    hiddenSuperclass(type)
        .ifPresent(
            hidden ->
                members(hidden).stream()
                    .filter(member -> member.getKind() != ElementKind.CONSTRUCTOR)
                    .forEach(members::add));
    return members;
  }

  /** Whether the compiler adds the member: values() of an enum and the like. */
  private boolean isMadeUp(Element member) {
    return member.getKind() == ElementKind.METHOD && docTrees.getTree(member) == null;
  }

  private static Optional<TypeElement> hiddenSuperclass(TypeElement type) {
    return type.getSuperclass() instanceof DeclaredType declared
            && declared.asElement() instanceof TypeElement superclass
            && !isVisible(superclass)
        ? Optional.of(superclass)
        : Optional.empty();
  }

  /** The nearest superclass that a user's class may name. */
  static TypeMirror visibleSuperclass(TypeElement type) {
    return hiddenSuperclass(type).map(PublicApi::visibleSuperclass).orElseGet(type::getSuperclass);
  }

  /** Whether a method takes its documentation from the one that it overrides. */
  boolean inheritsDocumentation(Element member) {
    return member instanceof ExecutableElement method
        && method.getAnnotation(Override.class) != null
        && docTrees.getDocCommentTree(method) == null;
  }

  /** What the element's {@code @dotnet} tag says, if it has one. */
  Optional<String> dotnet(Element element) {
    return blockTags(element)
        .filter(
            tag ->
                tag instanceof UnknownBlockTagTree unknown && unknown.getTagName().equals("dotnet"))
        .map(tag -> text(((UnknownBlockTagTree) tag).getContent()))
        .findFirst();
  }

  /** What the element's {@code @since} tag says, if it has one. */
  Optional<String> since(Element element) {
    return blockTags(element)
        .filter(SinceTree.class::isInstance)
        .map(tag -> text(((SinceTree) tag).getBody()))
        .findFirst();
  }

  private Stream<? extends DocTree> blockTags(Element element) {
    DocCommentTree comment = docTrees.getDocCommentTree(element);
    return comment == null ? Stream.empty() : comment.getBlockTags().stream();
  }

  private static String text(List<? extends DocTree> content) {
    return content.stream()
        .map(DocTree::toString)
        .collect(joining())
        .replaceAll("\\{@code ([^}]*)}", "$1")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replaceAll("\\s+", " ")
        .trim();
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
