// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import desist.AggregateException;
import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.tasks.Parallel;
import desist.tasks.ParallelLoopResult;
import desist.tasks.ParallelOptions;
import desist.tasks.Task;
import desist.testing.CancellationExtension;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The listings of docs/guide/parallel.md. */
@ExtendWith(CancellationExtension.class)
class ParallelGuideTest {
  private static final AtomicInteger SHRUNK = new AtomicInteger();
  private static final AtomicInteger FETCHED = new AtomicInteger();

  /** A picture. */
  private record Image(String name) {
    void shrink() {
      SHRUNK.incrementAndGet();
    }
  }

  @Test
  void allImagesAreShrunk(CancellationToken token) {
    SHRUNK.set(0);
    List<Image> images = List.of(new Image("cat"), new Image("dog"));
    // snippet: first
    ParallelOptions options = new ParallelOptions().withCancellationToken(token);
    Parallel.forEach(images, options, image -> image.shrink());
    // end
    assertThat(SHRUNK).hasValue(2);
  }

  @Test
  void rangesAreAddedUp(CancellationToken token) {
    ParallelOptions options = new ParallelOptions().withCancellationToken(token);
    int[] samples = IntStream.range(0, 10_000).toArray();
    // snippet: ranges
    LongAdder total = new LongAdder();
    Parallel.forEachRange(
        0,
        samples.length,
        options,
        (from, to) -> {
          long sum = 0;
          for (int i = from; i < to; i++) {
            sum += samples[i];
          }
          total.add(sum);
        });
    // end
    assertThat(total.sum()).isEqualTo(10_000L * 9_999 / 2);
  }

  @Test
  void localsAreGathered(CancellationToken token) {
    ParallelOptions options = new ParallelOptions().withCancellationToken(token);
    List<String> lines = List.of("so much", "depends", "so be it");
    // snippet: local
    Map<String, Integer> counts = new ConcurrentHashMap<>();
    Parallel.forEachWithLocal(
        lines,
        options,
        HashMap<String, Integer>::new,
        (line, state, own) -> {
          own.merge(firstWord(line), 1, Integer::sum);
          return own;
        },
        own -> own.forEach((word, count) -> counts.merge(word, count, Integer::sum)));
    // end
    assertThat(counts).containsOnly(Map.entry("so", 2), Map.entry("depends", 1));
  }

  private static String firstWord(String line) {
    return line.split(" ")[0];
  }

  @Test
  void theLowestBreakIsFound(CancellationToken token) {
    ParallelOptions options = new ParallelOptions().withCancellationToken(token);
    int[] numbers = IntStream.range(0, 1000).map(i -> i % 100 == 77 ? -i : i).toArray();
    // snippet: search
    ParallelLoopResult result =
        Parallel.forRangeWithState(
            0,
            numbers.length,
            options,
            (i, state) -> {
              if (numbers[i] < 0) {
                state.breakLoop(); // all below i are still looked at
              }
            });
    OptionalLong firstNegative = result.lowestBreakIteration();
    // end
    assertThat(firstNegative).hasValue(77);
  }

  @Test
  void aLoopSaysHowItEnded(CancellationTokenSource source) {
    ParallelOptions options = new ParallelOptions().withCancellationToken(source.token());
    assertThat(read(List.of("a", "b"), options)).isEqualTo("all read");
    assertThat(read(List.of("a", "lost"), options)).isEqualTo("1 failed");
    source.cancel();
    assertThat(read(List.of("a", "b"), options)).isEqualTo("canceled");
  }

  private static String read(List<String> files, ParallelOptions options) {
    // snippet: exceptions
    try {
      Parallel.forEach(files, options, file -> read(file));
      return "all read";
    } catch (OperationCanceledException e) {
      return "canceled";
    } catch (AggregateException e) {
      return e.innerExceptions().size() + " failed";
    }
    // end
  }

  private static String read(String file) throws IOException {
    if (file.equals("lost")) {
      throw new IOException(file);
    }
    return file;
  }

  @Test
  void pagesAreFetched(CancellationToken token) throws Exception {
    ParallelOptions options = new ParallelOptions().withCancellationToken(token);
    List<String> pages = List.of("a", "b", "c", "d");
    FETCHED.set(0);
    // snippet: async
    Task<Void> all =
        Parallel.forEachAsync(
            pages, options.withMaxDegreeOfParallelism(3), (page, own) -> fetch(page, own));
    // end
    all.await();
    assertThat(FETCHED).hasValue(4);
  }

  private static Task<Integer> fetch(String page, CancellationToken token) {
    return Task.run(FETCHED::incrementAndGet, token);
  }
}
