package org.netloom.tensor.opencl;

import org.netloom.tensor.Normalisation;
import org.netloom.tensor.Plan;
import org.netloom.tensor.Pooling;
import org.netloom.tensor.Shape;

/** Batch norm, layer norm and their gradients. */
final class NormalisationSteps {
  private static final int PLAIN = 0;
  private static final int RECTIFIED = 1;
  private static final int VARIANCE = 2;

  private NormalisationSteps() {}

  static void write(Normalisation op, Plan.Step s, Code code) {
    int[] in = places(s.in(), code);
    int[] out = places(s.out(), code);
    switch (op) {
      case Normalisation.BatchNorm b -> batch(b.epsilon(), s.inShape(0), PLAIN, code, in, out);
      case Normalisation.BatchNormRelu b ->
          batch(b.epsilon(), s.inShape(0), RECTIFIED, code, in, out);
      case Normalisation.BatchNormMax b -> maximum(b, s.inShape(0), code, in, out);
      case Normalisation.BatchNormGradient b ->
          batchGradient(
              Columns.NORM,
              s.inShape(1),
              code,
              new int[] {in[0], in[1], in[2], 0, in[3], in[4]},
              out);
      case Normalisation.BatchNormReluGradient b ->
          batchGradient(Columns.RECTIFIED_NORM, s.inShape(1), code, in, out);
      case Normalisation.BatchNormMaxGradient b ->
          maximumGradient(b.window(), s.inShape(1), code, in, out);
      case Normalisation.FixedNorm b ->
          code.pass(
              Op.NORMALISE,
              s.inShape(0).size(),
              s.inShape(0).side(-1),
              in[0],
              out[0],
              in[1],
              in[2],
              in[3],
              in[4],
              VARIANCE,
              code.number(b.epsilon()));
      case Normalisation.LayerNorm b ->
          code.pass(
              Op.LAYER_NORM,
              s.inShape(0).rows(),
              s.inShape(0).side(-1),
              in[0],
              out[0],
              in[1],
              in[2],
              out[1],
              out[2],
              code.number(b.epsilon()));
      case Normalisation.LayerNormGradient b -> layerGradient(s.inShape(1), code, in, out);
    }
  }

  private static int[] places(int[] offsets, Code code) {
    int[] all = new int[offsets.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = code.at(offsets[i]);
    }
    return all;
  }

  private static void batch(float epsilon, Shape x, int kind, Code code, int[] in, int[] out) {
    Columns.statistics(code, x.rows(), x.side(-1), in[0], out[1], out[2], epsilon);
    normalise(code, x, kind, in[0], out[0], in[1], in[2], out[1], out[2]);
  }

  private static void normalise(
      Code code, Shape x, int kind, int from, int to, int gain, int offset, int mean, int rstd) {
    code.pass(Op.NORMALISE, x.size(), x.side(-1), from, to, gain, offset, mean, rstd, kind, 0);
  }

  /** The normalised map is a temporary value. */
  private static void maximum(
      Normalisation.BatchNormMax op, Shape x, Code code, int[] in, int[] out) {
    Columns.statistics(code, x.rows(), x.side(-1), in[0], out[1], out[2], op.epsilon());
    int map = code.temporary(x.size());
    normalise(code, x, PLAIN, in[0], map, in[1], in[2], out[1], out[2]);
    PoolingSteps.maximum(code, op.window(), x, map, out[0]);
  }

  /**
   * (∂y, x, γ, β, mean, rstd) → (∂x, ∂γ, ∂β).
   *
   * @param in the operands' places; β's is used by the rectified kind only
   */
  private static void batchGradient(int kind, Shape x, Code code, int[] in, int[] out) {
    Columns.gradients(code, kind, x.rows(), x.side(-1), in, out[1], out[2]);
    code.pass(
        Op.NORMALISE_GRADIENT,
        x.size(),
        x.side(-1),
        out[0],
        x.rows(),
        kind,
        in[0],
        in[1],
        in[2],
        in[3],
        in[4],
        in[5],
        out[1],
        out[2]);
  }

  private static void maximumGradient(
      Pooling.Window window, Shape x, Code code, int[] in, int[] out) {
    int map = code.temporary(x.size());
    int gradient = code.temporary(x.size());
    normalise(code, x, PLAIN, in[1], map, in[2], in[3], in[4], in[5]);
    PoolingSteps.maximumGradient(code, window, x, in[0], map, gradient);
    batchGradient(Columns.NORM, x, code, new int[] {gradient, in[1], in[2], 0, in[4], in[5]}, out);
  }

  private static void layerGradient(Shape x, Code code, int[] in, int[] out) {
    int rows = x.rows();
    int c = x.side(-1);
    code.pass(Op.LAYER_NORM_GRADIENT, rows, c, out[0], in[0], in[1], in[2], in[3], in[4]);
    int[] operands = {in[0], in[1], in[2], 0, in[3], in[4]};
    Columns.gradients(code, Columns.LAYER_NORM, rows, c, operands, out[1], out[2]);
  }
}
