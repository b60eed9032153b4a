// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package consumer;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.testing.FakeTimeProvider;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InaccessibleObjectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Uses both modules as modules, without JUnit, and tries to get from a token to its source. */
public final class Main {
  public static void main(String[] args) {
    FakeTimeProvider time = new FakeTimeProvider();
    try (CancellationTokenSource source = new CancellationTokenSource(Duration.ofDays(1), time)) {
      CancellationToken token = source.token();
      time.advance(Duration.ofDays(1));
      System.out.println("modules: " + token.getClass().getModule() + ", " + time.getClass().getModule());
      System.out.println("canceled: " + token.isCancellationRequested());
      System.out.println("opened: " + opened(token.getClass()));
      System.out.println("looked into: " + lookedInto(token.getClass()));
    }
  }

  /** The members that reflection gives access to although they are not public. */
  private static List<String> opened(Class<?> type) {
    List<AccessibleObject> members = new ArrayList<>();
    members.addAll(List.of(type.getDeclaredFields()));
    members.addAll(List.of(type.getDeclaredMethods()));
    members.addAll(List.of(type.getDeclaredConstructors()));
    List<String> opened = new ArrayList<>();
    for (AccessibleObject member : members) {
      boolean isPublic =
          java.lang.reflect.Modifier.isPublic(((java.lang.reflect.Member) member).getModifiers());
      try {
        member.setAccessible(true);
        if (!isPublic) {
          opened.add(member.toString());
        }
      } catch (InaccessibleObjectException refused) {
        // As it should be.
      }
    }
    return opened;
  }

  private static boolean lookedInto(Class<?> type) {
    try {
      MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      return true;
    } catch (IllegalAccessException refused) {
      return false;
    }
  }
}
