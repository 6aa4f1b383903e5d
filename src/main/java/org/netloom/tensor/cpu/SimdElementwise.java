package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.netloom.tensor.Elementwise;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/** Element-wise operations over flat ranges of vectors. */
final class SimdElementwise {
  /** Values of one piece of work, a multiple of the vector length. */
  private static final int PIECE = 4096;

  private static final int REPEATED = 0;
  private static final int LANES = 1;
  private static final int TAIL = 2;

  private final Parallel parallel;
  private final Scratch scratch = new Scratch(3);

  SimdElementwise(Parallel parallel) {
    this.parallel = parallel;
  }

  Kernel prepare(Elementwise op, Plan.Step s) {
    int x = s.in()[0];
    int y = s.out()[0];
    int size = s.inShape(0).size();
    return switch (op) {
      case Elementwise.Apply f ->
          flat(
              size,
              f.function() == Elementwise.Function.RELU ? 1 : 8,
              (a, shared, from, to) -> apply(f.function(), a, x + from, y + from, to - from));
      case Elementwise.ApplyGradient f -> {
        int second = s.in()[1];
        yield flat(
            size,
            f.function() == Elementwise.Function.RELU ? 1 : 8,
            (a, shared, from, to) ->
                gradient(f.function(), a, x + from, second + from, y + from, to - from));
      }
      case Elementwise.Add f -> flat(size, 1, (a, shared, from, to) -> add(a, s.in(), y, from, to));
      case Elementwise.Scale f ->
          flat(size, 1, (a, shared, from, to) -> scale(f.factor(), a, x, y, from, to));
      case Elementwise.AddRepeated f -> addRepeated(x, s.in()[1], y, size, s.inShape(1).size());
      case Elementwise.SumRepeated f ->
          sumRepeated(x, y, Columns.of(size / f.shape().size(), f.shape().size()));
      case Elementwise.ChannelScale f -> channelScale(s.inShape(0), x, s.in()[1], y);
      case Elementwise.ChannelScaleGradient f ->
          channelScaleGradient(s.inShape(0), x, s.in()[1], y);
      case Elementwise.Dropout f -> {
        int seed = s.in()[1];
        yield flat(
            size,
            8,
            (a, shared, from, to) -> ScalarElementwise.dropout(f, a, x, a[seed], y, from, to));
      }
      case Elementwise.DropPath f -> dropPath(f, s);
    };
  }

  private Kernel dropPath(Elementwise.DropPath f, Plan.Step s) {
    int size = s.inShape(0).size();
    int image = size / s.inShape(0).side(0);
    return parallel.kernel(
        s.inShape(0).side(0),
        size / 4,
        (a, shared, from, to) -> {
          float seed = a[s.in()[1]];
          float ramp = a[s.in()[2]];
          for (int n = from; n < to; n++) {
            float factor = ScalarElementwise.pathFactor(f, seed, ramp, n);
            int at = n * image;
            if (factor == 0) {
              Arrays.fill(a, s.out()[0] + at, s.out()[0] + at + image, 0f);
            } else {
              scale(factor, a, s.in()[0], s.out()[0], at, at + image);
            }
          }
        });
  }

  /** Splits values over the threads at multiples of the vector length. */
  private Kernel flat(int size, int cost, Parallel.Range body) {
    return parallel.kernel(
        Math.ceilDiv(size, PIECE),
        (long) size * cost / 4,
        (a, shared, from, to) -> body.run(a, shared, from * PIECE, Math.min(size, to * PIECE)));
  }

  private void apply(Elementwise.Function f, float[] a, int x, int y, int size) {
    int whole = size / Simd.WIDE_LANES * Simd.WIDE_LANES;
    VectorFunctions.apply(f, a, x, y, whole);
    if (whole < size) {
      float[] tail = scratch.get(TAIL, 3 * Simd.WIDE_LANES);
      System.arraycopy(a, x + whole, tail, 0, size - whole);
      VectorFunctions.apply(f, tail, 0, Simd.WIDE_LANES, Simd.WIDE_LANES);
      System.arraycopy(tail, Simd.WIDE_LANES, a, y + whole, size - whole);
    }
  }

