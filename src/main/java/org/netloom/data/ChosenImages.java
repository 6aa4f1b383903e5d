package org.netloom.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.netloom.config.InputException;

/** A data set of which some training images are chosen: few of each class, or some held out. */
public final class ChosenImages implements Dataset {
  private final Dataset whole;
  private final String choice;
  private final ImageSet train;
  private final ImageSet validation;

  private ChosenImages(Dataset whole, String choice, ImageSet train, ImageSet validation) {
    this.whole = whole;
    this.choice = choice;
    this.train = train;
    this.validation = validation;
  }

  /**
   * Only the first training images of each class, in file order.
   *
   * @param shots images of each class, at least 1
   * @throws InputException if a class has fewer
   */
  public static Dataset fewShot(Dataset whole, int shots) {
    ImageSet train = whole.split(Split.TRAIN);
    int[] places = places(train);
    int[] counts = counts(train);
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] < shots) {
        throw new InputException(
            "Class '%s' of data set %s has (%d) training images, not (%d)."
                .formatted(whole.classNames().get(c), whole.name(), counts[c], shots));
      }
    }
    int[] chosen = IntStream.range(0, places.length).filter(i -> places[i] < shots).toArray();
    return new ChosenImages(
        whole,
        "first %d of each class".formatted(shots),
        select(train, chosen),
        whole.split(Split.VALIDATION));
  }

  /**
   * The last {@code 1/parts} of each class's training images, rounded down, as the validation split
   * instead of the training one's.
   *
   * @param parts at least 2
   * @throws InputException if no class has so many images
   */
  public static Dataset holdOut(Dataset whole, int parts) {
    ImageSet train = whole.split(Split.TRAIN);
    int[] places = places(train);
    int[] counts = counts(train);
    boolean[] out = new boolean[places.length];
    for (int i = 0; i < out.length; i++) {
      int count = counts[train.label(i)];
      out[i] = places[i] >= count - count / parts;
    }
    int[] rest = IntStream.range(0, out.length).filter(i -> !out[i]).toArray();
    int[] held = IntStream.range(0, out.length).filter(i -> out[i]).toArray();
    if (held.length == 0) {
      throw new InputException(
          "Data set %s has too few training images (%d) to hold 1 of %d in each class out."
              .formatted(whole.name(), train.size(), parts));
    }
    return new ChosenImages(
        whole,
        "1/%d of each class held out".formatted(parts),
        select(train, rest),
        select(train, held));
  }

  /** The place of each image among those of its class, from 0. */
  private static int[] places(ImageSet images) {
    int[] seen = new int[images.classes()];
    return IntStream.range(0, images.size()).map(i -> seen[images.label(i)]++).toArray();
  }

  private static int[] counts(ImageSet images) {
    int[] counts = new int[images.classes()];
    Arrays.stream(images.labels()).forEach(label -> counts[label]++);
    return counts;
  }

  private static ImageSet select(ImageSet images, int[] chosen) {
    int bytes = images.imageBytes();
    byte[] pixels = new byte[Math.multiplyExact(chosen.length, bytes)];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(images.pixels(), chosen[i] * bytes, pixels, i * bytes, bytes);
    }
    return new ImageSet(
        images.classes(),
        images.channels(),
        images.height(),
        images.width(),
        pixels,
        Arrays.stream(chosen).map(images::label).toArray());
  }

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public List<String> classNames() {
    return whole.classNames();
  }

  @Override
  public int channels() {
    return whole.channels();
  }

  @Override
  public int height() {
    return whole.height();
  }

  @Override
  public int width() {
    return whole.width();
  }

  @Override
  public ImageSet split(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> whole.split(Split.TEST);
    };
  }

  @Override
  public String sha256() {
    byte[] content = (whole.sha256() + "\n" + choice).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(LoadedDataset.sha256Digest().digest(content));
  }
}
