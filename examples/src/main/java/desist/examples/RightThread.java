// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationTokenSource;
import desist.SynchronizationContext;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A label may be touched by the window's thread only. A callback that is registered with that
 * thread's context runs there, whichever thread cancels.
 */
public final class RightThread {
  private RightThread() {}

  public static void main(String[] args) {
    ExecutorService window = Executors.newSingleThreadExecutor(work -> new Thread(work, "window"));
    Label label = new Label();
    try (var source = new CancellationTokenSource()) {
      // snippet: context
      var context = SynchronizationContext.of(window, RightThread::isOnWindowThread);
      source.token().register(() -> label.setText("canceled"), context);
      // end
      System.out.println("cancel() on thread " + Thread.currentThread().getName());
      source.cancel(); // returns when the callback has run on the other thread
    } finally {
      window.shutdown();
    }
    System.out.println("the label says " + label.text);
  }

  private static boolean isOnWindowThread() {
    return Thread.currentThread().getName().equals("window");
  }

  /** A part of a window, and like all of them particular about its thread. */
  static final class Label {
    private volatile String text = "";

    void setText(String text) {
      if (!isOnWindowThread()) {
        throw new IllegalStateException("not on the window's thread");
      }
      System.out.println("setText() on thread " + Thread.currentThread().getName());
      this.text = text;
    }
  }
}
