package org.netloom.ghn;

/**
 * Sizes and switches of a hypernetwork.
 *
 * @param hidden H, the size of a node's state; divisible by 4
 * @param maxOut O, output channels of the largest decoded block
 * @param maxIn I, its input channels
 * @param maxKernel K, its kernel side
 * @param classes number of classes of the predicted classifier's own decoder
 * @param messagePassing gated graph network, or the MLP baseline without edges
 * @param virtualEdges shortest-path edges up to {@value #CUTOFF} (GHN-2)
 * @param rescale fixed fan-in rescaling of predicted tensors (GHN-2, MLP)
 * @param layerNorm layer norm before decoding (GHN-2, MLP)
 */
public record GhnConfig(
    int hidden,
    int maxOut,
    int maxIn,
    int maxKernel,
    int classes,
    boolean messagePassing,
    boolean virtualEdges,
    boolean rescale,
    boolean layerNorm) {
  /** Longest distance that becomes a virtual edge. */
  public static final int CUTOFF = 50;

  public GhnConfig {
    if (hidden < 4 || hidden % 4 != 0) {
      throw new IllegalArgumentException(
          "The hidden size (%d) must be a positive multiple of 4.".formatted(hidden));
    }
    if (maxOut < 1 || maxIn < 1 || maxKernel < 1 || classes < 1) {
      throw new IllegalArgumentException(
          "The maximum shape (%d, %d, %d) and the classes (%d) must be positive."
              .formatted(maxOut, maxIn, maxKernel, classes));
    }
  }

  /** GHN-2 at the given sizes. */
  public static GhnConfig ghn2(int hidden, int maxChannels, int maxKernel, int classes) {
    return new GhnConfig(
        hidden, maxChannels, maxChannels, maxKernel, classes, true, true, true, true);
  }

  /** Width of the 1-D decoder's rows: m = max(O, I). */
  int vectorSize() {
    return Math.max(maxOut, maxIn);
  }

  /** Longest distance of an edge that this hypernetwork reads. */
  int cutoff() {
    return virtualEdges ? CUTOFF : 1;
  }
}
