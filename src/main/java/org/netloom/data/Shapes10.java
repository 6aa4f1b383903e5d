package org.netloom.data;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The built-in data set: ten kinds of flat shapes on 32x32 RGB images that the program draws
 * itself; 10,000 for training, 2,000 for validation, 2,000 for test. Image {@code i} of a split
 * depends only on (seed, split, i) and has class {@code i % 10}, so that classes are balanced in
 * any run of images. Integers, IEEE basic operations and StrictMath only: the same bytes on every
 * machine.
 */
final class Shapes10 implements Dataset {
  /** To be raised whenever the drawing changes. */
  private static final int VERSION = 3;

  private static final String NAME = "shapes10";

  private final long seed;
  private final List<String> classNames;
  private final LoadedDataset images;

  private Shapes10(long seed) {
    this.seed = seed;
    this.classNames = Outline.classes().stream().map(Outline::name).toList();
    this.images =
        new LoadedDataset(NAME, classNames, ShapePainter.SIDE, ShapePainter.SIDE, this::draw);
  }

  static Dataset open(long seed) {
    return new Shapes10(seed);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int channels() {
    return Pixels.CHANNELS;
  }

  @Override
  public int height() {
    return ShapePainter.SIDE;
  }

  @Override
  public int width() {
    return ShapePainter.SIDE;
  }

  @Override
  public ImageSet split(Split split) {
    return images.split(split);
  }

  @Override
  public String sha256() {
    String content = "%s version %d seed %d".formatted(NAME, VERSION, seed);
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(LoadedDataset.sha256Digest().digest(bytes));
  }

  private ImageSet draw(Split split) {
    int count = split == Split.TRAIN ? 10_000 : 2_000;
    int classes = classNames.size();
    ShapePainter painter = new ShapePainter();
    byte[] pixels = new byte[count * ShapePainter.SIDE * ShapePainter.SIDE * Pixels.CHANNELS];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % classes;
      ImageRandom random = new ImageRandom(Bits.of(seed, split.ordinal(), i));
      painter.paint(labels[i], random, pixels, i * (pixels.length / count));
    }
    return new ImageSet(
        classes, Pixels.CHANNELS, ShapePainter.SIDE, ShapePainter.SIDE, pixels, labels);
  }
}
