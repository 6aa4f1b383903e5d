package org.netloom.tensor.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Update;

/** Changes of variables in place, in pieces that do not depend on the number of threads. */
final class SimdUpdate {
  /** Values of one piece: a multiple of four vectors. */
  private static final int PIECE = 4096;

  private static final int L = Simd.LANES;

  private final Parallel parallel;
  private final Scratch scratch = new Scratch(1);

  SimdUpdate(Parallel parallel) {
    this.parallel = parallel;
  }

  void run(Update op, Plan.Step s, float[] a) {
    int[] in = s.in();
    int size = s.inShape(0).size();
    switch (op) {
      case Update.Blend f -> pieces(size, 1, (from, to) -> blend(f, a, in[0], in[1], from, to));
      case Update.Fill f -> Arrays.fill(a, in[0], in[0] + size, f.value());
      case Update.GlobalNorm f -> globalNorm(s, a);
      case Update.Adam f -> {
        ScalarUpdate.AdamStep step = ScalarUpdate.AdamStep.of(f, a[in[4]], a[in[5]], a[in[5] + 1]);
        pieces(size, 8, (from, to) -> adam(step, a, in, from, to));
      }
      case Update.AdamW f -> {
        ScalarUpdate.AdamStep step = ScalarUpdate.AdamStep.of(f, a[in[4]], a[in[5]], a[in[5] + 1]);
        pieces(size, 8, (from, to) -> adam(step, a, in, from, to));
      }
      case Update.Sgd f -> {
        float clip = ScalarUpdate.clip(f.clip(), a[in[3]]);
        pieces(size, 2, (from, to) -> sgd(f, clip, a[in[4]], a, in, from, to));
      }
    }
  }

  private void pieces(int size, int cost, Parallel.Range body) {
    parallel.forRange(
        Math.ceilDiv(size, PIECE),
        (long) size * cost / 4,
        (from, to) -> body.run(from * PIECE, Math.min(size, to * PIECE)));
  }

  private static void blend(Update.Blend f, float[] a, int w, int x, int from, int to) {
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector.fromArray(Simd.S, a, w + i)
          .mul(f.keep())
          .add(FloatVector.fromArray(Simd.S, a, x + i).mul(f.factor()))
          .intoArray(a, w + i);
    }
    for (; i < to; i++) {
      a[w + i] = f.keep() * a[w + i] + f.factor() * a[x + i];
    }
  }

  private void globalNorm(Plan.Step s, float[] a) {
    double total = 0;
    for (int k = 1; k < s.in().length; k++) {
      int x = s.in()[k];
      int size = s.inShape(k).size();
      int count = Math.ceilDiv(size, PIECE);
      double[] sums = scratch.doubles(count);
      parallel.forRange(
          count,
          size / 2,
          (from, to) -> {
            for (int p = from; p < to; p++) {
              sums[p] = squares(a, x + p * PIECE, Math.min(PIECE, size - p * PIECE));
            }
          });
      for (int p = 0; p < count; p++) {
        total += sums[p];
      }
    }
    a[s.in()[0]] = (float) Math.sqrt(total);
  }

  /** Σ x² of one piece in 32 lanes. */
  private double squares(float[] a, int x, int size) {
    FloatVector s0 = FloatVector.zero(Simd.S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + 4 * L <= size; i += 4 * L) {
      FloatVector v = FloatVector.fromArray(Simd.S, a, x + i);
      s0 = v.fma(v, s0);
      v = FloatVector.fromArray(Simd.S, a, x + i + L);
      s1 = v.fma(v, s1);
      v = FloatVector.fromArray(Simd.S, a, x + i + 2 * L);
      s2 = v.fma(v, s2);
      v = FloatVector.fromArray(Simd.S, a, x + i + 3 * L);
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

  private static void adam(ScalarUpdate.AdamStep f, float[] a, int[] in, int from, int to) {
    int w = in[0];
    int g = in[1];
    int m = in[2];
    int v = in[3];
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector weight = FloatVector.fromArray(Simd.S, a, w + i);
      FloatVector d =
          FloatVector.fromArray(Simd.S, a, g + i).mul(f.clip()).add(weight.mul(f.decay()));
      FloatVector first =
          FloatVector.fromArray(Simd.S, a, m + i).mul(f.beta1()).add(d.mul(1 - f.beta1()));
      FloatVector second =
          FloatVector.fromArray(Simd.S, a, v + i).mul(f.beta2()).add(d.mul(1 - f.beta2()).mul(d));
      first.intoArray(a, m + i);
      second.intoArray(a, v + i);
      weight
          .mul(f.keep())
          .sub(first.mul(f.step()).div(second.sqrt().mul(f.root()).add(f.epsilon())))
          .intoArray(a, w + i);
    }
    ScalarUpdate.adam(f, a, in, i, to);
  }

  private static void sgd(
      Update.Sgd f, float clip, float rate, float[] a, int[] in, int from, int to) {
    int w = in[0];
    int g = in[1];
    int u = in[2];
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector weight = FloatVector.fromArray(Simd.S, a, w + i);
      FloatVector d = FloatVector.fromArray(Simd.S, a, g + i).mul(clip).add(weight.mul(f.decay()));
      FloatVector moment = FloatVector.fromArray(Simd.S, a, u + i).mul(f.momentum()).add(d);
      moment.intoArray(a, u + i);
      weight.sub(moment.mul(rate)).intoArray(a, w + i);
    }
    ScalarUpdate.sgd(f, clip, rate, a, in, i, to);
  }
}