  private void gradient(Elementwise.Function f, float[] a, int gy, int x, int gx, int size) {
    int whole = size / Simd.WIDE_LANES * Simd.WIDE_LANES;
    VectorFunctions.gradient(f, a, gy, x, gx, whole);
    if (whole < size) {
      float[] tail = scratch.get(TAIL, 3 * Simd.WIDE_LANES);
      System.arraycopy(a, gy + whole, tail, 0, size - whole);
      System.arraycopy(a, x + whole, tail, Simd.WIDE_LANES, size - whole);
      VectorFunctions.gradient(f, tail, 0, Simd.WIDE_LANES, 2 * Simd.WIDE_LANES, Simd.WIDE_LANES);
      System.arraycopy(tail, 2 * Simd.WIDE_LANES, a, gx + whole, size - whole);
    }
  }

  private static void add(float[] a, int[] in, int y, int from, int to) {
    if (in.length == 1) {
      System.arraycopy(a, in[0] + from, a, y + from, to - from);
      return;
    }
    int k = 2;
    if (in.length == 2) {
      add(a, in[0], in[1], y, from, to);
    } else {
      add(a, in[0], in[1], in[2], y, from, to);
      k = 3;
    }
    for (; k < in.length; k++) {
      add(a, y, in[k], y, from, to);
    }
  }

  private static void add(float[] a, int p, int q, int y, int from, int to) {
    int i = from;
    for (; i + Simd.WIDE_LANES <= to; i += Simd.WIDE_LANES) {
      FloatVector.fromArray(Simd.WIDE, a, p + i)
          .add(FloatVector.fromArray(Simd.WIDE, a, q + i))
          .intoArray(a, y + i);
    }
    for (; i < to; i++) {
      a[y + i] = a[p + i] + a[q + i];
    }
  }

  private static void add(float[] a, int p, int q, int r, int y, int from, int to) {
    int i = from;
    for (; i + Simd.WIDE_LANES <= to; i += Simd.WIDE_LANES) {
      FloatVector.fromArray(Simd.WIDE, a, p + i)
          .add(FloatVector.fromArray(Simd.WIDE, a, q + i))
          .add(FloatVector.fromArray(Simd.WIDE, a, r + i))
          .intoArray(a, y + i);
    }
    for (; i < to; i++) {
      a[y + i] = a[p + i] + a[q + i] + a[r + i];
    }
  }

  private static void scale(float factor, float[] a, int x, int y, int from, int to) {
    int i = from;
    for (; i + Simd.WIDE_LANES <= to; i += Simd.WIDE_LANES) {
      FloatVector.fromArray(Simd.WIDE, a, x + i).mul(factor).intoArray(a, y + i);
    }
    for (; i < to; i++) {
      a[y + i] = factor * a[x + i];
    }
  }

  private Kernel addRepeated(int x, int b, int y, int size, int period) {
    Columns columns = Columns.of(size / period, period);
    int width = columns.width();
    Parallel.Range rows =
        (a, wide, from, to) -> {
          for (int r = from; r < to; r++) {
            int at = r * width;
            addRow(a, x + at, wide, y + at, Math.min(width, size - at));
          }
        };
    return a -> {
      float[] wide = scratch.get(REPEATED, width);
      columns.repeat(a, b, wide, 0);
      parallel.forRange(Math.ceilDiv(size, width), size / 4, a, wide, rows);
    };
  }

  private static void addRow(float[] a, int x, float[] b, int y, int size) {
    int i = 0;
    for (; i + Simd.WIDE_LANES <= size; i += Simd.WIDE_LANES) {
      FloatVector.fromArray(Simd.WIDE, a, x + i)
          .add(FloatVector.fromArray(Simd.WIDE, b, i))
          .intoArray(a, y + i);
    }
    for (; i < size; i++) {
      a[y + i] = a[x + i] + b[i];
    }
  }

