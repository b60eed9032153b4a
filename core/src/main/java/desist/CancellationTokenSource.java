// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static desist.CancellationToken.CLAIMED;
import static desist.CancellationToken.CLOSED;
import static desist.CancellationToken.LINKED;
import static desist.CancellationToken.RAISED;
import static desist.CancellationToken.REQUESTED;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The right to request cancellation: of all work that was given its {@linkplain #token() token}.
 *
 * <p>Cancellation is requested once, and stays. A source can also request it by itself when a delay
 * has passed, and be <i>linked</i> to the tokens of others, its parents: it is then canceled as
 * soon as one of them is. A linked source need not be closed for the sake of its parents, which
 * refer to it only while it has something to run.
 *
 * <p>All methods are safe to call from any thread at any time, within a callback too; {@link
 * #tryReset} is meant for who alone uses the source. No lock is held while a callback runs. What
 * {@code cancel} makes visible is told in {@link CancellationToken}.
 *
 * {@snippet lang = java:
 * try (var source = new CancellationTokenSource(Duration.ofSeconds(5))) {
 *   stopButton.onClick(source::cancel);
 *   report = search(query, source.token());
 * }
 * }
 *
 * @dotnet CancellationTokenSource
 * @since 1.0
 */
public final class CancellationTokenSource implements AutoCloseable {
  static {
    Cancellation.load();
  }

  private final CancellationToken token;

  /**
   * Makes a source that requests cancellation only when told to.
   *
   * @dotnet new CancellationTokenSource()
   * @since 1.0
   */
  public CancellationTokenSource() {
    token = new CancellationToken(0);
  }

  /**
   * Makes a source that requests cancellation by itself when a delay has passed.
   *
   * <p>The callbacks then run on a daemon thread of this library's. What they throw goes, in one
   * {@link AggregateException}, to that thread's uncaught-exception handler. The {@linkplain
   * CancellationToken#reason() reason} is a {@link java.util.concurrent.TimeoutException}.
   *
   * @param delay how long from now; zero or less makes a source that is canceled from the start,
   *     {@link Timeout#INFINITE} one without a delay
   * @throws NullPointerException if {@code delay} is null
   * @dotnet new CancellationTokenSource(TimeSpan)
   * @since 1.0
   */
  public CancellationTokenSource(Duration delay) {
    this(delay, TimeProvider.system());
  }

  /**
   * Makes a source whose delays run on a clock of the caller's choice.
   *
   * <p>The callbacks then run on the thread on which the clock's timer calls back, and what they
   * throw is thrown there. With {@link TimeProvider#system()} this is {@link
   * #CancellationTokenSource(Duration)}.
   *
   * @param delay how long from now; zero or less makes a source that is canceled from the start,
   *     {@link Timeout#INFINITE} one whose delay {@link #cancelAfter} can set
   * @param timeProvider the clock
   * @throws NullPointerException if an argument is null
   * @dotnet new CancellationTokenSource(TimeSpan, TimeProvider)
   * @since 1.0
   */
  public CancellationTokenSource(Duration delay, TimeProvider timeProvider) {
    requireNonNull(timeProvider, "timeProvider");
    requireNonNull(delay, "delay");
    token = new CancellationToken(0);
    start(delay, timeProvider);
  }

  private CancellationTokenSource(CancellationToken token) {
    this.token = token;
  }

  /**
   * Makes a source that is linked to a token.
   *
   * @param token the parent; if it can never be canceled, the source is like one that is not linked
   * @return the linked source, canceled already if the token is
   * @throws NullPointerException if {@code token} is null
   * @dotnet CancellationTokenSource.CreateLinkedTokenSource(CancellationToken)
   * @since 1.0
   */
  public static CancellationTokenSource createLinkedTokenSource(CancellationToken token) {
    return new CancellationTokenSource(Links.childOf(requireNonNull(token, "token")));
  }

  /**
   * Makes a source that is linked to two tokens.
   *
   * @param token1 a parent; ignored if it can never be canceled
   * @param token2 another
   * @return the linked source, canceled already if a token is
   * @throws NullPointerException if an argument is null
   * @dotnet CancellationTokenSource.CreateLinkedTokenSource(CancellationToken, CancellationToken)
   * @since 1.0
   */
  public static CancellationTokenSource createLinkedTokenSource(
      CancellationToken token1, CancellationToken token2) {
    return new CancellationTokenSource(
        Links.childOf(requireNonNull(token1, "token1"), requireNonNull(token2, "token2")));
  }

  /**
   * Makes a source that is linked to any number of tokens.
   *
   * <p>As soon as one of the tokens is canceled so is the source, with the same reason; the others
   * are not touched, and neither is any of them when the source is canceled. Callbacks of the
   * source run in the place among a parent's that the source took when it first had something to
   * run.
   *
   * @param tokens the parents, at least one; those that can never be canceled are ignored
   * @return the linked source, canceled already if a token is
   * @throws NullPointerException if {@code tokens} or one of them is null
   * @throws IllegalArgumentException if there are none
   * @dotnet CancellationTokenSource.CreateLinkedTokenSource(params CancellationToken[])
   * @since 1.0
   */
  public static CancellationTokenSource createLinkedTokenSource(CancellationToken... tokens) {
    return new CancellationTokenSource(Links.childOf(Links.check(tokens)));
  }

  /**
   * Makes a source that is linked to the tokens of a collection.
   *
   * @param tokens the parents, at least one; those that can never be canceled are ignored
   * @return the linked source, canceled already if a token is
   * @throws NullPointerException if {@code tokens} or one of them is null
   * @throws IllegalArgumentException if there are none
   * @dotnet CancellationTokenSource.CreateLinkedTokenSource(params
   *     ReadOnlySpan&lt;CancellationToken&gt;)
   * @since 1.0
   */
  public static CancellationTokenSource createLinkedTokenSource(
      Collection<CancellationToken> tokens) {
    requireNonNull(tokens, "tokens");
    return createLinkedTokenSource(tokens.toArray(new CancellationToken[0]));
  }

  /**
   * Makes a source that is linked to tokens and has a delay of its own; whichever is first cancels
   * it, and its {@linkplain CancellationToken#reason() reason} tells.
   *
   * @param delay how long from now, as for {@link #CancellationTokenSource(Duration)}
   * @param tokens the parents, at least one; those that can never be canceled are ignored
   * @return the linked source, canceled already if a token is or the delay is not positive
   * @throws NullPointerException if an argument or one of the tokens is null
   * @throws IllegalArgumentException if there are no tokens
   * @dotnet none
   * @since 1.0
   */
  public static CancellationTokenSource createLinkedTokenSource(
      Duration delay, CancellationToken... tokens) {
    return createLinkedTokenSource(delay, TimeProvider.system(), tokens);
  }

  /**
   * Makes a source that is linked to tokens and has a delay on a clock of the caller's choice.
   *
   * @param delay how long from now, as for {@link #CancellationTokenSource(Duration, TimeProvider)}
   * @param timeProvider the clock
   * @param tokens the parents, at least one; those that can never be canceled are ignored
   * @return the linked source, canceled already if a token is or the delay is not positive
   * @throws NullPointerException if an argument or one of the tokens is null
   * @throws IllegalArgumentException if there are no tokens
   * @dotnet none
   * @since 1.0
   */
  public static CancellationTokenSource createLinkedTokenSource(
      Duration delay, TimeProvider timeProvider, CancellationToken... tokens) {
    requireNonNull(delay, "delay");
    requireNonNull(timeProvider, "timeProvider");
    CancellationTokenSource source =
        new CancellationTokenSource(Links.childOf(Links.check(tokens)));
    if (!source.token.isCancellationRequested()) {
      source.start(delay, timeProvider);
    }
    return source;
  }

  /**
   * Returns the token to hand to those who do the work.
   *
   * @return always the same token
   * @throws ObjectDisposedException if this source is closed
   * @dotnet CancellationTokenSource.Token
   * @since 1.0
   */
  public CancellationToken token() {
    ensureOpen();
    return token;
  }

  /**
   * Returns whether cancellation has been requested; callbacks may still be running.
   *
   * @return as {@link CancellationToken#isCancellationRequested()}; also after {@link #close()}
   * @dotnet CancellationTokenSource.IsCancellationRequested
   * @since 1.0
   */
  public boolean isCancellationRequested() {
    return token.isCancellationRequested();
  }

  /**
   * Requests cancellation and runs the callbacks.
   *
   * <p>In this order: the request becomes visible, to linked tokens too; the delay is stopped;
   * threads that wait are woken; the callbacks run on this thread, one after another, newest first,
   * those of linked sources in the place of their link. Returns when the last has ended, however
   * long that takes. If cancellation has been requested before, returns at once, also while another
   * thread runs the callbacks; likewise within a callback.
   *
   * <p>Every callback runs, whatever others throw. Of several threads that call this, one runs the
   * callbacks.
   *
   * @throws AggregateException if callbacks threw: with all that was thrown, in the order in which
   *     they ran; what those of a linked source threw is one exception of this type among them
   * @throws ObjectDisposedException if this source is closed
   * @dotnet CancellationTokenSource.Cancel()
   * @since 1.0
   */
  public void cancel() {
    ensureOpen();
    Cancellation.cancel(token, null, false);
  }

  /**
   * Requests cancellation, as {@link #cancel()} does, and says why.
   *
   * <p>The reason becomes the token's, and that of all tokens linked to it, and so the cause of
   * every {@link OperationCanceledException} that they throw. If cancellation has been requested
   * before, nothing happens, and the earlier request's reason stays, or its lack of one.
   *
   * @param reason why
   * @throws NullPointerException if {@code reason} is null
   * @throws AggregateException if callbacks threw
   * @throws ObjectDisposedException if this source is closed
   * @dotnet none
   * @since 1.0
   */
  public void cancelBecause(Throwable reason) {
    requireNonNull(reason, "reason");
    ensureOpen();
    Cancellation.cancel(token, reason, false);
  }

  /**
   * Requests cancellation, as {@link #cancel()} does, unless it has been requested or this source
   * is closed.
   *
   * @return whether this call was the request
   * @throws AggregateException if callbacks threw
   * @dotnet none
   * @since 1.0
   */
  public boolean tryCancel() {
    return Cancellation.cancel(token, null, false);
  }

  /**
   * Requests cancellation and runs this source's callbacks until one throws.
   *
   * <p>The callbacks of this source that have not begun by then never run. Linked sources are told
   * all the same, and run theirs; what those throw is suppressed on the first exception.
   *
   * <p>Throws that first exception itself, also if it is a checked one; if it was a linked source's
   * callback that threw, that source's {@link AggregateException}.
   *
   * @throws ObjectDisposedException if this source is closed
   * @dotnet CancellationTokenSource.Cancel(true)
   * @since 1.0
   */
  public void cancelThrowOnFirstException() {
    ensureOpen();
    Cancellation.cancel(token, null, true);
  }

  /**
   * Requests cancellation and lets the callbacks run on another thread.
   *
   * <p>On return the request is visible, the delay stopped, and threads that wait are being woken.
   * The callbacks run as by {@link #cancel()}, on a daemon thread of this library's, also if this
   * source is closed meanwhile; until their turn comes they can be unregistered.
   *
   * @return a stage that completes when the callbacks have run: with the {@link AggregateException}
   *     that {@code cancel} would have thrown, if so; with an {@link ObjectDisposedException} if
   *     this source is closed. It is complete already if there is nothing to run or cancellation
   *     has been requested before. Dependents never run on the thread that calls this
   * @dotnet CancellationTokenSource.CancelAsync()
   * @since 1.0
   */
  public CompletionStage<@Nullable Void> cancelAsync() {
    return cancelAsync(null);
  }

  /**
   * Requests cancellation, as {@link #cancelAsync()} does, and says why.
   *
   * @param reason why, as for {@link #cancelBecause}
   * @return a stage that completes when the callbacks have run
   * @throws NullPointerException if {@code reason} is null
   * @dotnet none
   * @since 1.0
   */
  public CompletionStage<@Nullable Void> cancelAsyncBecause(Throwable reason) {
    return cancelAsync((Object) requireNonNull(reason, "reason"));
  }

  /**
   * Requests cancellation when a delay has passed, counted from now, instead of any delay before.
   *
   * <p>On the system's clock never cancels within the call, but on another thread, as {@link
   * #CancellationTokenSource(Duration)} tells. On a clock of the caller's choice cancels where that
   * clock's timer calls back: if that is at once, within the call. Does nothing if cancellation has
   * been requested.
   *
   * @param delay how long from now; zero or less means as soon as possible, {@link
   *     Timeout#INFINITE} never
   * @throws NullPointerException if {@code delay} is null
   * @throws ObjectDisposedException if this source is closed
   * @dotnet CancellationTokenSource.CancelAfter(TimeSpan)
   * @since 1.0
   */
  public void cancelAfter(Duration delay) {
    requireNonNull(delay, "delay");
    ensureOpen();
    if (token.isCancellationRequested()) {
      return;
    }
    if (delay() instanceof ProviderDelay present) {
      present.change(delay);
    } else {
      boolean never = delay.equals(Timeout.INFINITE);
      SystemDelay.replace(token, never ? null : new SystemDelay(token, delay));
    }
  }

  /**
   * Makes this source as good as new, if cancellation has not been requested: takes off all
   * callbacks, cuts the links of sources that are linked to this one, and stops the delay.
   *
   * <p>The token stays the same, and so do this source's own links to its parents. Meant for who
   * alone uses the source, between two uses. False may be the answer for any reason, and means:
   * make a new source.
   *
   * @return false if cancellation has been requested, or if this source has a clock of its own;
   *     then nothing has changed
   * @throws ObjectDisposedException if this source is closed
   * @dotnet CancellationTokenSource.TryReset()
   * @since 1.0
   */
  public boolean tryReset() {
    ensureOpen();
    if (token.isCancellationRequested()) {
      return false;
    }
    Extras extras = token.extras();
    int s = token.lock();
    Delay delay = extras.delay;
    boolean reset =
        (s & (REQUESTED | CLOSED)) == 0
            && !(delay instanceof ProviderDelay)
            && extras.resets != Integer.MAX_VALUE;
    Object links = reset && token.newest != null ? extras.links : null;
    if (reset) {
      try {
        dropAll(null);
      } catch (StackOverflowError e) {
        token.state = s;
        throw e;
      }
      extras.delay = null;
      extras.resets++;
    }
    token.state = s;
    if (reset && delay != null) {
      delay.stop();
    }
    if (links != null) {
      Attachment.detach(links);
    }
    return reset;
  }

  /**
   * Returns how many callbacks are registered and have not begun, counting each linked source that
   * waits for this one as one.
   *
   * <p>For tests and monitoring: a snapshot, taken in time proportional to the answer, during which
   * other threads may have to wait to register.
   *
   * @return the number of callbacks
   * @dotnet none
   * @since 1.0
   */
  public int registrationCount() {
    int count = 0;
    int s = token.lock();
    for (Node node = token.newest; node != null; node = node.older) {
      count++;
    }
    token.state = s;
    return count;
  }

  /**
   * Releases what this source holds: callbacks, links and the delay.
   *
   * <p>Does not request cancellation. If it has been requested, of this source or one that it is
   * linked to, it is carried out: every callback runs and every linked source is told. If not, it
   * never will be: the callbacks are dropped, linked sources live on without this one, and threads
   * that wait on the token's handle wake with an {@link ObjectDisposedException}; the token keeps
   * answering. Afterwards most methods of this source throw that exception.
   *
   * <p>Waits for one thing: if another thread runs this source's callbacks on behalf of a parent,
   * until they have ended; not within one of them. That wait ignores interrupts, and keeps them.
   * May be called again.
   *
   * @dotnet CancellationTokenSource.Dispose()
   * @since 1.0
   */
  @Override
  public void close() {
    token.isCancellationRequested(); // so that what was requested above is seen here
    Object links = null;
    Delay delay = null;
    boolean watched = false;
    int s = token.lock();
    boolean first = (s & CLOSED) == 0;
    if (first) {
      Object ext = token.ext;
      if (ext instanceof Extras extras) {
        delay = extras.delay;
        extras.delay = null;
        watched = extras.watchers != null;
        ext = extras.links;
      }
      if ((s & REQUESTED) == 0) {
        if (token.newest != null) {
          links = ext;
          try {
            dropAll(CancellationTokenRegistration.DROPPED);
          } catch (StackOverflowError e) {
            token.state = s;
            throw e;
          }
        }
        if (token.ext instanceof Extras extras) {
          extras.links = null;
        } else {
          token.ext = null;
        }
        s &= ~LINKED;
      }
    }
    s |= CLOSED;
    try {
      token.unlock(s);
    } catch (StackOverflowError e) {
      token.state = s;
    }
    if (links != null) {
      Attachment.detach(links);
    }
    if (watched) {
      TokenWatch.wakeAll(token, e -> {});
    }
    if (first && delay != null) {
      delay.stop();
    }
    RunWaiter.awaitEndOfLink(token);
  }

  /**
   * Returns the type with the token's state, reason and time left.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return "CancellationTokenSource[" + token.describe() + "]";
  }

  static ObjectDisposedException disposed() {
    return new ObjectDisposedException("", "The CancellationTokenSource has been disposed.");
  }

  private CompletionStage<@Nullable Void> cancelAsync(@Nullable Object reason) {
    if (token.isClosed()) {
      return ReadOnlyStage.failed(disposed());
    }
    ReadOnlyStage<@Nullable Void> stage =
        new ReadOnlyStage<>(); // before there is something to lose
    Cancellation cancellation = Cancellation.request(token, reason, null, false);
    if (cancellation == null || cancellation.isDone()) {
      stage.finish(null);
      return stage;
    }
    Unfinished.finishElsewhere(
        cancellation,
        () -> {
          try {
            cancellation.run();
            stage.finish(null);
          } catch (Throwable e) {
            stage.fail(e);
          }
        });
    return stage;
  }

  /** Starts the first delay of a source that nobody else knows yet. */
  private void start(Duration delay, TimeProvider timeProvider) {
    boolean never = delay.equals(Timeout.INFINITE);
    if (!never && (delay.isNegative() || delay.isZero())) {
      Extras extras = token.extras();
      extras.links = null;
      extras.reason = delay;
      token.state = REQUESTED | RAISED | CLAIMED;
    } else if (timeProvider != TimeProvider.system()) {
      ProviderDelay.start(token, timeProvider, delay);
    } else if (!never) {
      SystemDelay.start(token, delay);
    }
  }

  private @Nullable Delay delay() {
    Extras extras = token.extras();
    int s = token.lock();
    Delay delay = extras.delay;
    token.state = s;
    return delay;
  }

  /** Empties the list, whose lock is held. Takes time for each callback, and calls nothing. */
  private void dropAll(@Nullable Object mark) {
    for (Node node = token.newest; node != null; ) {
      Node older = node.older;
      node.older = null;
      node.newer = null;
      if (node instanceof CancellationTokenRegistration registration) {
        registration.callback = mark;
        registration.state = null;
      }
      node = older;
    }
    token.newest = null;
  }

  private void ensureOpen() {
    if (token.isClosed()) {
      throw disposed();
    }
  }
}
