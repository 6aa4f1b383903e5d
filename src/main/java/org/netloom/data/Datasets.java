package org.netloom.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.netloom.config.InputException;

/** Opens data sets by the DATASET argument of the command line. */
public final class Datasets {
  private static final long DEFAULT_SEED = 0;
  private static final int DEFAULT_SIDE = 32;
  private static final List<String> KINDS = List.of("shapes10", "cifar10", "idx", "folder");
  private static final String ALLOWED =
      """

        Allowed: shapes10 (built in)
                 cifar10:DIR (binary version, folder or tar.gz)
                 idx:DIR (MNIST family)
                 folder:DIR (one sub-folder of PNG or JPEG images per class)\
      """;

  private Datasets() {}

  /**
   * Opens a data set in its own size; images of a folder are resized to 32x32.
   *
   * @param spec {@code shapes10}, {@code cifar10:DIR}, {@code idx:DIR} or {@code folder:DIR}
   * @throws InputException if the text is none of these or DIR does not hold such files
   */
  public static Dataset open(String spec) {
    return open(spec, DEFAULT_SEED);
  }

  /**
   * Opens a data set in its own size.
   *
   * @param seed of the drawing ({@code shapes10}) or of the split into training, validation and
   *     test ({@code folder}); without meaning for the others. It names the data, not a run:
   *     results compare only for equal seeds, and {@link #open(String)} is the usual choice.
   */
  public static Dataset open(String spec, long seed) {
    return open(spec, seed, null);
  }

  /**
   * Opens a data set and resizes its images where they have another size; those of a folder keep
   * their proportions if they are brought to 224x224 ({@link CentreCrop}).
   */
  public static Dataset open(String spec, int height, int width) {
    if (height < 1 || width < 1) {
      throw new InputException(
          "The size of images (%dx%d) must be at least 1x1.".formatted(height, width));
    }
    return open(spec, DEFAULT_SEED, new Size(height, width));
  }

  /** Rows and columns to resize to. */
  private record Size(int height, int width) {}

  private static Dataset open(String spec, long seed, @Nullable Size size) {
    int colon = spec.indexOf(':');
    String kind = colon < 0 ? spec : spec.substring(0, colon);
    String place = colon < 0 ? "" : spec.substring(colon + 1);
    boolean placed = !place.isBlank();
    boolean known = KINDS.contains(kind);
    if (!known || placed == kind.equals("shapes10")) {
      throw unknown(spec, kind);
    }
    Path path = path(place);
    Dataset dataset =
        switch (kind) {
          case "shapes10" -> Shapes10.open(seed);
          case "cifar10" -> CifarDataset.open(spec, path);
          case "idx" -> IdxDataset.open(spec, path);
          default -> {
            Size wanted = size == null ? new Size(DEFAULT_SIDE, DEFAULT_SIDE) : size;
            yield ImageFolder.open(spec, path, seed, wanted.height(), wanted.width());
          }
        };
    if (size == null || (dataset.height() == size.height() && dataset.width() == size.width())) {
      return dataset;
    }
    return new LoadedDataset(
        spec,
        dataset.classNames(),
        size.height(),
        size.width(),
        split -> resized(spec, dataset.split(split), size));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new InputException("Not a path (%s): %s.".formatted(text, e.getReason()), e);
    }
  }

  private static ImageSet resized(String spec, ImageSet images, Size size) {
    byte[] pixels = Pixels.allocate(spec, images.size(), size.height(), size.width());
    int bytes = size.height() * size.width() * images.channels();
    for (int i = 0; i < images.size(); i++) {
      int from = i * images.imageBytes();
      byte[] image = new byte[images.imageBytes()];
      System.arraycopy(images.pixels(), from, image, 0, image.length);
      Resampler.resize(
          image, images.height(), images.width(), pixels, i * bytes, size.height(), size.width());
    }
    return new ImageSet(
        images.classes(), images.channels(), size.height(), size.width(), pixels, images.labels());
  }

  private static InputException unknown(String spec, String kind) {
    String advice = advice(spec, kind);
    return new InputException(
        "Unknown data set (%s).%s%s"
            .formatted(spec, ALLOWED, advice.isEmpty() ? "" : "\n  Maybe '" + advice + "'?"));
  }

  private static String advice(String spec, String kind) {
    String lower = kind.toLowerCase(Locale.ROOT);
    String rest = spec.length() > kind.length() + 1 ? spec.substring(kind.length()) : ":DIR";
    if (lower.contains("mnist")) {
      return "idx" + rest;
    }
    for (String known : KINDS) {
      if (distance(lower, known) <= 2) {
        return known.equals("shapes10") ? known : known + rest;
      }
    }
    try {
      return !spec.isBlank() && Files.isDirectory(Path.of(spec)) ? "folder:" + spec : "";
    } catch (InvalidPathException e) {
      return "";
    }
  }

  /** Edits between two words (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[b.length()];
  }
}
