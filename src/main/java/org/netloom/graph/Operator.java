package org.netloom.graph;

import java.util.List;

/**
 * What one node of a {@link ComputationalGraph} computes in the forward direction. Everything that
 * runs, exports or costs a network switches over these alternatives.
 */
public sealed interface Operator {

  /** The image. */
  record Input() implements Operator {}

  /**
   * 2-D convolution (cross-correlation). Weight [out, in/groups, kernelH, kernelW], optional bias
   * [out]. The output map has ⌊(side + padding − dilation·(kernel−1) − 1)/stride⌋ + 1 rows.
   */
  record Convolution(
      int outChannels,
      int kernelH,
      int kernelW,
      int strideH,
      int strideW,
      Padding padding,
      int dilationH,
      int dilationW,
      int groups,
      boolean bias)
      implements Operator {}

  /**
   * y = W x + b at every position of the map. Weight [out, in], optional bias [out].
   *
   * @param prefix what stands before {@code weight} and {@code bias} in the tensors' names
   */
  record Linear(int outFeatures, boolean bias, String prefix) implements Operator {
    /** A layer whose tensors have the usual names. */
    public Linear(int outFeatures, boolean bias) {
      this(outFeatures, bias, "");
    }
  }

  /** Batch norm over all images and positions. Weight and bias [channels], running statistics. */
  record BatchNorm(float epsilon, float momentum) implements Operator {
    public static final BatchNorm DEFAULT = new BatchNorm(1e-5f, 0.1f);
  }

  /** Layer norm over the channels of each position. Weight and bias [channels]. */
  record LayerNorm(float epsilon) implements Operator {
    public static final LayerNorm DEFAULT = new LayerNorm(1e-5f);
  }

  /** An element-wise non-linearity. */
  record Activate(Activation activation) implements Operator {}

  /**
   * Maximum over windows; padding never wins.
   *
   * @param ceil whether a last window that hangs over the far end of the map counts too
   */
  record MaxPool(int kernel, int stride, int padding, boolean ceil) implements Operator {
    /** Windows that lie inside the padded map. */
    public MaxPool(int kernel, int stride, int padding) {
      this(kernel, stride, padding, false);
    }
  }

  /** Mean over windows; padding is not counted. */
  record AveragePool(int kernel, int stride, int padding) implements Operator {}

  /** Mean over all positions: a vector of channels. */
  record GlobalAveragePool() implements Operator {}

  /**
   * Mean over the windows of a fixed output grid; row i averages rows ⌊i·H/h⌋ to ⌈(i+1)·H/h⌉ − 1.
   */
  record AdaptiveAveragePool(int height, int width) implements Operator {}

  /**
   * Element-wise sum of two or more inputs of one shape (a positional encoding is one per batch).
   */
  record Sum() implements Operator {}

  /** Channels from..from+channels−1. */
  record ChannelSlice(int from, int channels) implements Operator {}

  /**
   * Interleaves groups of channels: channel i·groups + g is the i-th of group g (Zhang et al.
   * 2018).
   */
  record ChannelShuffle(int groups) implements Operator {}

  /** Adds rows and columns of zeros around a map, or takes some away. */
  record Pad(Padding padding) implements Operator {}

  /** Channel concatenation of two or more inputs, in order. */
  record Concat() implements Operator {}

  /**
   * Second input (a vector of C gates) times the channels of the first: squeeze-excite's product.
   */
  record ChannelScale() implements Operator {}

  /**
   * Multi-head self-attention product over the H·W positions. The input holds queries, keys and
   * values as thirds of its 3·heads·headSize channels, each with heads contiguous; the scale is
   * 1/√headSize. Output: heads·headSize channels.
   */
  record Attention(int heads, int headSize) implements Operator {}

  /**
   * The same product inside windows of window·window positions, with a learned bias for the offset
   * between query and key in each head (Liu et al. 2021). Inputs: the map of queries, keys and
   * values, and {@link Tokens} of {@link #tableRows} offsets by heads, row-major in query minus key
   * from −(window−1). The windows of a shifted map begin shift rows and columns later and wrap
   * around; positions from opposite ends of the map ignore each other. Order and pairs: {@link
   * WindowOrder}.
   */
  record WindowAttention(int heads, int headSize, int window, int shiftH, int shiftW)
      implements Operator {
    /** Offsets that two positions of a window can have. */
    public int tableRows() {
      return (2 * window - 1) * (2 * window - 1);
    }
  }

  /** x times one learned gain per channel. The tensor [C, 1, 1] has the node's name. */
  record LayerScale() implements Operator {}

  /**
   * Learned rows, the same for every image: a map of one column. The tensor has the node's name and
   * these sides, the last of which are the channels; there is no input.
   */
  record Tokens(List<Integer> sides) implements Operator {
    public Tokens {
      sides = List.copyOf(sides);
    }

    /** Number of rows. */
    public int rows() {
      return sides.stream().limit(sides.size() - 1L).reduce(1, Math::multiplyExact);
    }

    /** Values of each row. */
    public int channels() {
      return sides.getLast();
    }
  }

  /** One {@link Tokens token}, then the positions of a map in row-major order: one column. */
  record Prepend() implements Operator {}

  /** The first position alone: a vector of channels. */
  record FirstToken() implements Operator {}

  /** A learned map [1, C, H, W], the same for every image; it has no input. */
  record PositionalEncoding(FeatureShape shape) implements Operator {}

  /** Every stride-th row and column, from the first. */
  record Subsample(int stride) implements Operator {}

  /** All values as a vector in (channel, row, column) order. */
  record Flatten() implements Operator {}

  /** Zeroes values with the given probability while training, scales the rest by 1/(1 − p). */
  record Dropout(float probability) implements Operator {}

  /**
   * Zeroes all values of an image with the given probability while training, scales the others by
   * 1/(1 − p) (Huang et al., "Deep networks with stochastic depth", 2016).
   */
  record StochasticDepth(float probability) implements Operator {}

  /** A constant map of zeros (an absent state in a concatenation); it has no input. */
  record Zeros(FeatureShape shape) implements Operator {}
}
