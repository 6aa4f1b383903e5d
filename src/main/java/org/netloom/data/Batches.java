package org.netloom.data;

import java.util.Arrays;

/**
 * Turns images into what a network reads: normalised floats [batch, height, width, channels] and
 * labels [batch] (class numbers as floats), written into the caller's arrays without allocating.
 * Arrays may be longer than the batch; what lies behind it is left alone. Instances are immutable
 * and may be used by many threads.
 */
public final class Batches {
  private final ImageSet images;
  private final Augmentation augmentation;
  private final float[] table;
  private final float[] mean;
  private final float[] std;

  private Batches(ImageSet images, Normalisation normalisation, Augmentation augmentation) {
    this.images = images;
    this.table = normalisation.table();
    this.mean = normalisation.mean();
    this.std = normalisation.std();
    this.augmentation = augmentation;
  }

  /** Batches of unchanged images. */
  public static Batches of(ImageSet images, Normalisation normalisation) {
    return of(images, normalisation, Augmentation.none());
  }

  /** Batches whose images are changed at random when an epoch is given. */
  public static Batches of(
      ImageSet images, Normalisation normalisation, Augmentation augmentation) {
    int channels = images.channels();
    if (normalisation.mean().length != channels) {
      throw new IllegalArgumentException(
          "normalisation has %d channels, the images have %d."
              .formatted(normalisation.mean().length, channels));
    }
    if (augmentation.photographs() && channels != Pixels.CHANNELS) {
      throw new IllegalArgumentException(
          "Photographs have %d channels, the images have %d.".formatted(Pixels.CHANNELS, channels));
    }
    return new Batches(images, normalisation, augmentation);
  }

  /** Number of images. */
  public int size() {
    return images.size();
  }

  /**
   * A random order of 0 to n - 1 that depends only on the arguments (Fisher and Yates; Durstenfeld,
   * "Algorithm 235", CACM 1964).
   */
  public static int[] permutation(int n, long seed, int epoch) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = Bits.below(Bits.of(seed, ~(long) epoch, i), i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  /**
   * Images {@code from} to {@code to} - 1 in file order and unchanged, as evaluation needs them.
   */
  public void fill(int from, int to, float[] pixels, float[] labels) {
    check(from, to, images.size(), pixels, labels);
    for (int i = from; i < to; i++) {
      plain(i, pixels, (i - from) * images.imageBytes());
      labels[i - from] = images.label(i);
    }
  }

  /**
   * The images that stand at places {@code from} to {@code to} - 1 of {@code order}, changed as the
   * augmentation says for this epoch.
   */
  public void fill(int[] order, int from, int to, int epoch, float[] pixels, float[] labels) {
    check(from, to, order.length, pixels, labels);
    for (int i = from; i < to; i++) {
      int image = order[i];
      int target = (i - from) * images.imageBytes();
      long decisions = augmentation.decisions(epoch, image);
      int down = augmentation.shiftDown(decisions);
      int right = augmentation.shiftRight(decisions);
      boolean mirrored = augmentation.mirrored(decisions);
      if (augmentation.photographs()) {
        photograph(image, decisions, mirrored, pixels, target);
      } else if (down == 0 && right == 0 && !mirrored) {
        plain(image, pixels, target);
      } else {
        moved(image, down, right, mirrored, pixels, target);
      }
      if (augmentation.cutout() > 0) {
        cutOut(decisions, pixels, target);
      }
      labels[i - from] = images.label(image);
    }
  }

  private void check(int from, int to, int available, float[] pixels, float[] labels) {
    if (from < 0 || to < from || to > available) {
      throw new IndexOutOfBoundsException(
          "batch (%d to %d) must lie within 0 to %d.".formatted(from, to, available));
    }
    long needed = (long) (to - from) * images.imageBytes();
    if (pixels.length < needed || labels.length < to - from) {
      throw new IllegalArgumentException(
          "pixels.length (%d) must be at least %d and labels.length (%d) at least %d."
              .formatted(pixels.length, needed, labels.length, to - from));
    }
  }

  private void plain(int image, float[] pixels, int target) {
    int channels = images.channels();
    int bytes = images.imageBytes();
    byte[] source = images.pixels();
    int start = image * bytes;
    for (int i = 0; i < bytes; i += channels) {
      for (int c = 0; c < channels; c++) {
        pixels[target + i + c] = table[c * 256 + (source[start + i + c] & 0xff)];
      }
    }
  }

  private void moved(int image, int down, int right, boolean mirrored, float[] pixels, int target) {
    int channels = images.channels();
    int height = images.height();
    int width = images.width();
    byte[] source = images.pixels();
    int start = image * images.imageBytes();
    int at = target;
    for (int y = 0; y < height; y++) {
      int row = y + down;
      for (int x = 0; x < width; x++) {
        int column = (mirrored ? width - 1 - x : x) + right;
        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
        int from = start + (row * width + column) * channels;
        for (int c = 0; c < channels; c++) {
          int pixel = inside ? source[from + c] & 0xff : 0;
          pixels[at++] = table[c * 256 + pixel];
        }
      }
    }
  }

  private void photograph(int image, long decisions, boolean mirrored, float[] pixels, int target) {
    int end = target + images.imageBytes();
    RandomCrop.write(images, image, decisions, mirrored, pixels, target);
    ColourJitter.apply(decisions, pixels, target, end);
    for (int i = target; i < end; i += mean.length) {
      for (int c = 0; c < mean.length; c++) {
        pixels[i + c] = (pixels[i + c] - mean[c]) / std[c];
      }
    }
  }

  private void cutOut(long decisions, float[] pixels, int target) {
    int height = images.height();
    int width = images.width();
    int top = augmentation.cutoutRow(decisions, height) - augmentation.cutout() / 2;
    int left = augmentation.cutoutColumn(decisions, width) - augmentation.cutout() / 2;
    int right = Math.min(width, left + augmentation.cutout());
    int bottom = Math.min(height, top + augmentation.cutout());
    int channels = images.channels();
    for (int y = Math.max(0, top); y < bottom; y++) {
      int row = target + y * width * channels;
      Arrays.fill(pixels, row + Math.max(0, left) * channels, row + right * channels, 0f);
    }
  }
}
