// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is locked by another process, as only that makes a lock be waited for. */
final class LockedFile implements AutoCloseable {
  private final Process process;

  private LockedFile(Process process) {
    this.process = process;
  }

  /** Returns when the file is locked. */
  static LockedFile by(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                LockedFile.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.getInputStream().read()).isEqualTo('!');
    return new LockedFile(process);
  }

  public static void main(String[] arguments) throws IOException {
    try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
      channel.lock();
      System.out.print('!');
      System.out.flush();
      System.in.read(); // until the test has ended, however it does
    }
  }

  boolean isHeld() {
    return process.isAlive();
  }

  /** Ends the process, and so its lock. */
  void free() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    free();
  }
}
