// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

class OsgiTest {
  @Test
  void allJarsAreBundles(@TempDir Path folder) throws Exception {
    Framework framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("storage").toString(),
                    Constants.FRAMEWORK_STORAGE_CLEAN,
                    Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT));
    framework.start();
    try {
      Bundle core = install(framework, Workshop.CORE);
      Bundle threading = install(framework, Workshop.THREADING);
      Bundle tasks = install(framework, Workshop.TASKS);
      Bundle linq = install(framework, Workshop.LINQ);
      Bundle testing = install(framework, Workshop.TESTING);
      Bundle jdk = install(framework, Workshop.JDK);
      Bundle consumer = install(framework, consumer(folder));
      consumer.start();

      assertThat(consumer.getState()).isEqualTo(Bundle.ACTIVE);
      assertThat(core.getSymbolicName()).isEqualTo("desist.core");
      assertThat(threading.loadClass("desist.CancellationToken"))
          .isSameAs(core.loadClass("desist.CancellationToken"));
      assertThat(tasks.loadClass("desist.CancellationToken"))
          .isSameAs(core.loadClass("desist.CancellationToken"));
      assertThat(linq.loadClass("desist.CancellationToken"))
          .isSameAs(core.loadClass("desist.CancellationToken"));
      assertThat(testing.loadClass("desist.CancellationToken"))
          .isSameAs(core.loadClass("desist.CancellationToken"));
      assertThat(jdk.loadClass("desist.CancellationToken"))
          .isSameAs(core.loadClass("desist.CancellationToken"));
    } finally {
      framework.stop();
      framework.waitForStop(0);
    }
  }

  private static Bundle install(Framework framework, Path jar) throws Exception {
    return framework.getBundleContext().installBundle(jar.toUri().toString());
  }

  private static Path consumer(Path folder) throws Exception {
    Path classes = folder.resolve("classes");
    Workshop.javac(Workshop.program("osgi"), classes, "-Xlint:none", "-cp", classPath()).succeeds();

    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "consumer");
    headers.putValue(Constants.BUNDLE_ACTIVATOR, "consumer.Activator");
    headers.putValue(Constants.IMPORT_PACKAGE, "desist,desist.testing,org.osgi.framework");
    Path jar = folder.resolve("consumer.jar");
    try (OutputStream bytes = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(bytes, manifest)) {
      entries.putNextEntry(new JarEntry("consumer/Activator.class"));
      Files.copy(classes.resolve("consumer/Activator.class"), entries);
    }
    return jar;
  }

  /** The class path of this test, less what is not there: later compilers warn of that. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(element -> Files.exists(Path.of(element)))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
