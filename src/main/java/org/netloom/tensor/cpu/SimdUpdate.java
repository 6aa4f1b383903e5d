package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Update;

/** Changes of variables in place, in pieces that do not depend on the number of threads. */
final class SimdUpdate {
  /** Values of one piece: a multiple of four vectors. */
  private static final int PIECE = 4096;

  private static final int L = Simd.WIDE_LANES;

  private final Parallel parallel;
  private final Scratch scratch = new Scratch(1);

  SimdUpdate(Parallel parallel) {
    this.parallel = parallel;
  }

  Kernel prepare(Update op, Plan.Step s) {
    int[] in = s.in();
    int size = s.inShape(0).size();
    return switch (op) {
      case Update.Blend f ->
          pieces(size, 1, (a, shared, from, to) -> blend(f, a, in[0], in[1], from, to));
      case Update.Fill f -> a -> Arrays.fill(a, in[0], in[0] + size, f.value());
      case Update.GlobalNorm f -> globalNorm(s);
      case Update.Adam f -> adam(ScalarUpdate.AdamRule.of(f), in, size);
      case Update.AdamW f -> adam(ScalarUpdate.AdamRule.of(f), in, size);
      case Update.Sgd f ->
          pieces(
              size,
              2,
              (a, shared, from, to) ->
                  sgd(f, ScalarUpdate.clip(f.clip(), a[in[3]]), a[in[4]], a, in, from, to));
    };
  }

  private Kernel pieces(int size, int cost, Parallel.Range body) {
    return parallel.kernel(
        Math.ceilDiv(size, PIECE),
        (long) size * cost / 4,
        (a, shared, from, to) -> body.run(a, shared, from * PIECE, Math.min(size, to * PIECE)));
  }

  private Kernel adam(ScalarUpdate.AdamRule f, int[] in, int size) {
    float[] numbers = new float[ScalarUpdate.AdamRule.NUMBERS];
    Parallel.Range pieces =
        (a, step, from, to) -> adam(f, step, a, in, from * PIECE, Math.min(size, to * PIECE));
    return a -> {
      f.step(a[in[4]], a[in[5]], a[in[5] + 1], numbers);
      parallel.forRange(Math.ceilDiv(size, PIECE), size * 2L, a, numbers, pieces);
    };
  }

  private static void blend(Update.Blend f, float[] a, int w, int x, int from, int to) {
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector.fromArray(Simd.WIDE, a, w + i)
          .mul(f.keep())
          .add(FloatVector.fromArray(Simd.WIDE, a, x + i).mul(f.factor()))
          .intoArray(a, w + i);
    }
    for (; i < to; i++) {
      a[w + i] = f.keep() * a[w + i] + f.factor() * a[x + i];
    }
  }

  /** The pieces of all tensors are shared by the threads at once, and their sums added in order. */
  private Kernel globalNorm(Plan.Step s) {
    int tensors = s.in().length - 1;
    int[] ends = new int[tensors];
    long cost = 0;
    for (int k = 0; k < tensors; k++) {
      int size = s.inShape(k + 1).size();
      ends[k] = (k == 0 ? 0 : ends[k - 1]) + Math.ceilDiv(size, PIECE);
      cost += size / 2;
    }
    int count = tensors == 0 ? 0 : ends[tensors - 1];
    long all = cost;
    double[] sums = new double[count];
    Parallel.Range pieces =
        (a, shared, from, to) -> {
          int k = 0;
          for (int p = from; p < to; p++) {
            while (p >= ends[k]) {
              k++;
            }
            int at = (p - (k == 0 ? 0 : ends[k - 1])) * PIECE;
            sums[p] = squares(a, s.in()[k + 1] + at, Math.min(PIECE, s.inShape(k + 1).size() - at));
          }
        };
    return a -> {
      parallel.forRange(count, all, a, a, pieces);
      double total = 0;
      for (double sum : sums) {
        total += sum;
      }
      a[s.in()[0]] = (float) Math.sqrt(total);
    };
  }

  /** Σ x² of one piece in 32 lanes. */
  private double squares(float[] a, int x, int size) {
    FloatVector s0 = FloatVector.zero(Simd.WIDE);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + 4 * L <= size; i += 4 * L) {
      FloatVector v = FloatVector.fromArray(Simd.WIDE, a, x + i);
      s0 = v.fma(v, s0);
      v = FloatVector.fromArray(Simd.WIDE, a, x + i + L);
      s1 = v.fma(v, s1);
      v = FloatVector.fromArray(Simd.WIDE, a, x + i + 2 * L);
      s2 = v.fma(v, s2);
      v = FloatVector.fromArray(Simd.WIDE, a, x + i + 3 * L);
      s3 = v.fma(v, s3);
    }
    float[] lanes = scratch.get(0, 4 * L);
    s0.intoArray(lanes, 0);
    s1.intoArray(lanes, L);
    s2.intoArray(lanes, 2 * L);
    s3.intoArray(lanes, 3 * L);
    double sum = 0;
    for (int j = 0; j < 4 * L; j++) {
      sum += lanes[j];
    }
    for (; i < size; i++) {
      sum += (double) a[x + i] * a[x + i];
    }
    return sum;
  }

  private static void adam(
      ScalarUpdate.AdamRule f, float[] step, float[] a, int[] in, int from, int to) {
    float keep = step[ScalarUpdate.AdamRule.KEEP];
    float clip = step[ScalarUpdate.AdamRule.CLIP];
    float rate = step[ScalarUpdate.AdamRule.RATE];
    float root = step[ScalarUpdate.AdamRule.ROOT];
    int w = in[0];
    int g = in[1];
    int m = in[2];
    int v = in[3];
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector weight = FloatVector.fromArray(Simd.WIDE, a, w + i);
      FloatVector d =
          FloatVector.fromArray(Simd.WIDE, a, g + i).mul(clip).add(weight.mul(f.decay()));
      FloatVector first =
          FloatVector.fromArray(Simd.WIDE, a, m + i).mul(f.beta1()).add(d.mul(1 - f.beta1()));
      FloatVector second =
          FloatVector.fromArray(Simd.WIDE, a, v + i)
              .mul(f.beta2())
              .add(d.mul(1 - f.beta2()).mul(d));
      first.intoArray(a, m + i);
      second.intoArray(a, v + i);
      weight
          .mul(keep)
          .sub(first.mul(rate).div(second.sqrt().mul(root).add(f.epsilon())))
          .intoArray(a, w + i);
    }
    ScalarUpdate.adam(f, step, a, in, i, to);
  }

  private static void sgd(
      Update.Sgd f, float clip, float rate, float[] a, int[] in, int from, int to) {
    int w = in[0];
    int g = in[1];
    int u = in[2];
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector weight = FloatVector.fromArray(Simd.WIDE, a, w + i);
      FloatVector d =
          FloatVector.fromArray(Simd.WIDE, a, g + i).mul(clip).add(weight.mul(f.decay()));
      FloatVector moment = FloatVector.fromArray(Simd.WIDE, a, u + i).mul(f.momentum()).add(d);
      moment.intoArray(a, u + i);
      weight.sub(moment.mul(rate)).intoArray(a, w + i);
    }
    ScalarUpdate.sgd(f, clip, rate, a, in, i, to);
  }
}
