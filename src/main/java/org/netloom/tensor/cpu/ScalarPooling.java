package org.netloom.tensor.cpu;

import java.util.Arrays;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Pooling;
import org.netloom.tensor.Shape;

/** Pooling and its gradients over NHWC maps. */
final class ScalarPooling {
  private ScalarPooling() {}

  static void run(Pooling op, Plan.Step s, float[] a) {
    int in = s.in()[0];
    int out = s.out()[0];
    switch (op) {
      case Pooling.Max p -> max(p.window(), s.inShape(0), a, in, out);
      case Pooling.MaxGradient p -> maxGradient(p.window(), s.inShape(1), a, in, s.in()[1], out);
      case Pooling.Average p -> average(p.window(), s.inShape(0), a, in, out, false);
      case Pooling.AverageGradient p -> average(p.window(), p.shape(), a, out, in, true);
      case Pooling.Adaptive p -> adaptive(p.height(), p.width(), s.inShape(0), a, in, out, false);
      case Pooling.AdaptiveGradient p ->
          adaptive(p.height(), p.width(), p.shape(), a, out, in, true);
    }
  }

  static void max(Pooling.Window win, Shape shape, float[] a, int x, int y) {
    int h = shape.side(1);
    int w = shape.side(2);
    int c = shape.side(3);
    int oh = win.output(h);
    int ow = win.output(w);
    for (int n = 0; n < shape.side(0); n++) {
      for (int i = 0; i < oh; i++) {
        for (int j = 0; j < ow; j++) {
          int to = y + ((n * oh + i) * ow + j) * c;
          Arrays.fill(a, to, to + c, Float.NEGATIVE_INFINITY);
          for (int u = start(win, i); u < end(win, i, h); u++) {
            for (int v = start(win, j); v < end(win, j, w); v++) {
              int from = x + ((n * h + u) * w + v) * c;
              for (int q = 0; q < c; q++) {
                a[to + q] = Math.max(a[to + q], a[from + q]);
              }
            }
          }
        }
      }
    }
  }

  static void maxGradient(Pooling.Window win, Shape shape, float[] a, int gy, int x, int gx) {
    int h = shape.side(1);
    int w = shape.side(2);
    int c = shape.side(3);
    int oh = win.output(h);
    int ow = win.output(w);
    Arrays.fill(a, gx, gx + shape.size(), 0f);
    float[] best = new float[c];
    int[] where = new int[c];
    for (int n = 0; n < shape.side(0); n++) {
      for (int i = 0; i < oh; i++) {
        for (int j = 0; j < ow; j++) {
          Arrays.fill(best, Float.NEGATIVE_INFINITY);
          Arrays.fill(where, -1);
          for (int u = start(win, i); u < end(win, i, h); u++) {
            for (int v = start(win, j); v < end(win, j, w); v++) {
              int from = ((n * h + u) * w + v) * c;
              for (int q = 0; q < c; q++) {
                if (a[x + from + q] > best[q] || where[q] < 0) {
                  best[q] = a[x + from + q];
                  where[q] = from + q;
                }
              }
            }
          }
          int at = gy + ((n * oh + i) * ow + j) * c;
          for (int q = 0; q < c; q++) {
            if (where[q] >= 0) {
              a[gx + where[q]] += a[at + q];
            }
          }
        }
      }
    }
  }

  /** Forward: x → y; backward: y holds ∂y and x receives ∂x. */
  private static void average(
      Pooling.Window win, Shape shape, float[] a, int x, int y, boolean backward) {
    int h = shape.side(1);
    int w = shape.side(2);
    int c = shape.side(3);
    int oh = win.output(h);
    int ow = win.output(w);
    if (backward) {
      Arrays.fill(a, x, x + shape.size(), 0f);
    }
    for (int n = 0; n < shape.side(0); n++) {
      for (int i = 0; i < oh; i++) {
        for (int j = 0; j < ow; j++) {
          int to = y + ((n * oh + i) * ow + j) * c;
          mean(
              shape,
              a,
              x,
              to,
              n,
              start(win, i),
              end(win, i, h),
              start(win, j),
              end(win, j, w),
              backward);
        }
      }
    }
  }

  private static void adaptive(
      int oh, int ow, Shape shape, float[] a, int x, int y, boolean backward) {
    int h = shape.side(1);
    int w = shape.side(2);
    int c = shape.side(3);
    if (backward) {
      Arrays.fill(a, x, x + shape.size(), 0f);
    }
    for (int n = 0; n < shape.side(0); n++) {
      for (int i = 0; i < oh; i++) {
        for (int j = 0; j < ow; j++) {
          int to = y + ((n * oh + i) * ow + j) * c;
          mean(
              shape,
              a,
              x,
              to,
              n,
              i * h / oh,
              Math.ceilDiv((i + 1) * h, oh),
              j * w / ow,
              Math.ceilDiv((j + 1) * w, ow),
              backward);
        }
      }
    }
  }

  private static void mean(
      Shape shape,
      float[] a,
      int x,
      int to,
      int n,
      int u0,
      int u1,
      int v0,
      int v1,
      boolean backward) {
    int c = shape.side(3);
    float factor = 1f / ((u1 - u0) * (v1 - v0));
    if (!backward) {
      Arrays.fill(a, to, to + c, 0f);
    }
    for (int u = u0; u < u1; u++) {
      for (int v = v0; v < v1; v++) {
        int from = x + ((n * shape.side(1) + u) * shape.side(2) + v) * c;
        if (backward) {
          for (int q = 0; q < c; q++) {
            a[from + q] += a[to + q] * factor;
          }
        } else {
          for (int q = 0; q < c; q++) {
            a[to + q] += a[from + q] * factor;
          }
        }
      }
    }
  }

  private static int start(Pooling.Window win, int i) {
    return Math.max(0, i * win.stride() - win.padding());
  }

  private static int end(Pooling.Window win, int i, int side) {
    return Math.min(side, i * win.stride() - win.padding() + win.kernel());
  }
}
