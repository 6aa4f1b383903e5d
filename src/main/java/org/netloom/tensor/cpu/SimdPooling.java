package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Pooling;
import org.netloom.tensor.Shape;

/**
 * Pooling by image. 3×3 windows run over whole rows of w·c values ({@link BoxPooling}, {@link
 * MaxPooling}); where they do not pay, windows run over the channels of one position.
 */
final class SimdPooling {
  private final Parallel parallel;
  private final Scratch scratch = new Scratch(1);

  SimdPooling(Parallel parallel) {
    this.parallel = parallel;
  }

  Kernel prepare(Pooling op, Plan.Step s) {
    int in = s.in()[0];
    int out = s.out()[0];
    return switch (op) {
      case Pooling.Max p -> max(p.window(), s.inShape(0), in, out);
      case Pooling.MaxGradient p -> maxGradient(p.window(), s.inShape(1), in, s.in()[1], out);
      case Pooling.Average p -> average(Cells.of(p.window(), s.inShape(0)), s.inShape(0), in, out);
      case Pooling.AverageGradient p ->
          averageGradient(Cells.of(p.window(), p.shape()), p.shape(), in, out);
      case Pooling.Adaptive p ->
          average(Cells.adaptive(p.height(), p.width(), s.inShape(0)), s.inShape(0), in, out);
      case Pooling.AdaptiveGradient p ->
          averageGradient(Cells.adaptive(p.height(), p.width(), p.shape()), p.shape(), in, out);
    };
  }

  private Kernel max(Pooling.Window window, Shape shape, int x, int y) {
    Cells cells = Cells.of(window, shape);
    int c = shape.side(3);
    int in = cells.h() * cells.w() * c;
    int map = cells.rows() * cells.columns() * c;
    return parallel.kernel(
        shape.side(0),
        (long) shape.side(0) * map * 9,
        (a, shared, from, to) -> {
          float[] buffer = cells.box() ? scratch.get(0, MaxPooling.size(cells, c)) : Cells.NONE;
          for (int n = from; n < to; n++) {
            if (cells.box()) {
              MaxPooling.forward(cells, c, a, x + n * in, y + n * map, buffer);
            } else {
              ChannelPooling.max(cells, c, a, x + n * in, y + n * map);
            }
          }
        });
  }

  private Kernel maxGradient(Pooling.Window window, Shape shape, int gy, int x, int gx) {
    Cells cells = Cells.of(window, shape);
    int c = shape.side(3);
    int in = cells.h() * cells.w() * c;
    int map = cells.rows() * cells.columns() * c;
    return parallel.kernel(
        shape.side(0),
        (long) shape.side(0) * map * 20,
        (a, shared, from, to) -> {
          float[] buffer = cells.box() ? scratch.get(0, MaxPooling.size(cells, c)) : Cells.NONE;
          if (cells.box()) {
            MaxPooling.prepare(cells, c, buffer);
          }
          for (int n = from; n < to; n++) {
            if (cells.box()) {
              MaxPooling.gradient(cells, c, a, gy + n * map, x + n * in, gx + n * in, buffer);
            } else {
              Arrays.fill(a, gx + n * in, gx + (n + 1) * in, 0f);
              ChannelPooling.maxGradient(cells, c, a, gy + n * map, x + n * in, gx + n * in);
            }
          }
        });
  }

  private Kernel average(Cells cells, Shape shape, int x, int y) {
    int c = shape.side(3);
    int in = cells.h() * cells.w() * c;
    int map = cells.rows() * cells.columns() * c;
    return parallel.kernel(
        shape.side(0),
        (long) shape.side(0) * Math.max(in, map) * 4,
        (a, shared, from, to) -> {
          float[] buffer = cells.three() ? scratch.get(0, BoxPooling.size(cells, c)) : Cells.NONE;
          for (int n = from; n < to; n++) {
            if (cells.box()) {
              BoxPooling.forward(cells, c, a, x + n * in, y + n * map, buffer);
            } else if (cells.three()) {
              BoxPooling.strided(cells, c, a, x + n * in, y + n * map, buffer);
            } else {
              ChannelPooling.average(cells, c, a, x + n * in, y + n * map);
            }
          }
        });
  }

  private Kernel averageGradient(Cells cells, Shape shape, int gy, int gx) {
    int c = shape.side(3);
    int in = cells.h() * cells.w() * c;
    int map = cells.rows() * cells.columns() * c;
    return parallel.kernel(
        shape.side(0),
        (long) shape.side(0) * Math.max(in, map) * 4,
        (a, shared, from, to) -> {
          float[] buffer = cells.box() ? scratch.get(0, BoxPooling.size(cells, c)) : Cells.NONE;
          for (int n = from; n < to; n++) {
            if (cells.box()) {
              BoxPooling.gradient(cells, c, a, gy + n * map, gx + n * in, buffer);
            } else {
              Arrays.fill(a, gx + n * in, gx + (n + 1) * in, 0f);
              ChannelPooling.averageGradient(cells, c, a, gy + n * map, gx + n * in);
            }
          }
        });
  }

  /**
   * The cells that pooling reads: output row i covers input rows top[i]..bottom[i]−1, and likewise
   * for columns.
   *
   * @param three whether these are 3×3 windows of padding 1 on a map of at least 3×3
   * @param box whether their stride is 1
   */
  record Cells(
      int h, int w, int[] top, int[] bottom, int[] left, int[] right, boolean three, boolean box) {
    static final float[] NONE = {};

    static Cells of(Pooling.Window win, Shape shape) {
      int h = shape.side(1);
      int w = shape.side(2);
      int[][] rows = spans(win, h);
      int[][] columns = spans(win, w);
      boolean three = win.kernel() == 3 && win.padding() == 1 && !win.ceil() && h >= 3 && w >= 3;
      boolean box = three && win.stride() == 1;
      return new Cells(h, w, rows[0], rows[1], columns[0], columns[1], three, box);
    }

    private static int[][] spans(Pooling.Window win, int side) {
      int count = win.output(side);
      int[][] spans = new int[2][count];
      for (int i = 0; i < count; i++) {
        int at = i * win.stride() - win.padding();
        spans[0][i] = Math.max(0, at);
        spans[1][i] = Math.min(side, at + win.kernel());
      }
      return spans;
    }

    static Cells adaptive(int height, int width, Shape shape) {
      int[][] rows = spans(height, shape.side(1));
      int[][] columns = spans(width, shape.side(2));
      return new Cells(
          shape.side(1), shape.side(2), rows[0], rows[1], columns[0], columns[1], false, false);
    }

    private static int[][] spans(int count, int side) {
      int[][] spans = new int[2][count];
      for (int i = 0; i < count; i++) {
        spans[0][i] = i * side / count;
        spans[1][i] = Math.ceilDiv((i + 1) * side, count);
      }
      return spans;
    }

    int rows() {
      return top.length;
    }

    int columns() {
      return left.length;
    }
  }
}
