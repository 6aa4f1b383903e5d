package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.netloom.tensor.Attention;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Shape;

/**
 * Multi-head self-attention and its gradient, one image and head at a time: products on register
 * tiles over the rows of queries, keys and values where they lie, and a softmax in vectors.
 */
final class SimdAttention {
  private static final int L = Simd.WIDE_LANES;
  private static final int[] START = {0};

  private final Parallel parallel;
  private final TileBuffers buffers;

  SimdAttention(Parallel parallel, TileBuffers buffers) {
    this.parallel = parallel;
    this.buffers = buffers;
  }

  Kernel prepare(Attention op, Plan.Step s) {
    return switch (op) {
      case Attention.Forward f -> {
        Sizes z = Sizes.of(f, s.inShape(0));
        yield parallel.kernel(
            z.images,
            2 * z.cost(),
            (a, shared, from, to) -> {
              for (int n = from; n < to; n++) {
                forward(z, a, n, s);
              }
            });
      }
      case Attention.Gradient f -> {
        Sizes z = Sizes.of(new Attention.Forward(f.heads(), f.size()), s.inShape(1));
        yield parallel.kernel(
            z.images,
            5 * z.cost(),
            (a, shared, from, to) -> {
              for (int n = from; n < to; n++) {
                gradient(z, a, n, s.in()[0], s.in()[1], s.in()[2], s.out()[0]);
              }
            });
      }
      case Attention.BiasGradient f -> {
        Sizes z = Sizes.of(new Attention.Forward(f.heads(), f.size()), s.inShape(1));
        int patterns = f.shape().side(0);
        int size = z.heads * z.tokens * z.tokens;
        yield parallel.kernel(
            patterns,
            2 * z.cost(),
            (a, shared, from, to) -> {
              for (int w = from; w < to; w++) {
                int at = s.out()[0] + w * size;
                Arrays.fill(a, at, at + size, 0f);
                for (int n = w; n < z.images; n += patterns) {
                  biasGradient(z, a, n, s, at);
                }
              }
            });
      }
    };
  }

  /**
   * Sizes of an attention.
   *
   * @param inner heads·size: columns of the queries, of the keys and of the values
   * @param pitch floats of a row of all three
   */
  private record Sizes(int images, int tokens, int heads, int size, int inner, int pitch) {
    static Sizes of(Attention.Forward f, Shape x) {
      int inner = f.heads() * f.size();
      return new Sizes(x.side(0), x.side(1), f.heads(), f.size(), inner, 3 * inner);
    }

    long cost() {
      return (long) images * tokens * tokens * inner;
    }

    float scale() {
      return (float) (1 / Math.sqrt(size));
    }
  }

  private void forward(Sizes z, float[] a, int n, Plan.Step s) {
    int qkv = s.in()[0];
    int y = s.out()[0];
    int p = s.out()[1];
    int t = z.tokens;
    float[] panels = panels(z);
    for (int h = 0; h < z.heads; h++) {
      int query = qkv + n * t * z.pitch + h * z.size;
      int key = query + z.inner;
      int value = key + z.inner;
      int weights = p + (n * z.heads + h) * t * t;
      Panels.pack(a, key, START, z.size, 1, z.pitch, t, panels, 0);
      RowProduct.multiply(
          a, query, buffers.rows(t, z.pitch), t, START, z.size, panels, 0, t, a, weights, t, false);
      float scale = z.scale();
      if (s.in().length > 1) {
        int patterns = s.inShape(1).side(0);
        addBias(a, weights, s.in()[1] + (n % patterns * z.heads + h) * t * t, t * t, scale);
        scale = 1;
      }
      for (int i = 0; i < t; i++) {
        softmax(a, weights + i * t, t, scale);
      }
      Panels.pack(a, value, START, t, z.pitch, 1, z.size, panels, 0);
      RowProduct.multiply(
          a,
          weights,
          buffers.rows(t, t),
          t,
          START,
          t,
          panels,
          0,
          z.size,
          a,
          y + n * t * z.inner + h * z.size,
          z.inner,
          false);
    }
  }

  private void gradient(Sizes z, float[] a, int n, int gy, int qkv, int p, int gx) {
    int t = z.tokens;
    float[] panels = panels(z);
    float[] scores = buffers.floats(TileBuffers.SUMS, t * t);
    for (int h = 0; h < z.heads; h++) {
      int place = n * t * z.pitch + h * z.size;
      int query = qkv + place;
      int key = query + z.inner;
      int value = key + z.inner;
      int out = gy + n * t * z.inner + h * z.size;
      int weights = p + (n * z.heads + h) * t * t;
      Panels.pack(a, value, START, z.size, 1, z.pitch, t, panels, 0);
      RowProduct.multiply(
          a, out, buffers.rows(t, z.inner), t, START, z.size, panels, 0, t, scores, 0, t, false);
      for (int i = 0; i < t; i++) {
        softmaxGradient(a, weights + i * t, scores, i * t, t, z.scale());
      }
      Panels.pack(a, key, START, t, z.pitch, 1, z.size, panels, 0);
      RowProduct.multiply(
          scores,
          0,
          buffers.rows(t, t),
          t,
          START,
          t,
          panels,
          0,
          z.size,
          a,
          gx + place,
          z.pitch,
          false);
      OuterProduct.multiply(
          scores,
          0,
          buffers.rows(t, t),
          a,
          query,
          buffers.others(t, z.pitch),
          t,
          a,
          gx + place + z.inner,
          z.pitch,
          0,
          t,
          z.size,
          false);
      OuterProduct.multiply(
          a,
          weights,
          buffers.rows(t, t),
          a,
          out,
          buffers.others(t, z.inner),
          t,
          a,
          gx + place + 2 * z.inner,
          z.pitch,
          0,
          t,
          z.size,
          false);
    }
  }

