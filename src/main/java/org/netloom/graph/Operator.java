package org.netloom.graph;

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

  /** y = W x + b at every position of the map. Weight [out, in], optional bias [out]. */
  record Linear(int outFeatures, boolean bias) implements Operator {}

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

  /** A learned map [1, C, H, W], the same for every image; it has no input. */
  record PositionalEncoding(FeatureShape shape) implements Operator {}

  /** Every stride-th row and column, from the first. */
  record Subsample(int stride) implements Operator {}

  /** All values as a vector in (channel, row, column) order. */
  record Flatten() implements Operator {}

  /** Zeroes values with the given probability while training, scales the rest by 1/(1 − p). */
  record Dropout(float probability) implements Operator {}

  /** A constant map of zeros (an absent state in a concatenation); it has no input. */
  record Zeros(FeatureShape shape) implements Operator {}
}
