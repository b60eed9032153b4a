// SPDX-FileCopyrightText: 2026 the Desist authors
// SPDX-License-Identifier: Apache-2.0

package desist.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws what {@link QueryScale} measured as SVG: nanoseconds for each item over the number of
 * items, both logarithmic, with a line for each query.
 */
final class ScalePlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;
  private static final int LEFT = 60;
  private static final int RIGHT = 190;
  private static final int TOP = 20;
  private static final int BOTTOM = 50;

  /** One for each query; told apart also by who cannot see colors, as each line has its name. */
  private static final List<String> COLORS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7");

  /** A point of a line. */
  private record Point(double size, double nanos) {}

  private final Map<String, List<Point>> lines = new LinkedHashMap<>();

  /** The exponents of ten at the ends of the axes. */
  private int firstSize = Integer.MAX_VALUE;

  private int lastSize = Integer.MIN_VALUE;
  private int firstNanos = Integer.MAX_VALUE;
  private int lastNanos = Integer.MIN_VALUE;

  private final StringBuilder out = new StringBuilder();

  private ScalePlot(List<Figures> figures) {
    for (Figures figure : figures) {
      if (figure.item().equals("QueryScale")) {
        String query = parameter(figure, "query");
        add(
            query + (figure.variant().equals("desist") ? "" : ", " + figure.variant()),
            new Point(Double.parseDouble(parameter(figure, "size")), figure.median()));
      }
    }
  }

  /** Returns the plot, or an empty text if there is nothing to draw. */
  static String of(List<Figures> figures) {
    ScalePlot plot = new ScalePlot(figures);
    return plot.lines.isEmpty() ? "" : plot.draw();
  }

  private static String parameter(Figures figure, String name) {
    for (String parameter : figure.params().split(",")) {
      if (parameter.startsWith(name + "=")) {
        return parameter.substring(name.length() + 1);
      }
    }
    throw new IllegalArgumentException("no " + name + " in " + figure.line());
  }

  private void add(String name, Point point) {
    lines.computeIfAbsent(name, key -> new ArrayList<>()).add(point);
    firstSize = Math.min(firstSize, (int) Math.floor(Math.log10(point.size)));
    lastSize = Math.max(lastSize, (int) Math.ceil(Math.log10(point.size)));
    firstNanos = Math.min(firstNanos, (int) Math.floor(Math.log10(point.nanos)));
    lastNanos = Math.max(lastNanos, (int) Math.ceil(Math.log10(point.nanos)));
  }

  private String draw() {
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH, HEIGHT);
    line("<title>Nanoseconds for each item, over the number of items</title>");
    line("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    for (int size = firstSize; size <= lastSize; size++) {
      double x = x(Math.pow(10, size));
      grid(x, TOP, x, HEIGHT - BOTTOM);
      text(x, HEIGHT - BOTTOM + 18, "middle", "10" + superscript(size));
    }
    for (int nanos = firstNanos; nanos <= lastNanos; nanos++) {
      double y = y(Math.pow(10, nanos));
      grid(LEFT, y, WIDTH - RIGHT, y);
      text(
          LEFT - 6,
          y + 4,
          "end",
          nanos < 0 ? "0." + "0".repeat(-nanos - 1) + "1" : "1" + "0".repeat(nanos));
    }
    text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", "items");
    text(6, TOP - 7, "start", "ns an item");
    int count = 0;
    for (Map.Entry<String, List<Point>> each : lines.entrySet()) {
      curve(each.getKey(), each.getValue(), COLORS.get(count++ / 2 % COLORS.size()));
    }
    line("</svg>");
    return out.toString();
  }

  private void curve(String name, List<Point> points, String color) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.size), y(point.nanos)));
    }
    boolean isPeer = name.contains(",");
    line(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>",
        path.toString().strip(), color, isPeer ? " stroke-dasharray=\"3 4\"" : "");
    Point last = points.get(points.size() - 1);
    text(x(last.size) + 8, y(last.nanos) + 4, "start", name);
  }

  private void grid(double fromX, double fromY, double toX, double toY) {
    line(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ccc\"/>",
        fromX, fromY, toX, toY);
  }

  private void text(double x, double y, String anchor, String text) {
    line("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, text);
  }

  private double x(double size) {
    return LEFT + (WIDTH - LEFT - RIGHT) * part(Math.log10(size), firstSize, lastSize);
  }

  private double y(double nanos) {
    return HEIGHT
        - BOTTOM
        - (HEIGHT - TOP - BOTTOM) * part(Math.log10(nanos), firstNanos, lastNanos);
  }

  private static double part(double value, int first, int last) {
    return first == last ? 0.5 : (value - first) / (last - first);
  }

  private static String superscript(int digit) {
    return "⁰¹²³⁴⁵⁶⁷⁸⁹".substring(digit, digit + 1);
  }

  private void line(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
