// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;

/** A main method, and what it prints when keys are pressed. */
interface Program {
  void main(String[] args) throws Exception;

  static String output(Program program, String keys) throws Exception {
    InputStream in = System.in;
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setIn(new ByteArrayInputStream(keys.getBytes(UTF_8)));
      System.setOut(new PrintStream(printed, true, UTF_8));
      program.main(new String[0]);
    } finally {
      System.setIn(in);
      System.setOut(out);
    }
    return printed.toString(UTF_8);
  }
}