  private Kernel sumRepeated(int x, int y, Columns columns) {
    int width = columns.width();
    Parallel.Range blocks =
        (a, lanes, from, to) -> {
          for (int b = from; b < to; b++) {
            columns.sums(a, x, b, lanes, b * width);
          }
        };
    return a -> {
      float[] lanes = scratch.get(LANES, columns.blocks() * width);
      parallel.forRange(
          columns.blocks(), (long) columns.rows() * columns.c() / 2, a, lanes, blocks);
      total(a, x, y, columns, lanes);
    };
  }

  private void total(float[] a, int x, int y, Columns columns, float[] lanes) {
    int c = columns.c();
    int width = columns.width();
    double[] total = scratch.doubles(width);
    columns.reduce(lanes, 0, width, total, 0);
    for (int i = columns.rest(); i < columns.size(); i++) {
      total[i % c] += a[x + i];
    }
    for (int j = 0; j < c; j++) {
      a[y + j] = (float) total[j];
    }
  }

  private Kernel channelScale(Shape shape, int x, int g, int y) {
    int c = shape.side(-1);
    int image = shape.size() / shape.side(0);
    Columns columns = Columns.of(image / c, c);
    return parallel.kernel(
        shape.side(0),
        shape.size() / 4,
        (a, shared, from, to) -> {
          float[] wide = scratch.get(REPEATED, columns.width());
          for (int n = from; n < to; n++) {
            columns.repeat(a, g + n * c, wide, 0);
            for (int at = 0; at < image; at += columns.width()) {
              int place = n * image + at;
              scaleRow(a, x + place, wide, y + place, Math.min(columns.width(), image - at));
            }
          }
        });
  }

  private static void scaleRow(float[] a, int x, float[] b, int y, int size) {
    int i = 0;
    for (; i + Simd.WIDE_LANES <= size; i += Simd.WIDE_LANES) {
      FloatVector.fromArray(Simd.WIDE, a, x + i)
          .mul(FloatVector.fromArray(Simd.WIDE, b, i))
          .intoArray(a, y + i);
    }
    for (; i < size; i++) {
      a[y + i] = a[x + i] * b[i];
    }
  }

  private Kernel channelScaleGradient(Shape shape, int gy, int x, int gg) {
    int c = shape.side(-1);
    int image = shape.size() / shape.side(0);
    Columns columns = Columns.of(image / c, c);
    return parallel.kernel(
        shape.side(0),
        shape.size() / 2,
        (a, shared, from, to) -> {
          float[] wide = scratch.get(REPEATED, columns.width());
          for (int n = from; n < to; n++) {
            Arrays.fill(wide, 0, columns.width(), 0f);
            for (int at = 0; at < image; at += columns.width()) {
              int place = n * image + at;
              fmaRow(a, gy + place, x + place, wide, Math.min(columns.width(), image - at));
            }
            for (int j = 0; j < c; j++) {
              float sum = 0;
              for (int i = j; i < columns.width(); i += c) {
                sum += wide[i];
              }
              a[gg + n * c + j] = sum;
            }
          }
        });
  }

  private static void fmaRow(float[] a, int p, int q, float[] sum, int size) {
    int i = 0;
    for (; i + Simd.WIDE_LANES <= size; i += Simd.WIDE_LANES) {
      FloatVector.fromArray(Simd.WIDE, a, p + i)
          .fma(FloatVector.fromArray(Simd.WIDE, a, q + i), FloatVector.fromArray(Simd.WIDE, sum, i))
          .intoArray(sum, i);
    }
    for (; i < size; i++) {
      sum[i] = Math.fma(a[p + i], a[q + i], sum[i]);
    }
  }
}
