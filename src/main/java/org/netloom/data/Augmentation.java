package org.netloom.data;

/**
 * Random changes of training images: padded with black and cropped back to size, mirrored, and a
 * square cut out (DeVries and Taylor, "Improved regularization of convolutional neural networks
 * with cutout", arXiv 1708.04552). What happens to an image depends only on (seed, epoch, index of
 * the image in its set): not on batch size, order or thread count.
 *
 * @param pad pixels of padding on each side before the crop; 0 for no shift
 * @param flip whether half of the images are mirrored left to right
 * @param cutout side in pixels of the square set to the mean (0 after normalisation), its centre
 *     anywhere in the image; 0 for none
 * @param seed seed of all decisions
 */
public record Augmentation(int pad, boolean flip, int cutout, long seed) {

  /** Checks that sizes are not negative. */
  public Augmentation {
    if (pad < 0 || cutout < 0) {
      throw new IllegalArgumentException(
          "pad (%d) and cutout (%d) must not be negative.".formatted(pad, cutout));
    }
  }

  /** Images as they are. */
  public static Augmentation none() {
    return new Augmentation(0, false, 0, 0);
  }

  /** The usual change for 32x32 images: padded by 4, cropped and mirrored. */
  public static Augmentation standard(long seed) {
    return new Augmentation(4, true, 0, seed);
  }

  /** The same changes decided by another seed; no change has no seed. */
  public Augmentation withSeed(long seed) {
    boolean changes = pad > 0 || flip || cutout > 0;
    return changes ? new Augmentation(pad, flip, cutout, seed) : this;
  }

  /** These changes with another square cut out. */
  public Augmentation withCutout(int cutout) {
    return new Augmentation(pad, flip, cutout, seed);
  }

  /** The decisions for one image in one epoch, as bits that the methods below read. */
  long decisions(int epoch, int image) {
    return Bits.of(seed, epoch, image);
  }

  /** Rows by which the crop is shifted, -pad to pad. */
  int shiftDown(long decisions) {
    return Bits.below(Bits.mix(decisions + 1), 2 * pad + 1) - pad;
  }

  /** Columns by which the crop is shifted, -pad to pad. */
  int shiftRight(long decisions) {
    return Bits.below(Bits.mix(decisions + 2), 2 * pad + 1) - pad;
  }

  /** Whether this image is mirrored. */
  boolean mirrored(long decisions) {
    return flip && Bits.mix(decisions + 3) < 0;
  }

  /** Row of the centre of the cut-out square. */
  int cutoutRow(long decisions, int height) {
    return Bits.below(Bits.mix(decisions + 4), height);
  }

  /** Column of the centre of the cut-out square. */
  int cutoutColumn(long decisions, int width) {
    return Bits.below(Bits.mix(decisions + 5), width);
  }
}
