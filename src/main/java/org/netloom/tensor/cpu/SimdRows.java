package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Sums;

/** Copies and sums of many short rows. */
final class SimdRows {
  /** Rows of at least this length are copied as arrays. */
  private static final int LONG = 256;

  private static final int L = Simd.WIDE_LANES;

  private final Parallel parallel;

  SimdRows(Parallel parallel) {
    this.parallel = parallel;
  }

  void run(Layout op, Plan.Step s, float[] a) {
    int y = s.out()[0];
    Shape to = s.outShape(0);
    switch (op) {
      case Layout.Concat r -> {
        int at = y;
        for (int i = 0; i < s.in().length; i++) {
          int length = s.inShape(i).side(-1);
          copy(a, s.in()[i], length, at, to.side(-1), length, to.rows());
          at += length;
        }
      }
      case Layout.Slice r ->
          copy(
              a, s.in()[0] + r.from(), s.inShape(0).side(-1), y, r.length(), r.length(), to.rows());
      case Layout.Embed r -> {
        int length = s.inShape(0).side(-1);
        Arrays.fill(a, y, y + to.size(), 0f);
        copy(a, s.in()[0], length, y + r.from(), r.last(), length, to.rows());
      }
      case Layout.Subsample r -> subsample(r.stride(), s.inShape(0), a, s.in()[0], y, false);
      case Layout.SubsampleGradient r -> {
        Arrays.fill(a, y, y + to.size(), 0f);
        subsample(r.stride(), to, a, y, s.in()[0], true);
      }
      case Layout.SumAlong r -> sumAlong(r, s, a);
      default -> ScalarLayout.run(op, s, a);
    }
  }

  /** Copies rows of one pitch to rows of another. */
  private void copy(float[] a, int from, int fromRow, int to, int toRow, int length, int rows) {
    parallel.forRange(
        rows,
        (long) rows * length / 4,
        (first, last) -> {
          if (length >= LONG) {
            for (int i = first; i < last; i++) {
              System.arraycopy(a, from + i * fromRow, a, to + i * toRow, length);
            }
          } else {
            rows(
                a,
                from + first * fromRow,
                fromRow,
                to + first * toRow,
                toRow,
                length,
                last - first);
          }
        });
  }

  private static void rows(
      float[] a, int from, int fromRow, int to, int toRow, int length, int rows) {
    for (int q = 0; q < length; q += L) {
      VectorMask<Float> lanes = Simd.WIDE.indexInRange(0, length - q);
      int p = from + q;
      int r = to + q;
      for (int i = 0; i < rows; i++, p += fromRow, r += toRow) {
        FloatVector.fromArray(Simd.WIDE, a, p).intoArray(a, r, lanes);
      }
    }
  }

  private static void subsample(
      int stride, Shape full, float[] a, int map, int small, boolean backward) {
    int c = full.side(3);
    int w = full.side(2);
    int columns = Math.ceilDiv(w, stride);
    int rows = full.side(0) * full.side(1);
    for (int i = 0, at = small; i < rows; i++) {
      if (i % full.side(1) % stride == 0) {
        int from = map + i * w * c;
        if (backward) {
          rows(a, at, c, from, stride * c, c, columns);
        } else {
          rows(a, from, stride * c, at, c, c, columns);
        }
        at += columns * c;
      }
    }
  }

  /** Runs of places are written, or added to what stands there, row by row. */
  private void sumAlong(Layout.SumAlong op, Plan.Step s, float[] a) {
    Sums sums = op.sums();
    int inner = inner(s.inShape(0), op.side());
    int pitch = sums.from() * inner;
    int width = sums.to() * inner;
    int rows = s.inShape(0).size() / pitch;
    parallel.forRange(
        rows,
        (long) sums.runs() * rows * 4 + s.inShape(0).size() / 4,
        (first, last) -> {
          int x = s.in()[0] + first * pitch;
          int y = s.out()[0] + first * width;
          for (int row = first; row < last; row++, x += pitch, y += width) {
            for (int r = 0; r < sums.runs(); r++) {
              int to = y + sums.target(r) * inner;
              int length = sums.length(r) * inner;
              if (sums.source(r) < 0) {
                Arrays.fill(a, to, to + length, 0f);
              } else if (sums.adds(r)) {
                add(a, x + sums.source(r) * inner, to, length);
              } else {
                copy(a, x + sums.source(r) * inner, to, length);
              }
            }
          }
        });
  }

  private static int inner(Shape shape, int side) {
    int inner = 1;
    for (int i = side + 1; i < shape.rank(); i++) {
      inner *= shape.side(i);
    }
    return inner;
  }

  private static void copy(float[] a, int from, int to, int length) {
    if (length >= LONG) {
      System.arraycopy(a, from, a, to, length);
      return;
    }
    int j = 0;
    for (; j + L <= length; j += L) {
      FloatVector.fromArray(Simd.WIDE, a, from + j).intoArray(a, to + j);
    }
    for (; j < length; j++) {
      a[to + j] = a[from + j];
    }
  }

  /** x = 0, then x[rows[i]] += y[i] in order of i. */
  static void scatter(Matrix.ScatterRows op, Plan.Step s, float[] a) {
    int length = op.shape().side(-1);
    int x = s.out()[0];
    int y = s.in()[0];
    Arrays.fill(a, x, x + op.shape().size(), 0f);
    for (int i = 0; i < op.rows().length; i++) {
      add(a, y + i * length, x + op.rows()[i] * length, length);
    }
  }

  private static void add(float[] a, int from, int to, int length) {
    int j = 0;
    for (; j + L <= length; j += L) {
      FloatVector.fromArray(Simd.WIDE, a, to + j)
          .add(FloatVector.fromArray(Simd.WIDE, a, from + j))
          .intoArray(a, to + j);
    }
    for (; j < length; j++) {
      a[to + j] += a[from + j];
    }
  }
}
