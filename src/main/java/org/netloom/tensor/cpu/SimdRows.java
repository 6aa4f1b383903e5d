package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.netloom.tensor.Layout;
import org.netloom.tensor.Matrix;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/** Copies and sums of many short rows. */
final class SimdRows {
  /** Rows of at least this length are copied as arrays. */
  private static final int LONG = 256;

  private static final int L = Simd.WIDE_LANES;

  private final Parallel parallel;

  SimdRows(Parallel parallel) {
    this.parallel = parallel;
  }

  Kernel prepare(Layout op, Plan.Step s) {
    int y = s.out()[0];
    Shape to = s.outShape(0);
    return switch (op) {
      case Layout.Concat r -> concat(s);
      case Layout.Slice r ->
          copy(s.in()[0] + r.from(), s.inShape(0).side(-1), y, r.length(), r.length(), to.rows());
      case Layout.Embed r -> {
        int length = s.inShape(0).side(-1);
        Kernel copy = copy(s.in()[0], length, y + r.from(), r.last(), length, to.rows());
        yield a -> {
          Arrays.fill(a, y, y + to.size(), 0f);
          copy.run(a);
        };
      }
      case Layout.Subsample r -> a -> subsample(r.stride(), s.inShape(0), a, s.in()[0], y, false);
      case Layout.SubsampleGradient r ->
          a -> {
            Arrays.fill(a, y, y + to.size(), 0f);
            subsample(r.stride(), to, a, y, s.in()[0], true);
          };
      default -> a -> ScalarLayout.run(op, s, a);
    };
  }

  private Kernel concat(Plan.Step s) {
    Shape to = s.outShape(0);
    Kernel[] parts = new Kernel[s.in().length];
    int at = s.out()[0];
    for (int i = 0; i < parts.length; i++) {
      int length = s.inShape(i).side(-1);
      parts[i] = copy(s.in()[i], length, at, to.side(-1), length, to.rows());
      at += length;
    }
    return a -> {
      for (Kernel part : parts) {
        part.run(a);
      }
    };
  }

  /** Copies rows of one pitch to rows of another. */
  private Kernel copy(int from, int fromRow, int to, int toRow, int length, int rows) {
    return parallel.kernel(
        rows,
        (long) rows * length / 4,
        (a, shared, first, last) -> {
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
