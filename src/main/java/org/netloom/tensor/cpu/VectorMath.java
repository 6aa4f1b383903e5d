package org.netloom.tensor.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Transcendental functions of a vector to about one unit in the last place, the same bits on every
 * machine. Exponential and hyperbolic tangent after Cephes (Moshier 1989).
 */
final class VectorMath {
  private static final float LOG2_E = 1.44269504f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  /** 1.5·2²³: adding it rounds to the nearest integer and leaves that in the low bits. */
  private static final float ROUND = 12582912f;

  private VectorMath() {}

  /** e^x; x is first cut to [−87.3, 88.3], so that the result is a normal number. */
  static FloatVector exp(FloatVector x) {
    FloatVector v = x.max(-87.3f).min(88.3f);
    FloatVector shifted = v.mul(LOG2_E).add(ROUND);
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.mul(-LN2_HIGH).add(v);
    r = n.mul(-LN2_LOW).add(r);
    FloatVector p = r.mul(1.9875691500e-4f).add(1.3981999507e-3f);
    p = p.mul(r).add(8.3334519073e-3f);
    p = p.mul(r).add(4.1665795894e-2f);
    p = p.mul(r).add(1.6666665459e-1f);
    p = p.mul(r).add(5.0000001201e-1f);
    p = p.mul(r.mul(r)).add(r).add(1f);
    IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(127 << 23);
    return p.mul(power.reinterpretAsFloats());
  }

  /** 1/(1 + e^−x). */
  static FloatVector sigmoid(FloatVector x) {
    return FloatVector.broadcast(x.species(), 1f).div(exp(x.neg()).add(1f));
  }

  /** tanh x: an odd polynomial up to 0.625, 1 − 2/(e^2|x| + 1) beyond. */
  static FloatVector tanh(FloatVector x) {
    FloatVector z = x.abs();
    FloatVector s = x.mul(x);
    FloatVector p = s.mul(-5.70498872745e-3f).add(2.06390887954e-2f);
    p = p.mul(s).add(-5.37397155531e-2f);
    p = p.mul(s).add(1.33314422036e-1f);
    p = p.mul(s).add(-3.33332819422e-1f);
    FloatVector small = p.mul(s).mul(x).add(x);
    FloatVector large = FloatVector.broadcast(x.species(), -2f).div(exp(z.add(z)).add(1f)).add(1f);
    VectorMask<Float> negative = x.compare(VectorOperators.LT, 0f);
    large = large.blend(large.neg(), negative);
    return small.blend(large, z.compare(VectorOperators.GT, 0.625f));
  }

  /** The error function by two minimax polynomials (Juffa 2016, within one unit). */
  static FloatVector erf(FloatVector x) {
    FloatVector t = x.abs();
    FloatVector s = x.mul(x);
    FloatVector r = t.mul(-1.72853470e-5f).add(3.83197126e-4f);
    FloatVector u = t.mul(-3.88396438e-3f).add(2.42546219e-2f);
    r = r.mul(s).add(u);
    r = r.mul(t).add(-1.06777877e-1f);
    r = r.mul(t).add(-6.34846687e-1f);
    r = r.mul(t).add(-1.28717512e-1f);
    r = r.mul(t).sub(t);
    FloatVector large = exp(r).neg().add(1f);
    large = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
    FloatVector p = s.mul(-5.96761703e-4f).add(4.99119423e-3f);
    p = p.mul(s).add(-2.67681349e-2f);
    p = p.mul(s).add(1.12819925e-1f);
    p = p.mul(s).add(-3.76125336e-1f);
    p = p.mul(s).add(1.28379166e-1f);
    FloatVector small = p.mul(x).add(x);
    return small.blend(large, t.compare(VectorOperators.GT, 0.927734375f));
  }
}
