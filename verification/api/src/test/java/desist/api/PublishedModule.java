// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.api;

import java.nio.file.Path;

/** A module that users depend on. */
enum PublishedModule {
  CORE("core", "desist"),
  THREADING("threading", "desist.threading"),
  TASKS("tasks", "desist.tasks"),
  LINQ("linq", "desist.linq"),
  TESTING("testing", "desist.testing"),
  JDK("bridges/jdk", "desist.jdk");

  /** Surefire runs tests in the folder of their own module. */
  static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  private final String folder;

  /** The name of the module and of its one package. */
  private final String packageName;

  PublishedModule(String folder, String packageName) {
    this.folder = folder;
    this.packageName = packageName;
  }

  Path sources() {
    return ROOT.resolve(folder).resolve("src/main/java");
  }

  Path classes() {
    return ROOT.resolve(folder).resolve("target/classes");
  }

  Path apiFile() {
    return ROOT.resolve("docs/api").resolve(packageName + ".txt");
  }

  String packageName() {
    return packageName;
  }
}
