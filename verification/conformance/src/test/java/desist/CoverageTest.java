// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every probe of .NET's is ported, or listed with a reason why it is not. */
final class CoverageTest {
  @Test
  void everyProbeIsPortedOrListedExactlyOnce() throws Exception {
    List<String> ids = new ArrayList<>();
    for (Class<?> group : groups()) {
      PortedProbe.of(group).forEach(probe -> ids.add(probe.id()));
      Stream.of(group.getAnnotationsByType(Meaningless.class)).forEach(m -> ids.add(m.id()));
    }
    List<String> missing = new ArrayList<>(Expected.ids());
    missing.removeAll(ids);
    assertThat(missing).as("neither ported nor listed").isEmpty();
    List<String> unknown = new ArrayList<>(ids);
    unknown.removeAll(Expected.ids());
    assertThat(unknown).as("no probe of .NET's").isEmpty();
    assertThat(ids).as("ported or listed twice").doesNotHaveDuplicates();
  }

  @Test
  void everyDifferenceNamesADecisionRecordThatExists() throws Exception {
    Path decisions = decisions();
    for (PortedProbe probe : ported()) {
      for (Differs difference : probe.differences()) {
        assertThat(decisions.resolve(difference.record())).as(probe.id()).isRegularFile();
      }
    }
  }

  @Test
  void everyDifferenceStandsBesideALineOfDotnets() throws Exception {
    for (PortedProbe probe : ported()) {
      assertThat(probe.here().equals(probe.dotnet())).as(probe.id()).isNotEqualTo(probe.decides());
    }
  }

  @Test
  void everyReasonSaysSomething() throws Exception {
    for (Class<?> group : groups()) {
      for (Meaningless meaningless : group.getAnnotationsByType(Meaningless.class)) {
        assertThat(meaningless.because()).as(meaningless.id()).isNotBlank();
      }
    }
  }

  private static List<PortedProbe> ported() throws Exception {
    return groups().stream()
        .flatMap(group -> PortedProbe.of(group).stream())
        .collect(Collectors.toList());
  }

  /** The classes of this package that are groups of probes. */
  private static List<Class<?>> groups() throws IOException, URISyntaxException {
    Path here = Path.of(CoverageTest.class.getResource("CoverageTest.class").toURI()).getParent();
    try (Stream<Path> files = Files.list(here)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("ConformanceTest.class"))
          .sorted()
          .map(name -> load(name.substring(0, name.length() - ".class".length())))
          .collect(Collectors.toList());
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(CoverageTest.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Path decisions() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path decisions = at.resolve("docs/decisions");
      if (Files.isDirectory(decisions)) {
        return decisions;
      }
    }
    throw new AssertionError("No docs/decisions above " + Path.of("").toAbsolutePath());
  }
}
