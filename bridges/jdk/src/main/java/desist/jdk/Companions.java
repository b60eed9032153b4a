// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Objects that accompany others, at most one each, found by the other's identity. */
final class Companions<K, V> {
  /*
   * Overview
   *
   * Neither the key nor its companion is kept alive from here. The key is to do that for its
   * companion: "attach" ties it to the key. A companion that has gone or was forgotten is replaced by
   * another.
   *
   * The maker and "attach" are called while no lock is held, and "attach" by the one who has put the
   * companion in. Others may have the companion before it is attached.
   */

  private final ConcurrentMap<Key, WeakReference<V>> map = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private final Supplier<V> maker;
  private final BiConsumer<K, V> attach;

  Companions(Supplier<V> maker, BiConsumer<K, V> attach) {
    this.maker = maker;
    this.attach = attach;
  }

  /** Returns the key's companion, which is made and attached if there is none. */
  V of(K key) {
    dropGone();
    Key weak = new Key(key, gone);
    for (; ; ) {
      WeakReference<V> known = map.get(weak);
      V companion = known == null ? null : known.get();
      if (companion != null) {
        return companion;
      }
      V made = maker.get();
      WeakReference<V> entry = new WeakReference<>(made);
      if (known == null ? map.putIfAbsent(weak, entry) == null : map.replace(weak, known, entry)) {
        attach.accept(key, made);
        return made;
      }
    }
  }

  /** Forgets a key's companion; if it is asked for again, another is made. */
  void forget(K key) {
    map.remove(new Key(key, null));
  }

  /** How many keys are known that have not gone. */
  int size() {
    dropGone();
    return map.size();
  }

  private void dropGone() {
    for (Reference<?> key; (key = gone.poll()) != null; ) {
      map.remove(key);
    }
  }

  /** A key by its identity; once that is gone it equals itself alone. */
  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object key, @Nullable ReferenceQueue<Object> gone) {
      super(key, gone);
      hash = System.identityHashCode(key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object key = get();
      return key != null && other instanceof Key that && that.get() == key;
    }
  }
}
