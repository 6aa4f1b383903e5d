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
      case Layout.SumAlong r -> sumAlong(r, s);
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

  /** Runs of places are written, or added to what stands there, row by row. */
  private Kernel sumAlong(Layout.SumAlong op, Plan.Step s) {
    Sums sums = op.sums();
    int inner = inner(s.inShape(0), op.side());
    int pitch = sums.from() * inner;
    int width = sums.to() * inner;
    int rows = s.inShape(0).size() / pitch;
    int from = s.in()[0];
    int into = s.out()[0];
    return parallel.kernel(
        rows,
        (long) sums.runs() * rows * 4 + s.inShape(0).size() / 4,
        (a, shared, first, last) -> {
          int x = from + first * pitch;
          int y = into + first * width;
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

  /** Each row of the result is the sum of those that go there, in their order. */
  Kernel scatter(Matrix.ScatterRows op, Plan.Step s) {
    int length = op.shape().side(-1);
    int targets = op.shape().rows();
    int x = s.out()[0];
    int[] starts = new int[targets + 1];
    for (int row : op.rows()) {
      starts[row + 1]++;
    }
    for (int row = 0; row < targets; row++) {
      starts[row + 1] += starts[row];
    }
    int[] sources = new int[op.rows().length];
    int[] next = starts.clone();
    int i = 0;
    for (int k = 0; k < s.in().length; k++) {
      int end = s.in()[k] + s.inShape(k).size();
      for (int from = s.in()[k]; from < end; from += length) {
        sources[next[op.rows()[i++]]++] = from;
      }
    }
    return parallel.kernel(
        targets,
        ((long) targets + sources.length) * length / 4,
        (a, shared, first, last) -> {
          for (int row = first; row < last; row++) {
            int to = x + row * length;
            int k = starts[row];
            if (k == starts[row + 1]) {
              Arrays.fill(a, to, to + length, 0f);
            } else {
              copy(a, sources[k], to, length);
            }
            for (k++; k < starts[row + 1]; k++) {
              add(a, sources[k], to, length);
            }
          }
        });
  }

  /** Rows of a table. */
  Kernel gather(int[] chosen, Plan.Step s) {
    int length = s.outShape(0).side(-1);
    int x = s.in()[0];
    int y = s.out()[0];
    return parallel.kernel(
        chosen.length,
        (long) chosen.length * length / 4,
        (a, shared, first, last) -> {
          for (int i = first; i < last; i++) {
            copy(a, x + chosen[i] * length, y + i * length, length);
          }
        });
  }

  /** a[to ..] += a[from ..]. */
  static void add(float[] a, int from, int to, int length) {
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
