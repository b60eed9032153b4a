// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sources that are linked at random, and canceled, closed, reset and asked in any order, beside a
 * model that passes each request down at once.
 */
class LinkedForestTest {
  private static final int FORESTS = 1_000;
  private static final int STEPS = 80;

  /** Near the top a poll walks; further down it reads what is kept, or compares times. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 30})
  void answersAsIfEachRequestWerePassedDownAtOnce(int depth) {
    for (int seed = 0; seed < FORESTS; seed++) {
      new Forest(seed, depth).grow();
    }
  }

  private static final class Forest {
    private final Random random;
    private final String name;
    private final List<Tree> trees = new ArrayList<>();

    Forest(int seed, int depth) {
      random = new Random(seed);
      name = "forest " + seed;
      Tree tree = add(List.of());
      for (int i = 0; i < depth; i++) {
        tree = add(List.of(tree));
      }
    }

    void grow() {
      for (int step = 0; step < STEPS; step++) {
        Tree tree = any();
        switch (random.nextInt(14)) {
          case 0 -> add(List.of());
          case 1, 2, 3, 4 -> link(List.of(tree));
          case 5 -> link(List.of(tree, any()));
          case 6, 7 -> tree.register();
          case 8 -> tree.unregister();
          case 9 -> tree.close();
          case 10 -> tree.reset(name);
          case 11 -> tree.cancel();
          default -> tree.check(name);
        }
      }
      trees.forEach(tree -> tree.check(name));
    }

    /** New ones are linked rather to what is far down. */
    private Tree any() {
      int i = random.nextInt(trees.size());
      return trees.get(random.nextBoolean() ? i : Math.max(i, random.nextInt(trees.size())));
    }

    private void link(List<Tree> parents) {
      if (parents.stream().noneMatch(parent -> parent.isClosed)) {
        add(parents);
      }
    }

    private Tree add(List<Tree> parents) {
      Tree tree = new Tree(parents);
      trees.add(tree);
      return tree;
    }
  }

  private static final class Tree {
    private final CancellationTokenSource source;
    private final CancellationToken token;
    private final List<CancellationTokenRegistration> registrations = new ArrayList<>();
    private int runs;

    // The model.
    private final List<Tree> children = new ArrayList<>();
    private boolean isRequested;
    private boolean isClosed;
    private int runsExpected;

    Tree(List<Tree> parents) {
      source = make(parents.stream().map(parent -> parent.token).toList());
      token = source.token();
      for (Tree parent : parents) {
        parent.children.add(this);
        isRequested |= parent.isRequested;
      }
    }

    private static CancellationTokenSource make(List<CancellationToken> parents) {
      return switch (parents.size()) {
        case 0 -> new CancellationTokenSource();
        case 1 -> CancellationTokenSource.createLinkedTokenSource(parents.get(0));
        default -> CancellationTokenSource.createLinkedTokenSource(parents.get(0), parents.get(1));
      };
    }

    void register() {
      registrations.add(token.register(() -> runs++));
      if (isRequested) {
        runsExpected++;
      } else if (isClosed) {
        registrations.clear();
      }
    }

    void unregister() {
      if (!registrations.isEmpty()) {
        registrations.remove(registrations.size() - 1).unregister();
      }
    }

    void cancel() {
      source.tryCancel();
      request();
    }

    private void request() {
      if (isRequested || isClosed) {
        return;
      }
      isRequested = true;
      runsExpected += registrations.size();
      registrations.clear();
      children.forEach(Tree::request);
    }

    void close() {
      source.close();
      isClosed = true;
      if (!isRequested) {
        registrations.clear();
        children.clear();
      }
    }

    void reset(String name) {
      if (!isClosed) {
        assertThat(source.tryReset()).as(name).isEqualTo(!isRequested);
        if (!isRequested) {
          registrations.clear();
          children.clear();
        }
      }
    }

    void check(String name) {
      assertThat(token.isCancellationRequested()).as(name).isEqualTo(isRequested);
      assertThat(runs).as(name).isEqualTo(runsExpected);
    }
  }
}
