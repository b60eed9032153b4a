// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package consumer;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import java.util.ArrayList;
import java.util.List;

/** Uses the core on the class path, with no other jar beside it. */
public final class Main {
  public static void main(String[] args) {
    List<String> seen = new ArrayList<>();
    try (CancellationTokenSource source = new CancellationTokenSource()) {
      CancellationToken token = source.token();
      token.register(() -> seen.add("called"));
      source.cancelBecause(new Exception("enough"));
      token.throwIfCancellationRequested();
    } catch (OperationCanceledException e) {
      seen.add(e.getCause().getMessage());
    }
    System.out.println(seen);
  }
}
