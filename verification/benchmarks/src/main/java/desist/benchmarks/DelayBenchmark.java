// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import desist.CancellationTokenSource;
import io.grpc.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What does it cost to make a source with a delay of 30 s and close it at once, whatever else is
 * pending? The others are due in five minutes to an hour and five minutes.
 *
 * <p>Missing is Bolts, which leaves each timer in its queue until it is due and so fills the heap.
 */
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
public class DelayBenchmark extends Measured {
  private static final Duration DELAY = Duration.ofSeconds(30);
  private static final long DELAY_NANOS = DELAY.toNanos();

  /** How many others are pending. */
  @State(Scope.Benchmark)
  public abstract static class Pending {
    @Param({"0", "1000000"})
    public int pending;

    final List<Object> others = new ArrayList<>();

    abstract Object start(long millis);

    /** How many are pending, as the queue says. */
    abstract int size();

    abstract void stop(Object other);

    @Setup
    public void setup() {
      Random random = new Random(42);
      for (int i = 0; i < pending; i++) {
        others.add(start(300_000 + random.nextInt(3_600_000)));
      }
    }

    @TearDown
    public void tearDown() {
      check(size() == pending, size() + " pending of " + pending);
      others.forEach(this::stop);
    }
  }

  public static class FloorState extends Pending {
    final FloorWheel wheel = new FloorWheel();

    @Override
    Object start(long millis) {
      return wheel.schedule(new FloorToken(), TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    int size() {
      return wheel.size();
    }

    @Override
    void stop(Object other) {
      wheel.cancel((FloorWheel.Timer) other);
    }
  }

  public static class DesistState extends Pending {
    @Override
    Object start(long millis) {
      return new CancellationTokenSource(Duration.ofMillis(millis));
    }

    /** Ours does not tell; that each has time left shows that it is pending. */
    @Override
    int size() {
      return (int)
          others.stream()
              .map(other -> ((CancellationTokenSource) other).token())
              .filter(token -> token.remaining().isPresent() && !token.isCancellationRequested())
              .count();
    }

    @Override
    void stop(Object other) {
      ((CancellationTokenSource) other).close();
    }
  }

  /** The JDK's scheduler, told to remove what is canceled. */
  public static class ExecutorState extends Pending {
    final ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = Executors.defaultThreadFactory().newThread(work);
              thread.setDaemon(true);
              return thread;
            });

    public ExecutorState() {
      executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    Object start(long millis) {
      AtomicBoolean flag = new AtomicBoolean();
      return executor.schedule(() -> flag.set(true), millis, TimeUnit.MILLISECONDS);
    }

    @Override
    int size() {
      return executor.getQueue().size();
    }

    @Override
    void stop(Object other) {
      ((ScheduledFuture<?>) other).cancel(false);
    }
  }

  /** Its queue is the JDK's own, and hidden. */
  public static class FutureState extends Pending {
    @Override
    Object start(long millis) {
      return new CompletableFuture<Void>().orTimeout(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    int size() {
      return (int)
          others.stream().filter(other -> !((CompletableFuture<?>) other).isDone()).count();
    }

    @Override
    void stop(Object other) {
      ((CompletableFuture<?>) other).complete(null);
    }
  }

  /** Reactor's scheduler with one thread. */
  public static class ReactorState extends Pending {
    final Scheduler scheduler = Schedulers.newSingle("bench", true);

    @Override
    Object start(long millis) {
      AtomicBoolean flag = new AtomicBoolean();
      return scheduler.schedule(() -> flag.set(true), millis, TimeUnit.MILLISECONDS);
    }

    @Override
    int size() {
      return (int) others.stream().filter(other -> !((Disposable) other).isDisposed()).count();
    }

    @Override
    void stop(Object other) {}
  }

  @Benchmark
  public void floor(FloorState s, Blackhole hole) {
    FloorSource<FloorToken> source = new FloorSource<>(new FloorToken());
    FloorWheel.Timer timer = s.wheel.schedule(source.token, DELAY_NANOS);
    hole.consume(source);
    s.wheel.cancel(timer);
    source.token.close();
  }

  @Benchmark
  public void desist(DesistState s, Blackhole hole) {
    CancellationTokenSource source = new CancellationTokenSource(DELAY);
    hole.consume(source);
    source.close();
  }

  @Benchmark
  public void executor(ExecutorState s, Blackhole hole) {
    AtomicBoolean flag = new AtomicBoolean();
    ScheduledFuture<?> timer =
        s.executor.schedule(() -> flag.set(true), DELAY_NANOS, TimeUnit.NANOSECONDS);
    hole.consume(flag);
    timer.cancel(false);
  }

  @Benchmark
  public void completableFuture(FutureState s, Blackhole hole) {
    CompletableFuture<Void> future =
        new CompletableFuture<Void>().orTimeout(DELAY_NANOS, TimeUnit.NANOSECONDS);
    hole.consume(future);
    future.complete(null);
  }

  @Benchmark
  public void grpcContext(ExecutorState s, Blackhole hole) {
    Context.CancellableContext context =
        Context.ROOT.withDeadlineAfter(DELAY_NANOS, TimeUnit.NANOSECONDS, s.executor);
    hole.consume(context);
    context.cancel(null);
  }

  @Benchmark
  public void reactor(ReactorState s, Blackhole hole) {
    AtomicBoolean flag = new AtomicBoolean();
    Disposable timer =
        s.scheduler.schedule(() -> flag.set(true), DELAY_NANOS, TimeUnit.NANOSECONDS);
    hole.consume(flag);
    timer.dispose();
  }
}
