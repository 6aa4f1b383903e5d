package org.netloom.ghn;

import java.util.Locale;

/**
 * Sizes and switches of a hypernetwork.
 *
 * @param hidden H, the size of a node's state; divisible by 4
 * @param maxOut O, output channels of the largest decoded block
 * @param maxIn I, its input channels
 * @param maxKernel K, its kernel side
 * @param classes number of classes of the predicted classifier's own decoder
 * @param messagePassing gated graph network, or the MLP baseline without edges
 * @param decoder what turns a state into a block O×I×K×K
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
    Decoder decoder,
    boolean virtualEdges,
    boolean rescale,
    boolean layerNorm) {
  /** Longest distance that becomes a virtual edge. */
  public static final int CUTOFF = 50;

  private static final int MOST_CHANNELS = 4096;
  private static final int LARGEST_KERNEL = 256;

  /** The published decoders of blocks. */
  public enum Decoder {
    /** H → 4H×K×K → per position 8H → O·I. */
    CONV,
    /** H → 2H → O·I·K·K; far more values of its own, an ablation. */
    MLP;

    /** The name in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public GhnConfig {
    if (hidden < 4 || hidden > MOST_CHANNELS || hidden % 4 != 0) {
      throw new IllegalArgumentException(
          "The hidden size (%d) must be a multiple of 4 from 4 to %d."
              .formatted(hidden, MOST_CHANNELS));
    }
    between("output channels of the maximum shape", maxOut, MOST_CHANNELS);
    between("input channels of the maximum shape", maxIn, MOST_CHANNELS);
    between("kernel side of the maximum shape", maxKernel, LARGEST_KERNEL);
    between("number of classes", classes, Integer.MAX_VALUE / MOST_CHANNELS);
    if (decoder == Decoder.MLP) {
      if (maxOut != maxIn) {
        throw new IllegalArgumentException(
            "The mlp decoder needs as many input as output channels, not (%d) and (%d)."
                .formatted(maxIn, maxOut));
      }
      long values = 2L * hidden * maxOut * maxIn * maxKernel * maxKernel;
      if (values > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "The mlp decoder's last layer would have (%d) values; at most 2^31-1."
                .formatted(values));
      }
    }
  }

  private static void between(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "The %s (%d) must be from 1 to %d.".formatted(what, value, most));
    }
  }

  /** GHN-2 at the given sizes. */
  public static GhnConfig ghn2(int hidden, int maxChannels, int maxKernel, int classes) {
    return new GhnConfig(
        hidden, maxChannels, maxChannels, maxKernel, classes, true, Decoder.CONV, true, true, true);
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
