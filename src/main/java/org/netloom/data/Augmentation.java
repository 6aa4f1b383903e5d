package org.netloom.data;

import java.util.Locale;

/**
 * Random changes of training images. Small images are padded with black and cropped back to size,
 * and mirrored; photographs show a {@link RandomCrop} of themselves, mirrored, in changed colours
 * ({@link ColourJitter}). A square may be cut out of either (DeVries and Taylor, "Improved
 * regularization of convolutional neural networks with cutout", arXiv 1708.04552). What happens to
 * an image depends only on (seed, epoch, index of the image in its set): not on batch size, order
 * or thread count.
 *
 * @param pad pixels of padding on each side before the crop; 0 for no shift
 * @param flip whether half of the images are mirrored left to right
 * @param photographs whether images are cropped and recoloured like photographs, without padding
 * @param cutout side in pixels of the square set to the mean (0 after normalisation), its centre
 *     anywhere in the image; 0 for none
 * @param seed seed of all decisions
 */
public record Augmentation(int pad, boolean flip, boolean photographs, int cutout, long seed) {

  /** The changes that have a name. */
  public enum Kind {
    /** Images as they are. */
    NONE(0, false),
    /** The usual change for 32x32 images: padded by 4, cropped and mirrored. */
    STANDARD(4, true),
    /** The usual change for photographs: random crop, mirrored, colours changed. */
    IMAGENET(0, true);

    private final int pad;
    private final boolean flip;

    Kind(int pad, boolean flip) {
      this.pad = pad;
      this.flip = flip;
    }

    /** The name on the command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The value in a file: a truth value, or the name of what says more than true. */
    public Object value() {
      return this == IMAGENET ? label() : (Object) (this == STANDARD);
    }

    /** These changes; without any there is no seed. */
    public Augmentation with(int cutout, long seed) {
      return new Augmentation(pad, flip, this == IMAGENET, cutout, 0).withSeed(seed);
    }
  }

  /** Checks that sizes are not negative and that photographs are not padded. */
  public Augmentation {
    if (pad < 0 || cutout < 0) {
      throw new IllegalArgumentException(
          "pad (%d) and cutout (%d) must not be negative.".formatted(pad, cutout));
    }
    if (photographs && pad > 0) {
      throw new IllegalArgumentException("photographs take no pad (%d).".formatted(pad));
    }
  }

  /** Shifted and mirrored images. */
  public Augmentation(int pad, boolean flip, int cutout, long seed) {
    this(pad, flip, false, cutout, seed);
  }

  /** Images as they are. */
  public static Augmentation none() {
    return Kind.NONE.with(0, 0);
  }

  /** The usual change for 32x32 images: padded by 4, cropped and mirrored. */
  public static Augmentation standard(long seed) {
    return Kind.STANDARD.with(0, seed);
  }

  /** The kind that these changes are of, whatever is cut out. */
  public Kind kind() {
    if (photographs) {
      return Kind.IMAGENET;
    }
    return pad > 0 || flip ? Kind.STANDARD : Kind.NONE;
  }

  /** The same changes decided by another seed; no change has no seed. */
  public Augmentation withSeed(long seed) {
    boolean changes = kind() != Kind.NONE || cutout > 0;
    return changes ? new Augmentation(pad, flip, photographs, cutout, seed) : this;
  }

  /** These changes with another square cut out. */
  public Augmentation withCutout(int cutout) {
    return new Augmentation(pad, flip, photographs, cutout, seed);
  }

  /**
   * The decisions for one image in one epoch, as bits. What is decided takes bits of its own by an
   * offset: 1 to 5 here, 6 to 13 for colours, from 16 on for crops.
   */
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
