// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.Background.go;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Synchronization contexts of the probes. */
final class Contexts {
  private Contexts() {}

  /** Runs the body with the context as the current one, and puts the one before it back. */
  static void within(@Nullable SynchronizationContext context, Body body) throws Exception {
    SynchronizationContext before = SynchronizationContext.current();
    SynchronizationContext.setSynchronizationContext(context);
    try {
      body.run();
    } finally {
      SynchronizationContext.setSynchronizationContext(before);
    }
  }

  /** Counts its calls, and runs in place what it is sent. */
  static final class Counting extends SynchronizationContext {
    int sends;
    int posts;

    @Override
    public void send(Runnable work) {
      sends++;
      work.run();
    }

    @Override
    public void post(Runnable work) {
      posts++;
      super.post(work);
    }
  }

  /** Runs on another thread what it is sent, and waits for it. */
  static final class OtherThread extends SynchronizationContext {
    @Override
    public void send(Runnable work) {
      Throwable[] failure = {null};
      go(() -> {
            try {
              work.run();
            } catch (Throwable e) {
              failure[0] = e;
            }
          })
          .join();
      if (failure[0] != null) {
        throw (ClassCastException) new ClassCastException("from send").initCause(failure[0]);
      }
    }
  }

  /** Keeps what is posted to it, to be run by hand; runs in place what it is sent. */
  static final class Keeping extends SynchronizationContext {
    final List<Runnable> posted = new CopyOnWriteArrayList<>();

    @Override
    public void send(Runnable work) {
      work.run();
    }

    @Override
    public void post(Runnable work) {
      posted.add(work);
    }
  }

  /** Takes nothing that is posted to it. */
  static final class Refusing extends SynchronizationContext {
    @Override
    public void post(Runnable work) {
      throw new Boom("post");
    }
  }

  /** Forgets what it is sent. */
  static final class Dropping extends SynchronizationContext {
    @Override
    public void send(Runnable work) {}
  }
}
