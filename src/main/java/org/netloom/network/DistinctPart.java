package org.netloom.network;

import java.util.Arrays;
import org.netloom.tensor.Shape;
import org.netloom.tensor.Tensor;

/**
 * Finds what of a tensor is distinct: the smallest part p with tensor[o, i, ..] = p[o mod s₀, i mod
 * s₁, ..], bit by bit. Tensors that a hypernetwork predicted, from whatever file they come, repeat
 * where they are larger than its decoded block.
 */
final class DistinctPart {
  private DistinctPart() {}

  /**
   * The part, of the tensor's sides but for the first two; the tensor itself if all is distinct.
   */
  static Tensor of(Tensor tensor) {
    if (tensor.shape().rank() == 0 || tensor.shape().size() == 0) {
      return tensor;
    }
    Tensor rows = firstSide(tensor);
    return rows.shape().rank() == 1 ? rows : secondSide(rows);
  }

  private static Tensor firstSide(Tensor tensor) {
    int outs = tensor.shape().side(0);
    int period = period(tensor.data(), outs);
    Shape shape = tensor.shape().with(0, period);
    return period == outs ? tensor : new Tensor(shape, Arrays.copyOf(tensor.data(), shape.size()));
  }

  private static Tensor secondSide(Tensor tensor) {
    int ins = tensor.shape().side(1);
    int filter = tensor.shape().size() / tensor.shape().side(0);
    int inner = filter / ins;
    for (int period = 1; period < ins; period++) {
      if (repeats(tensor, filter, period * inner)) {
        Shape shape = tensor.shape().with(1, period);
        float[] data = new float[shape.size()];
        for (int o = 0; o < shape.side(0); o++) {
          System.arraycopy(tensor.data(), o * filter, data, o * period * inner, period * inner);
        }
        return new Tensor(shape, data);
      }
    }
    return tensor;
  }

  private static boolean repeats(Tensor tensor, int filter, int length) {
    for (int from = 0; from < tensor.data().length; from += filter) {
      if (!repeats(tensor.data(), from, filter, length)) {
        return false;
      }
    }
    return true;
  }

  /** The smallest number of equally long items after which they repeat. */
  private static int period(float[] data, int items) {
    int item = data.length / items;
    for (int period = 1; period < items; period++) {
      if (repeats(data, 0, data.length, period * item)) {
        return period;
      }
    }
    return items;
  }

  /** Whether each value equals the one a length before it. */
  private static boolean repeats(float[] data, int from, int size, int length) {
    return Arrays.mismatch(data, from + length, from + size, data, from, from + size - length) < 0;
  }
}
