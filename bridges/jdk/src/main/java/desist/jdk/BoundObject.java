// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.jdk;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/** What stands behind the proxy of a driver's or a pool's object, all of whose calls it sees. */
abstract class BoundObject<T extends Wrapper> implements InvocationHandler {
  /** Where the proxies are defined. They are of interfaces of java.sql alone. */
  private static final ClassLoader LOADER = BoundObject.class.getClassLoader();

  final T target;
  final Binding binding;

  BoundObject(T target, Binding binding) {
    this.target = target;
    this.binding = binding;
  }

  /** Returns the proxy that this stands behind. */
  final <I> I as(Class<I> type) {
    return type.cast(Proxy.newProxyInstance(LOADER, new Class<?>[] {type}, this));
  }

  @Override
  public final @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
    Object first = args != null && args.length == 1 ? args[0] : null;
    return switch (method.getName()) {
      case "equals" -> isEqual(first);
      case "hashCode" -> target.hashCode();
      case "toString" -> describe();
      case "isWrapperFor" -> isWrapperFor(proxy, (Class<?>) requireNonNull(first));
      case "unwrap" -> unwrap(proxy, (Class<?>) requireNonNull(first));
      default -> answer(proxy, method, args);
    };
  }

  /** Answers a call of the interface. */
  abstract @Nullable Object answer(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable;

  /** Passes a call on to the target, and throws what that throws. */
  final @Nullable Object pass(Method method, @Nullable Object @Nullable [] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Two views are equal if they show equal objects and obey the same token. */
  private boolean isEqual(@Nullable Object other) {
    return other != null
        && Proxy.isProxyClass(other.getClass())
        && Proxy.getInvocationHandler(other) instanceof BoundObject<?> bound
        && bound.getClass() == getClass()
        && bound.binding.token() == binding.token()
        && bound.target.equals(target);
  }

  private Object unwrap(Object proxy, Class<?> type) throws SQLException {
    if (type.isInstance(proxy)) {
      return proxy;
    }
    return type.isInstance(target) ? target : target.unwrap(type);
  }

  private boolean isWrapperFor(Object proxy, Class<?> type) throws SQLException {
    return type.isInstance(proxy) || type.isInstance(target) || target.isWrapperFor(type);
  }

  private String describe() {
    return target + " bound to " + binding.token();
  }
}
