// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A process that exists in a test alone, and does on signals what the test says. */
final class FakeProcess extends Process {
  private static final long FIRST_PID = 1L << 40; // no such process on any system

  /** The signals that were sent, each with the place of who got it: 0 is the root. */
  final List<String> signals = new CopyOnWriteArrayList<>();

  private final List<Handle> handles = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CompletableFuture<Process> exit = new CompletableFuture<>();
  private volatile int exitCode;

  FakeProcess() {
    fork();
  }

  /** Starts another member of the tree and returns its place. */
  int fork() {
    handles.add(new Handle(handles.size()));
    return handles.size() - 1;
  }

  /** Lets TERM end the member, or not. */
  FakeProcess obeyingTerm(int place, boolean obeys) {
    handles.get(place).obeysTerm = obeys;
    return this;
  }

  /** Lets the member survive even KILL. */
  FakeProcess immortal(int place) {
    handles.get(place).isImmortal = true;
    return obeyingTerm(place, false);
  }

  /** Ends the root, and tells those who asked for that. */
  void exit(int code) {
    exitSilently(code);
    exit.complete(this);
  }

  /** Ends the root; nobody is told yet. */
  void exitSilently(int code) {
    exitCode = code;
    handles.get(0).isAlive = false;
    ended.countDown();
  }

  ProcessHandle handle(int place) {
    return handles.get(place);
  }

  @Override
  public ProcessHandle toHandle() {
    return handles.get(0);
  }

  @Override
  public CompletableFuture<Process> onExit() {
    return exit.thenApply(process -> process);
  }

  @Override
  public int exitValue() {
    if (ended.getCount() > 0) {
      throw new IllegalThreadStateException();
    }
    return exitCode;
  }

  @Override
  public int waitFor() throws InterruptedException {
    ended.await();
    return exitCode;
  }

  @Override
  public InputStream getInputStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public OutputStream getOutputStream() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public void destroy() {
    throw new AssertionError("closes the pipes");
  }

  private final class Handle implements ProcessHandle {
    private final int place;
    private volatile boolean isAlive = true;
    private volatile boolean obeysTerm = true;
    private volatile boolean isImmortal;

    Handle(int place) {
      this.place = place;
    }

    @Override
    public long pid() {
      return FIRST_PID + place;
    }

    @Override
    public Stream<ProcessHandle> descendants() {
      return place == 0 ? handles.stream().skip(1).map(handle -> handle) : Stream.empty();
    }

    @Override
    public Stream<ProcessHandle> children() {
      return descendants();
    }

    @Override
    public Optional<ProcessHandle> parent() {
      return place == 0 ? Optional.empty() : Optional.of(handles.get(0));
    }

    @Override
    public boolean destroy() {
      return signal("TERM", obeysTerm);
    }

    @Override
    public boolean destroyForcibly() {
      return signal("KILL", !isImmortal);
    }

    private boolean signal(String name, boolean ends) {
      signals.add(name + " " + place);
      if (ends && place == 0) {
        exit(143);
      } else if (ends) {
        isAlive = false;
      }
      return true;
    }

    @Override
    public boolean isAlive() {
      return isAlive;
    }

    @Override
    public boolean supportsNormalTermination() {
      return true;
    }

    @Override
    public CompletableFuture<ProcessHandle> onExit() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Info info() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(ProcessHandle other) {
      return Long.compare(pid(), other.pid());
    }

    @Override
    public int hashCode() {
      return place;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }
}
