// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.threading;

import static java.util.Objects.requireNonNull;

import desist.CancellationToken;
import desist.ObjectDisposedException;
import desist.OperationCanceledException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A collection between threads that add items and threads that take them, whose waits a token can
 * end.
 *
 * <p>Who takes waits while the collection is empty; who adds waits while it is full, if its
 * capacity is bounded. When {@linkplain #completeAdding() adding is completed}, what is left is
 * still taken, and then nobody waits any more.
 *
 * <p>The items are kept in a store, first in first out unless another was given. Threads that wait
 * are served in the order in which they came. Items are never null.
 *
 * <p>All methods are safe to call from any thread.
 *
 * <p>Memory consistency effects: actions in a thread before it adds an item <i>happen-before</i>
 * actions in another after it has taken that item.
 *
 * {@snippet lang = java:
 * for (Order order : orders.getConsumingEnumerable(token)) {
 *   ship(order);
 * }
 * }
 *
 * @param <T> the type of the items
 * @dotnet BlockingCollection
 * @since 1.0
 */
public final class BlockingCollection<T> implements Iterable<T>, AutoCloseable {
  /*
   * Overview
   *
   * An item is added by who holds a free slot, taken by who holds a full one, and the slot goes on
   * when that is done: class Slots, with the items themselves in ListSlots or StoreSlots. Everything
   * else here is a way to come by a slot.
   *
   * An add or a take that has its slot goes to its end, whatever is canceled, completed or closed
   * meanwhile. So it is all or nothing.
   *
   * The one exception is memory: if none is left for the Optional or the Taken that is to carry an
   * item, the error tells, and the item is gone. It cannot be made before the item is known, and the
   * item not be put back to its place, which in a store is not ours to choose.
   */

  private static final int UNBOUNDED = -1;

  private final Slots<T> slots;
  private final int boundedCapacity;

  /**
   * Makes an empty collection without bound.
   *
   * @dotnet new BlockingCollection()
   * @since 1.0
   */
  public BlockingCollection() {
    this(new ListSlots<>(Integer.MAX_VALUE), UNBOUNDED);
  }

  /**
   * Makes an empty collection.
   *
   * @param boundedCapacity how many items it may hold, at least 1
   * @throws IllegalArgumentException if {@code boundedCapacity} is less than 1
   * @dotnet new BlockingCollection(int)
   * @since 1.0
   */
  public BlockingCollection(int boundedCapacity) {
    this(new ListSlots<>(boundedCapacity), boundedCapacity);
  }

  /**
   * Makes a collection without bound, of the items in a store.
   *
   * <p>The store decides the order of the items: a {@link
   * java.util.concurrent.PriorityBlockingQueue} gives the smallest first, {@code
   * Collections.asLifoQueue(new ConcurrentLinkedDeque<>())} the newest. It must be safe for use by
   * several threads, and be left to this collection from now on. It must give what it has when it
   * is asked: one that keeps items back, as {@link java.util.concurrent.DelayQueue} does, is
   * unsuitable, since a take that is due an item and gets none throws, and counts it as gone.
   *
   * @param store where the items are kept
   * @throws NullPointerException if {@code store} is null
   * @dotnet new BlockingCollection(IProducerConsumerCollection)
   * @since 1.0
   */
  public BlockingCollection(Queue<T> store) {
    this(new StoreSlots<>(store, Integer.MAX_VALUE), UNBOUNDED);
  }

  /**
   * Makes a collection of the items in a {@linkplain #BlockingCollection(Queue) store}.
   *
   * @param store where the items are kept
   * @param boundedCapacity how many items it may hold, at least 1
   * @throws IllegalArgumentException if {@code boundedCapacity} is less than 1, or less than what
   *     the store holds already
   * @throws NullPointerException if {@code store} is null
   * @dotnet new BlockingCollection(IProducerConsumerCollection, int)
   * @since 1.0
   */
  public BlockingCollection(Queue<T> store, int boundedCapacity) {
    this(new StoreSlots<>(store, boundedCapacity), boundedCapacity);
  }

  private BlockingCollection(Slots<T> slots, int boundedCapacity) {
    this.slots = slots;
    this.boundedCapacity = boundedCapacity;
  }

  /**
   * Adds an item, and waits for room if there is none.
   *
   * @param item the item
   * @throws IllegalStateException if adding is completed, before or while the thread waits, or if
   *     the store refuses the item
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code item} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet BlockingCollection.Add(T)
   * @since 1.0
   */
  public void add(T item) throws InterruptedException {
    offer(item, Durations.FOREVER, CancellationToken.none());
  }

  /**
   * Adds an item, and waits for room if there is none, until the token is canceled.
   *
   * @param item the item
   * @param token what ends the wait
   * @throws OperationCanceledException if the token is canceled, before or while the thread waits;
   *     the item is not added
   * @throws IllegalStateException if adding is completed, before or while the thread waits, or if
   *     the store refuses the item
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code item} or {@code token} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet BlockingCollection.Add(T, CancellationToken)
   * @since 1.0
   */
  public void add(T item, CancellationToken token) throws InterruptedException {
    offer(item, Durations.FOREVER, token);
  }

  /**
   * Adds an item if there is room. Does not wait.
   *
   * @param item the item
   * @return whether the item was added
   * @throws IllegalStateException if adding is completed, or if the store refuses the item
   * @throws NullPointerException if {@code item} is null
   * @throws ObjectDisposedException if this is closed
   * @dotnet BlockingCollection.TryAdd(T)
   * @since 1.0
   */
  public boolean tryAdd(T item) {
    requireNonNull(item, "item");
    ensureOpen();
    if (slots.tryAdd(item)) {
      return true;
    }
    ensureAddable();
    return false;
  }

  /**
   * Adds an item, and waits for room if there is none, but no longer than the time-out.
   *
   * @param item the item
   * @param timeout how long to wait; zero or less means not at all
   * @return whether the item was added
   * @throws IllegalStateException if adding is completed, before or while the thread waits, or if
   *     the store refuses the item
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code item} or {@code timeout} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet BlockingCollection.TryAdd(T, TimeSpan), TryAdd(T, int)
   * @since 1.0
   */
  public boolean tryAdd(T item, Duration timeout) throws InterruptedException {
    return offer(item, Durations.toNanos(timeout), CancellationToken.none());
  }

  /**
   * Adds an item, and waits for room if there is none, until the token is canceled, but no longer
   * than the time-out.
   *
   * @param item the item
   * @param timeout how long to wait; zero or less means not at all
   * @param token what ends the wait
   * @return whether the item was added
   * @throws OperationCanceledException if the token is canceled, before or while the thread waits;
   *     the item is not added
   * @throws IllegalStateException if adding is completed, before or while the thread waits, or if
   *     the store refuses the item
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code item}, {@code timeout} or {@code token} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet BlockingCollection.TryAdd(T, int, CancellationToken)
   * @since 1.0
   */
  public boolean tryAdd(T item, Duration timeout, CancellationToken token)
      throws InterruptedException {
    return offer(item, Durations.toNanos(timeout), token);
  }

  /**
   * Takes an item, and waits for one if there is none.
   *
   * @return the item
   * @throws IllegalStateException if adding is completed and nothing is left, before or while the
   *     thread waits; or if the store does not have the item, because others took it
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet BlockingCollection.Take()
   * @since 1.0
   */
  public T take() throws InterruptedException {
    return take(CancellationToken.none());
  }

  /**
   * Takes an item, and waits for one if there is none, until the token is canceled.
   *
   * @param token what ends the wait
   * @return the item
   * @throws OperationCanceledException if the token is canceled, before or while the thread waits;
   *     nothing is taken
   * @throws IllegalStateException if adding is completed and nothing is left, before or while the
   *     thread waits; or if the store does not have the item, because others took it
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code token} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet BlockingCollection.Take(CancellationToken)
   * @since 1.0
   */
  public T take(CancellationToken token) throws InterruptedException {
    T item = poll(Durations.FOREVER, token);
    if (item == null) {
      throw new IllegalStateException("Adding is completed and nothing is left.");
    }
    return item;
  }

  /**
   * Takes an item if there is one. Does not wait.
   *
   * @return the item, or empty
   * @throws IllegalStateException if the store does not have the item, because others took it
   * @throws ObjectDisposedException if this is closed
   * @dotnet BlockingCollection.TryTake(out T)
   * @since 1.0
   */
  public Optional<T> tryTake() {
    ensureOpen();
    return Optional.ofNullable(slots.tryTake());
  }

  /**
   * Takes an item, and waits for one if there is none, but no longer than the time-out.
   *
   * @param timeout how long to wait; zero or less means not at all
   * @return the item; or empty, at once if adding is completed and nothing is left
   * @throws IllegalStateException if the store does not have the item, because others took it
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code timeout} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet BlockingCollection.TryTake(out T, TimeSpan), TryTake(out T, int)
   * @since 1.0
   */
  public Optional<T> tryTake(Duration timeout) throws InterruptedException {
    return Optional.ofNullable(poll(Durations.toNanos(timeout), CancellationToken.none()));
  }

  /**
   * Takes an item, and waits for one if there is none, until the token is canceled, but no longer
   * than the time-out.
   *
   * @param timeout how long to wait; zero or less means not at all
   * @param token what ends the wait
   * @return the item; or empty, at once if adding is completed and nothing is left
   * @throws OperationCanceledException if the token is canceled, before or while the thread waits;
   *     nothing is taken
   * @throws IllegalStateException if the store does not have the item, because others took it
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if {@code timeout} or {@code token} is null
   * @throws ObjectDisposedException if this is closed, before or while the thread waits
   * @dotnet BlockingCollection.TryTake(out T, int, CancellationToken)
   * @since 1.0
   */
  public Optional<T> tryTake(Duration timeout, CancellationToken token)
      throws InterruptedException {
    return Optional.ofNullable(poll(Durations.toNanos(timeout), token));
  }

  /**
   * Returns the items as they come: each step of an iterator takes one, waits if there is none, and
   * ends when adding is completed and nothing is left.
   *
   * <p>Nothing is looked at before the first step. Between two steps an iterator holds nothing, so
   * a loop may be left at any time; but what {@link Iterator#hasNext()} has taken waits for {@link
   * Iterator#next()}. Several iterators, on several threads, share the items; one iterator is for
   * one thread at a time. A stream of them, parallel ones included, takes each item when it hands
   * it on, and none ahead. A step throws {@link ObjectDisposedException} if this is closed. A step
   * that is interrupted sets the thread's interrupt again and throws {@link
   * OperationCanceledException} without a token, whose cause is the {@link InterruptedException}.
   * After a step that has thrown, the iterator is at its end.
   *
   * @return the items, of which each step takes one
   * @dotnet BlockingCollection.GetConsumingEnumerable()
   * @since 1.0
   */
  public Iterable<T> getConsumingEnumerable() {
    return getConsumingEnumerable(CancellationToken.none());
  }

  /**
   * Returns the items as they come, until the token is canceled.
   *
   * <p>As {@link #getConsumingEnumerable()}. If the token is canceled, a step throws {@link
   * OperationCanceledException} although items are left; but not if adding is completed and nothing
   * is left, which is the end.
   *
   * @param token what ends the steps
   * @return the items, of which each step takes one
   * @throws NullPointerException if {@code token} is null
   * @dotnet BlockingCollection.GetConsumingEnumerable(CancellationToken)
   * @since 1.0
   */
  public Iterable<T> getConsumingEnumerable(CancellationToken token) {
    requireNonNull(token, "token");
    return new ConsumingEnumerable<>(this, token);
  }

  /**
   * Completes adding: nothing more can be added, and who waits for room gets an exception. Who
   * takes gets what is left, and does not wait after that. May be called again.
   *
   * <p>Does not wait: an item that is on its way into the store when adding is completed can be
   * taken yet. So who empties a collection takes until {@link #isCompleted()}, not until a try
   * finds nothing.
   *
   * @throws ObjectDisposedException if this is closed
   * @dotnet BlockingCollection.CompleteAdding()
   * @since 1.0
   */
  public void completeAdding() {
    ensureOpen();
    slots.complete();
  }

  /**
   * Returns whether adding is completed.
   *
   * @return whether nothing more can be added
   * @throws ObjectDisposedException if this is closed
   * @dotnet BlockingCollection.IsAddingCompleted
   * @since 1.0
   */
  public boolean isAddingCompleted() {
    ensureOpen();
    return slots.isCompleted();
  }

  /**
   * Returns whether adding is completed and nothing is left.
   *
   * @return whether nothing more can be added or taken
   * @throws ObjectDisposedException if this is closed
   * @dotnet BlockingCollection.IsCompleted
   * @since 1.0
   */
  public boolean isCompleted() {
    ensureOpen();
    return slots.isEnded();
  }

  /**
   * Returns how many items there are to take.
   *
   * @return how many items there are
   * @throws ObjectDisposedException if this is closed
   * @dotnet BlockingCollection.Count
   * @since 1.0
   */
  public int count() {
    ensureOpen();
    return slots.full();
  }

  /**
   * Returns how many items the collection may hold.
   *
   * @return the capacity, or -1 if there is no bound
   * @throws ObjectDisposedException if this is closed
   * @dotnet BlockingCollection.BoundedCapacity
   * @since 1.0
   */
  public int boundedCapacity() {
    ensureOpen();
    return boundedCapacity;
  }

  /**
   * Returns the items that there are now. They are not taken, and the iterator does not follow what
   * happens later.
   *
   * @return an iterator that cannot remove
   * @throws ObjectDisposedException if this is closed
   * @dotnet BlockingCollection.GetEnumerator()
   * @since 1.0
   */
  @Override
  @SuppressWarnings("unchecked") // the store gives what was put into it
  public Iterator<T> iterator() {
    return (Iterator<T>) Arrays.asList(toArray()).iterator();
  }

  /**
   * Returns the items that there are now. They are not taken.
   *
   * @return a new array
   * @throws ObjectDisposedException if this is closed
   * @dotnet BlockingCollection.ToArray()
   * @since 1.0
   */
  public Object[] toArray() {
    ensureOpen();
    return slots.toArray();
  }

  /**
   * Copies the items that there are now, which are not taken, as {@link
   * java.util.Collection#toArray(Object[])} does.
   *
   * @param <U> the type of the array's elements
   * @param array where to copy the items, if it is long enough; what follows them is then null
   * @return the array, or a longer one of the same type
   * @throws ArrayStoreException if an item does not fit the type
   * @throws NullPointerException if {@code array} is null
   * @throws ObjectDisposedException if this is closed
   * @dotnet BlockingCollection.CopyTo(T[], int)
   * @since 1.0
   */
  public <U> U[] toArray(U[] array) {
    requireNonNull(array, "array");
    ensureOpen();
    return Arrays.asList(slots.toArray()).toArray(array);
  }

  /**
   * Closes the collection. Threads that wait on it wake with an {@link ObjectDisposedException}.
   * May be called again.
   *
   * <p>To end a collection in use, {@linkplain #completeAdding() complete adding}; to end one at
   * once, cancel the token that its users wait with. The store keeps what it holds.
   *
   * @dotnet BlockingCollection.Dispose()
   * @since 1.0
   */
  @Override
  public void close() {
    slots.close();
  }

  /**
   * Returns the type with the state.
   *
   * @dotnet none
   * @since 1.0
   */
  @Override
  public String toString() {
    return "BlockingCollection["
        + slots.full()
        + (isBounded() ? " of " + boundedCapacity : "")
        + (slots.isCompleted() ? ", adding completed" : "")
        + (slots.isClosed() ? ", closed]" : "]");
  }

  /**
   * Adds an item to one of several collections, and waits for room if there is none.
   *
   * <p>If one of them has no bound, the first such one gets it; else the first that has room.
   *
   * @param <T> the type of the item
   * @param collections the collections
   * @param item the item
   * @return the index of the collection that got it
   * @throws IllegalArgumentException if there are no collections, or if adding to one of them is
   *     completed, before or while the thread waits
   * @throws IllegalStateException if the store refuses the item
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if an argument or one of the collections is null
   * @throws ObjectDisposedException if one of them is closed, before or while the thread waits
   * @dotnet BlockingCollection.AddToAny(BlockingCollection[], T)
   * @since 1.0
   */
  public static <T> int addToAny(List<? extends BlockingCollection<? super T>> collections, T item)
      throws InterruptedException {
    return addToAny(collections, item, CancellationToken.none());
  }

  /**
   * Adds an item to one of several collections, and waits for room if there is none, until the
   * token is canceled.
   *
   * <p>If one of them has no bound, the first such one gets it, and the token is not looked at;
   * else the first that has room.
   *
   * @param <T> the type of the item
   * @param collections the collections
   * @param item the item
   * @param token what ends the wait
   * @return the index of the collection that got it
   * @throws OperationCanceledException if all of them are bounded and the token is canceled, before
   *     or while the thread waits; the item is not added
   * @throws IllegalArgumentException if there are no collections, or if adding to one of them is
   *     completed, before or while the thread waits
   * @throws IllegalStateException if the store refuses the item
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if an argument or one of the collections is null
   * @throws ObjectDisposedException if one of them is closed, before or while the thread waits
   * @dotnet BlockingCollection.AddToAny(BlockingCollection[], T, CancellationToken)
   * @since 1.0
   */
  public static <T> int addToAny(
      List<? extends BlockingCollection<? super T>> collections, T item, CancellationToken token)
      throws InterruptedException {
    return AnyCollection.add(collections, item, Durations.FOREVER, token);
  }

  /**
   * Adds an item to one of several collections, if one has room. Does not wait.
   *
   * <p>If one of them has no bound, the first such one gets it; else the first that has room.
   *
   * @param <T> the type of the item
   * @param collections the collections
   * @param item the item
   * @return the index of the collection that got it, or -1
   * @throws IllegalArgumentException if there are no collections, or if adding to one of them is
   *     completed
   * @throws IllegalStateException if the store refuses the item
   * @throws NullPointerException if an argument or one of the collections is null
   * @throws ObjectDisposedException if one of them is closed
   * @dotnet BlockingCollection.TryAddToAny(BlockingCollection[], T)
   * @since 1.0
   */
  public static <T> int tryAddToAny(
      List<? extends BlockingCollection<? super T>> collections, T item) {
    return AnyCollection.tryAdd(collections, item);
  }

  /**
   * Adds an item to one of several collections, and waits for room if there is none, but no longer
   * than the time-out.
   *
   * <p>If one of them has no bound, the first such one gets it; else the first that has room.
   *
   * @param <T> the type of the item
   * @param collections the collections
   * @param item the item
   * @param timeout how long to wait; zero or less means not at all
   * @return the index of the collection that got it, or -1
   * @throws IllegalArgumentException if there are no collections, or if adding to one of them is
   *     completed, before or while the thread waits
   * @throws IllegalStateException if the store refuses the item
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if an argument or one of the collections is null
   * @throws ObjectDisposedException if one of them is closed, before or while the thread waits
   * @dotnet BlockingCollection.TryAddToAny(BlockingCollection[], T, TimeSpan),
   *     TryAddToAny(BlockingCollection[], T, int)
   * @since 1.0
   */
  public static <T> int tryAddToAny(
      List<? extends BlockingCollection<? super T>> collections, T item, Duration timeout)
      throws InterruptedException {
    return tryAddToAny(collections, item, timeout, CancellationToken.none());
  }

  /**
   * Adds an item to one of several collections, and waits for room if there is none, until the
   * token is canceled, but no longer than the time-out.
   *
   * <p>If one of them has no bound, the first such one gets it, and the token is not looked at;
   * else the first that has room.
   *
   * @param <T> the type of the item
   * @param collections the collections
   * @param item the item
   * @param timeout how long to wait; zero or less means not at all
   * @param token what ends the wait
   * @return the index of the collection that got it, or -1
   * @throws OperationCanceledException if all of them are bounded and the token is canceled, before
   *     or while the thread waits; the item is not added
   * @throws IllegalArgumentException if there are no collections, or if adding to one of them is
   *     completed, before or while the thread waits
   * @throws IllegalStateException if the store refuses the item
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if an argument or one of the collections is null
   * @throws ObjectDisposedException if one of them is closed, before or while the thread waits
   * @dotnet BlockingCollection.TryAddToAny(BlockingCollection[], T, int, CancellationToken)
   * @since 1.0
   */
  public static <T> int tryAddToAny(
      List<? extends BlockingCollection<? super T>> collections,
      T item,
      Duration timeout,
      CancellationToken token)
      throws InterruptedException {
    return AnyCollection.add(collections, item, Durations.toNanos(timeout), token);
  }

  /**
   * Takes an item from the first of several collections that has one, and waits if none has.
   *
   * @param <T> the type of the item
   * @param collections the collections
   * @return the item, and the index of the collection that it came from
   * @throws IllegalArgumentException if there are no collections, or if adding to all of them is
   *     completed and nothing is left, before or while the thread waits
   * @throws IllegalStateException if a store does not have the item, because others took it
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if an argument or one of the collections is null
   * @throws ObjectDisposedException if one of them is closed, before or while the thread waits
   * @dotnet BlockingCollection.TakeFromAny(BlockingCollection[], out T)
   * @since 1.0
   */
  public static <T> Taken<T> takeFromAny(
      List<? extends BlockingCollection<? extends T>> collections) throws InterruptedException {
    return takeFromAny(collections, CancellationToken.none());
  }

  /**
   * Takes an item from the first of several collections that has one, and waits if none has, until
   * the token is canceled.
   *
   * <p>An item that is there is taken without looking at the token.
   *
   * @param <T> the type of the item
   * @param collections the collections
   * @param token what ends the wait
   * @return the item, and the index of the collection that it came from
   * @throws OperationCanceledException if all of them are empty and the token is canceled, before
   *     or while the thread waits
   * @throws IllegalArgumentException if there are no collections, or if adding to all of them is
   *     completed and nothing is left, before or while the thread waits
   * @throws IllegalStateException if a store does not have the item, because others took it
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if an argument or one of the collections is null
   * @throws ObjectDisposedException if one of them is closed, before or while the thread waits
   * @dotnet BlockingCollection.TakeFromAny(BlockingCollection[], out T, CancellationToken)
   * @since 1.0
   */
  public static <T> Taken<T> takeFromAny(
      List<? extends BlockingCollection<? extends T>> collections, CancellationToken token)
      throws InterruptedException {
    Taken<T> taken = AnyCollection.take(collections, Durations.FOREVER, token);
    if (taken == null) {
      throw new IllegalArgumentException(
          "Of all collections, adding is completed and nothing left.");
    }
    return taken;
  }

  /**
   * Takes an item from the first of several collections that has one. Does not wait.
   *
   * @param <T> the type of the item
   * @param collections the collections
   * @return the item, and the index of the collection that it came from; or empty
   * @throws IllegalArgumentException if there are no collections
   * @throws IllegalStateException if a store does not have the item, because others took it
   * @throws NullPointerException if an argument or one of the collections is null
   * @throws ObjectDisposedException if one of them is closed
   * @dotnet BlockingCollection.TryTakeFromAny(BlockingCollection[], out T)
   * @since 1.0
   */
  public static <T> Optional<Taken<T>> tryTakeFromAny(
      List<? extends BlockingCollection<? extends T>> collections) {
    return Optional.ofNullable(AnyCollection.tryTake(collections));
  }

  /**
   * Takes an item from the first of several collections that has one, and waits if none has, but no
   * longer than the time-out.
   *
   * @param <T> the type of the item
   * @param collections the collections
   * @param timeout how long to wait; zero or less means not at all
   * @return the item, and the index of the collection that it came from; or empty, at once if
   *     adding to all of them is completed and nothing is left
   * @throws IllegalArgumentException if there are no collections
   * @throws IllegalStateException if a store does not have the item, because others took it
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if an argument or one of the collections is null
   * @throws ObjectDisposedException if one of them is closed, before or while the thread waits
   * @dotnet BlockingCollection.TryTakeFromAny(BlockingCollection[], out T, TimeSpan),
   *     TryTakeFromAny(BlockingCollection[], out T, int)
   * @since 1.0
   */
  public static <T> Optional<Taken<T>> tryTakeFromAny(
      List<? extends BlockingCollection<? extends T>> collections, Duration timeout)
      throws InterruptedException {
    return tryTakeFromAny(collections, timeout, CancellationToken.none());
  }

  /**
   * Takes an item from the first of several collections that has one, and waits if none has, until
   * the token is canceled, but no longer than the time-out.
   *
   * <p>An item that is there is taken without looking at the token.
   *
   * @param <T> the type of the item
   * @param collections the collections
   * @param timeout how long to wait; zero or less means not at all
   * @param token what ends the wait
   * @return the item, and the index of the collection that it came from; or empty, at once if
   *     adding to all of them is completed and nothing is left
   * @throws OperationCanceledException if all of them are empty and the token is canceled, before
   *     or while the thread waits
   * @throws IllegalArgumentException if there are no collections
   * @throws IllegalStateException if a store does not have the item, because others took it
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   * @throws NullPointerException if an argument or one of the collections is null
   * @throws ObjectDisposedException if one of them is closed, before or while the thread waits
   * @dotnet BlockingCollection.TryTakeFromAny(BlockingCollection[], out T, int, CancellationToken)
   * @since 1.0
   */
  public static <T> Optional<Taken<T>> tryTakeFromAny(
      List<? extends BlockingCollection<? extends T>> collections,
      Duration timeout,
      CancellationToken token)
      throws InterruptedException {
    return Optional.ofNullable(AnyCollection.take(collections, Durations.toNanos(timeout), token));
  }

  Slots<T> slots() {
    return slots;
  }

  boolean isBounded() {
    return boundedCapacity != UNBOUNDED;
  }

  void ensureOpen() {
    if (slots.isClosed()) {
      throw new ObjectDisposedException("BlockingCollection");
    }
  }

  /** Takes an item, or returns null if none will come: the next step of an enumeration. */
  @Nullable T takeNext(CancellationToken token) throws InterruptedException {
    ThreadWaiter.throwIfInterrupted();
    try {
      return isCompleted() ? null : poll(Durations.FOREVER, token);
    } catch (OperationCanceledException e) {
      if (slots.isEnded()) {
        return null; // adding was completed after the look above, and maybe before the request
      }
      throw e;
    }
  }

  private boolean offer(T item, long nanos, CancellationToken token) throws InterruptedException {
    requireNonNull(item, "item");
    requireNonNull(token, "token");
    ThreadWaiter.throwIfInterrupted();
    ensureOpen();
    token.throwIfCancellationRequested();
    if (slots.tryAdd(item)) {
      return true;
    }
    int outcome = nanos > 0 ? Slots.awaitFree(these(), nanos, token) : Waiter.TIMED_OUT;
    if (outcome < 0) {
      ensureAddable();
      return false;
    }
    slots.add(item);
    return true;
  }

  private @Nullable T poll(long nanos, CancellationToken token) throws InterruptedException {
    requireNonNull(token, "token");
    ThreadWaiter.throwIfInterrupted();
    ensureOpen();
    token.throwIfCancellationRequested();
    T item = slots.tryTake();
    if (item != null || nanos <= 0) {
      return item;
    }
    int outcome = Slots.awaitFull(these(), nanos, token);
    if (outcome == Waiter.ENDED) {
      ensureOpen();
    }
    return outcome < 0 ? null : slots.take();
  }

  private void ensureAddable() {
    ensureOpen();
    if (slots.isCompleted()) {
      throw new IllegalStateException("Adding is completed.");
    }
  }

  private Slots<?>[] these() {
    return new Slots<?>[] {slots};
  }

  /**
   * An item that was taken from one of several collections.
   *
   * @param <T> the type of the item
   * @param index the index of the collection that it came from
   * @param item the item
   * @dotnet none
   * @since 1.0
   */
  public record Taken<T>(int index, T item) {
    /**
     * Makes such an item.
     *
     * @param index the index of the collection that it came from
     * @param item the item
     * @throws NullPointerException if {@code item} is null
     * @dotnet none
     * @since 1.0
     */
    public Taken {
      requireNonNull(item, "item");
    }
  }
}
