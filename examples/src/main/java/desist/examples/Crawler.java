// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.examples;

import desist.CancellationToken;
import desist.CancellationTokenSource;
import desist.OperationCanceledException;
import desist.threading.CountdownEvent;
import desist.threading.SemaphoreSlim;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Follows all links of a web site, three pages at a time, until a key is pressed. Whoever waits for
 * his turn wakes then, and so does whoever is in the midst of a download.
 */
public final class Crawler implements AutoCloseable {
  private static final Pattern LINK = Pattern.compile("href='([^']*)'");

  private final CancellationToken token;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final SemaphoreSlim throttle = new SemaphoreSlim(3);
  private final Set<URI> found = ConcurrentHashMap.newKeySet();
  private final AtomicInteger read = new AtomicInteger();

  /** Counts the pages that are being visited or wait for their turn, and one for the start. */
  private final CountdownEvent visits = new CountdownEvent(1);

  Crawler(CancellationToken token) {
    this.token = token;
  }

  public static void main(String[] args) throws Exception {
    try (var source = new CancellationTokenSource();
        var site = new Site(200);
        var crawler = new Crawler(source.token())) {
      Keys.onPress(key -> source.tryCancel());
      crawler.crawl(site.start());
      System.out.printf("%nread %d pages of %d found%n", crawler.read(), crawler.found());
    }
  }

  /** Visits the page and all that can be reached from it; returns when nobody is on the way. */
  void crawl(URI start) throws InterruptedException {
    follow(start);
    visits.signal();
    visits.await(); // without the token: they all end, and nobody is left behind
  }

  int read() {
    return read.get();
  }

  int found() {
    return found.size();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void follow(URI page) {
    if (found.add(page)) {
      visits.addCount();
      threads.execute(() -> visit(page));
    }
  }

  private void visit(URI page) {
    try {
      String text = read(page);
      read.incrementAndGet();
      System.out.print(".");
      System.out.flush();
      LINK.matcher(text).results().forEach(link -> follow(page.resolve(link.group(1))));
    } catch (OperationCanceledException e) {
      // As wanted: the page was not read.
    } catch (IOException e) {
      System.out.println(page + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      visits.signal();
    }
  }

  private String read(URI page) throws IOException, InterruptedException {
    // snippet: crawl
    throttle.await(token); // whoever is canceled here has no permit to give back
    try {
      byte[] bytes = Download.download(client, page, token);
      return new String(bytes, StandardCharsets.UTF_8);
    } finally {
      throttle.release();
    }
    // end
  }
}
