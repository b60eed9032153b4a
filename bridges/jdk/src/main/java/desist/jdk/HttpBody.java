// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way from a publisher to a subscriber, which a token may end.
 *
 * @param <E> what it comes in
 */
class HttpBody<E> extends SignalGate implements Subscriber<E> {
  private static final Subscription NOTHING = new NoSubscription();

  final HttpCall<?> call;
  private final Subscriber<? super E> receiver;

  // Written by the sender before its first signal passes, read by whoever gives the last.
  private volatile @Nullable Subscription upstream;

  // Written and read while a signal passes, or the last one.
  private boolean isSubscribed;

  HttpBody(HttpCall<?> call, Subscriber<? super E> receiver) {
    this.call = call;
    this.receiver = receiver;
  }

  @Override
  public final void onSubscribe(Subscription subscription) {
    upstream = subscription;
    if (!enter()) {
      subscription.cancel();
      return;
    }
    try {
      isSubscribed = true;
      receiver.onSubscribe(new Downstream(subscription));
    } finally {
      leave();
    }
  }

  @Override
  public final void onNext(E item) {
    if (enter()) {
      try {
        receiver.onNext(item);
      } finally {
        leave();
      }
    }
  }

  @Override
  public final void onError(Throwable failure) {
    end(() -> receiver.onError(failure));
  }

  @Override
  public final void onComplete() {
    end(receiver::onComplete);
  }

  /** Ends the body: its sender at once, and its receiver as soon as that is at no other signal. */
  final void abort() {
    try {
      close();
    } finally {
      Subscription subscription = upstream;
      if (subscription != null && isClosed()) {
        subscription.cancel(); // which last() may have done, or do once more
      }
    }
  }

  /** Ends the body on behalf of a receiver who does not know of it, unless it has come. */
  final void abandon() {
    Subscription subscription = upstream;
    if (subscription != null && !isOver()) {
      cancel(subscription);
    }
  }

  /** Cancels it for the receiver, who wants no last word of the token's then. */
  private void cancel(Subscription subscription) {
    tryEnd();
    try {
      subscription.cancel();
    } finally {
      call.bodyEnded();
    }
  }

  private void end(Runnable lastSignal) {
    if (enter()) {
      try {
        if (tryEnd()) {
          lastSignal.run();
        }
      } finally {
        leave();
        call.bodyEnded();
      }
    }
  }

  @Override
  final void last() {
    try {
      Subscription subscription = upstream;
      if (subscription != null) {
        subscription.cancel();
      }
    } finally {
      if (!isSubscribed) {
        receiver.onSubscribe(NOTHING);
      }
      receiver.onError(call.cause());
    }
  }

  /** What the receiver asks with. */
  private final class Downstream implements Subscription {
    private final Subscription subscription;

    Downstream(Subscription subscription) {
      this.subscription = subscription;
    }

    @Override
    public void request(long n) {
      subscription.request(n);
    }

    @Override
    public void cancel() {
      HttpBody.this.cancel(subscription);
    }
  }

  /** Of a body that was canceled before it came. */
  private static final class NoSubscription implements Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }
}