  /** Adds the scores' gradients of one sequence to those of its pattern's bias. */
  private void biasGradient(Sizes z, float[] a, int n, Plan.Step s, int to) {
    int t = z.tokens;
    float[] panels = panels(z);
    float[] scores = buffers.floats(TileBuffers.SUMS, t * t);
    for (int h = 0; h < z.heads; h++) {
      int value = s.in()[1] + n * t * z.pitch + h * z.size + 2 * z.inner;
      int out = s.in()[0] + n * t * z.inner + h * z.size;
      int weights = s.in()[2] + (n * z.heads + h) * t * t;
      Panels.pack(a, value, START, z.size, 1, z.pitch, t, panels, 0);
      RowProduct.multiply(
          a, out, buffers.rows(t, z.inner), t, START, z.size, panels, 0, t, scores, 0, t, false);
      for (int i = 0; i < t; i++) {
        softmaxGradient(a, weights + i * t, scores, i * t, t, 1);
      }
      for (int k = 0; k < t * t; k++) {
        a[to + h * t * t + k] += scores[k];
      }
    }
  }

  /** x = scale·x + b. */
  private static void addBias(float[] a, int x, int b, int n, float scale) {
    for (int j = 0; j < n; j += L) {
      VectorMask<Float> in = Simd.WIDE.indexInRange(j, n);
      FloatVector.fromArray(Simd.WIDE, a, x + j, in)
          .mul(scale)
          .add(FloatVector.fromArray(Simd.WIDE, a, b + j, in))
          .intoArray(a, x + j, in);
    }
  }

  private float[] panels(Sizes z) {
    int size = Math.max(z.size * Panels.columns(z.tokens), z.tokens * Panels.columns(z.size));
    return buffers.floats(TileBuffers.PANELS, size);
  }

  /** x = exp(scale·(x − max x)), then divided by its sum. */
  private static void softmax(float[] a, int x, int n, float scale) {
    float max = max(a, x, n);
    FloatVector sum = FloatVector.zero(Simd.WIDE);
    for (int j = 0; j < n; j += L) {
      VectorMask<Float> in = Simd.WIDE.indexInRange(j, n);
      FloatVector e =
          VectorMath.exp(FloatVector.fromArray(Simd.WIDE, a, x + j, in).sub(max).mul(scale));
      sum = sum.add(e, in);
      e.intoArray(a, x + j, in);
    }
    float factor = 1 / Simd.sum(sum);
    for (int j = 0; j < n; j += L) {
      VectorMask<Float> in = Simd.WIDE.indexInRange(j, n);
      FloatVector.fromArray(Simd.WIDE, a, x + j, in).mul(factor).intoArray(a, x + j, in);
    }
  }

  /** The largest of some values, one by one for each lane first. */
  private static float max(float[] a, int x, int n) {
    int whole = n - n % L;
    float max = Float.NEGATIVE_INFINITY;
    if (whole > 0) {
      FloatVector lanes = FloatVector.fromArray(Simd.WIDE, a, x);
      for (int j = L; j < whole; j += L) {
        lanes = lanes.max(FloatVector.fromArray(Simd.WIDE, a, x + j));
      }
      max = lanes.reduceLanes(VectorOperators.MAX);
    }
    for (int j = whole; j < n; j++) {
      max = Math.max(max, a[x + j]);
    }
    return max;
  }

  /** g = p·(g − Σ g·p)·scale. */
  private static void softmaxGradient(float[] a, int p, float[] g, int at, int n, float scale) {
    FloatVector sum = FloatVector.zero(Simd.WIDE);
    for (int j = 0; j < n; j += L) {
      VectorMask<Float> in = Simd.WIDE.indexInRange(j, n);
      sum =
          FloatVector.fromArray(Simd.WIDE, a, p + j, in)
              .fma(FloatVector.fromArray(Simd.WIDE, g, at + j, in), sum);
    }
    float mean = Simd.sum(sum);
    for (int j = 0; j < n; j += L) {
      VectorMask<Float> in = Simd.WIDE.indexInRange(j, n);
      FloatVector.fromArray(Simd.WIDE, g, at + j, in)
          .sub(mean)
          .mul(FloatVector.fromArray(Simd.WIDE, a, p + j, in))
          .mul(scale)
          .intoArray(g, at + j, in);
    }
  }
}
