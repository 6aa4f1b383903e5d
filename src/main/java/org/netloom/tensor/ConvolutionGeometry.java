package org.netloom.tensor;

/**
 * Sizes of a 2-D convolution: n images of h×w positions and c channels to oh×ow positions and k
 * channels, kernel r×s. Positions outside the map read as zero, so padding may be asymmetric or
 * negative; only its top and left parts are needed beside the output's size.
 */
public record ConvolutionGeometry(
    int n,
    int h,
    int w,
    int c,
    int k,
    int r,
    int s,
    int strideH,
    int strideW,
    int top,
    int left,
    int dilationH,
    int dilationW,
    int groups,
    int oh,
    int ow) {

  public ConvolutionGeometry {
    if (n < 1 || h < 1 || w < 1 || c < 1 || k < 1 || r < 1 || s < 1 || oh < 1 || ow < 1) {
      throw new ShapeException(
          "A convolution needs positive sizes, but has n=%d h=%d w=%d c=%d k=%d r=%d s=%d oh=%d ow=%d."
              .formatted(n, h, w, c, k, r, s, oh, ow));
    }
    if (groups < 1 || c % groups != 0 || k % groups != 0) {
      throw new ShapeException(
          "The groups (%d) of a convolution must divide its channels (%d and %d)."
              .formatted(groups, c, k));
    }
  }

  /** A convolution with the same stride, padding and dilation in both directions. */
  public static ConvolutionGeometry square(
      int n, int h, int w, int c, int k, int r, int stride, int pad, int dilation, int groups) {
    int oh = (h + 2 * pad - dilation * (r - 1) - 1) / stride + 1;
    int ow = (w + 2 * pad - dilation * (r - 1) - 1) / stride + 1;
    return new ConvolutionGeometry(
        n, h, w, c, k, r, r, stride, stride, pad, pad, dilation, dilation, groups, oh, ow);
  }

  /** The same windows over other channels. */
  ConvolutionGeometry with(int inputs, int outputs, int groups) {
    return new ConvolutionGeometry(
        n, h, w, inputs, outputs, r, s, strideH, strideW, top, left, dilationH, dilationW, groups,
        oh, ow);
  }

  /** Input channels of one group. */
  public int groupInputs() {
    return c / groups;
  }

  /** Output channels of one group. */
  public int groupOutputs() {
    return k / groups;
  }

  /** One filter per channel. */
  public boolean depthwise() {
    return groups == c && c == k;
  }

  /** Whether it is a matrix product at every position. */
  public boolean pointwise() {
    return r == 1
        && s == 1
        && strideH == 1
        && strideW == 1
        && top == 0
        && left == 0
        && groups == 1
        && oh == h
        && ow == w;
  }

  Shape input() {
    return Shape.of(n, h, w, c);
  }

  Shape weight() {
    return Shape.of(k, groupInputs(), r, s);
  }

  Shape output() {
    return Shape.of(n, oh, ow, k);
  }
}
