// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Nothing that is published waits in a monitor, where a virtual thread would keep its carrier. */
class MonitorsTest {
  /**
   * These print, under the lock of what they print to, as Throwable does; they wait for nothing.
   */
  private static final Set<String> MONITORS =
      Set.of("desist/AggregateException.printStackTrace enters a monitor");

  private static final Set<String> WAITING = Set.of("wait", "notify", "notifyAll");

  @ParameterizedTest
  @EnumSource
  void noMethodWaitsInAMonitor(PublishedModule module) throws IOException {
    Set<String> uses = new TreeSet<>();
    int classes = 0;
    try (Stream<Path> files = Files.walk(module.classes())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        try (InputStream bytes = Files.newInputStream(file)) {
          uses.addAll(monitors(bytes));
          classes++;
        }
      }
    }

    assertThat(classes).isPositive();
    uses.removeAll(MONITORS);
    assertThat(uses).isEmpty();
  }

  @Test
  void eachUseOfAMonitorIsSeen() throws IOException {
    try (InputStream bytes = Waiting.class.getResourceAsStream("MonitorsTest$Waiting.class")) {
      String name = "desist/api/MonitorsTest$Waiting.";
      assertThat(monitors(bytes))
          .containsExactlyInAnyOrder(
              name + "locks is synchronized",
              name + "sleeps enters a monitor",
              name + "sleeps calls wait");
    }
  }

  /** Returns what the class does with monitors. */
  private static Set<String> monitors(InputStream bytes) throws IOException {
    Set<String> uses = new TreeSet<>();
    ClassReader reader = new ClassReader(bytes);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            String method = reader.getClassName() + "." + name;
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
              uses.add(method + " is synchronized");
            }
            return new MethodVisitor(Opcodes.ASM9) {
              @Override
              public void visitInsn(int opcode) {
                if (opcode == Opcodes.MONITORENTER) {
                  uses.add(method + " enters a monitor");
                }
              }

              @Override
              public void visitMethodInsn(
                  int opcode, String owner, String called, String type, boolean isInterface) {
                if (WAITING.contains(called) && (type.equals("()V") || type.startsWith("(J"))) {
                  uses.add(method + " calls " + called);
                }
              }
            };
          }
        },
        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return uses;
  }

  /** What must be found. */
  static final class Waiting {
    synchronized void locks() {}

    void sleeps() throws InterruptedException {
      synchronized (this) {
        while (hashCode() == 0) {
          wait();
        }
      }
    }
  }
}
